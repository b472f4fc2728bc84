import { z } from 'zod'
import type { Block } from './block.ts'

/** By what a member of the staff is named in configuration and journal: initials or a number, never more than the operator wants to be read there. */
export const staffId = z.string().regex(/^[A-Za-z0-9-]{1,20}$/)
/** A PIN of the staff. */
export const staffPin = z.string().regex(/^[0-9]{6,12}$/)
/** What the configuration holds of it, as `npm run staff -- hash` prints it. */
export const staffPinHash = z.string().regex(/^scrypt\$15\$8\$1\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/, 'a hash of npm run staff -- hash')

/**
 * One thing in the books that contradicts another: two sums of a currency that must be the same, a place that holds less than nothing, or coins that the acceptor
 * took or a hopper paid by its own count beside the books since its place was last counted.
 */
export type Contradiction =
  | {
      readonly what: 'inside' | 'credited' | 'coins' | 'claims' | 'claims-redeemed' | 'paid-out' | 'returned'
      readonly currency: string
      readonly one: number
      readonly other: number
    }
  | { readonly what: 'below-nothing'; readonly place: string; readonly id: string; readonly count: number }
  | { readonly what: 'acceptor' | 'hopper'; readonly serial: string; readonly id: string; readonly count: number }

/** What the journal knows and a technician asks: nothing of it is about a resident. */
export interface BoothReport {
  /** What lies where by the books: `box`, `removed`, `notes`, or a hopper by its serial number. */
  readonly contents: readonly { readonly place: string; readonly id: string; readonly value: number; readonly currency: string; readonly count: number }[]
  readonly counters: readonly { readonly name: string; readonly currency: string; readonly ever: number; readonly since: number }[]
  /** When the box was last taken out or collected, as `YYYY-MM-DD HH:MM`; null when it never was. */
  readonly collectedAt: string | null
  /** Empty when the books add up. */
  readonly contradictions: readonly Contradiction[]
  /** Applications still to be sent, and those that a person must look at. */
  readonly waiting: number
  readonly parked: number
  /** Claim slips that nobody has fetched. */
  readonly claims: { readonly count: number; readonly amount: number }
  /** What the last start found open, and what it decided; `at` as `YYYY-MM-DD HH:MM`. */
  readonly recovery: {
    readonly at: string
    readonly visit: boolean
    readonly credit: number
    readonly payouts: number
    readonly notes: number
    readonly decided: string
  } | null
  readonly version: string
  /** What draws the screens; the day (`YYYY-MM-DD`) after which no fix of Chromium can be in it, and how many days ago that was. Null where nobody said, or knows. */
  readonly engine: { readonly name: string; readonly fixes: { readonly day: string; readonly days: number; readonly old: boolean } | null } | null
  readonly rulebook: { readonly version: number; readonly issued: string }
}

/** What staff see. Nothing of a resident stands on any of them (F58). */
export type StaffScreen =
  /** Who it is, and the PIN. `until`: local time as `HH:MM` at which a lock-out is over; null without one. */
  | { readonly screen: 'staff-sign-in'; readonly people: readonly string[]; readonly state: 'ready' | 'checking' | 'wrong' | 'locked'; readonly until: string | null }
  /** The booth from within; `closed` by staff. */
  | { readonly screen: 'staff'; readonly who: string; readonly closed: boolean; /** The screen has a camera, which can be checked. */ readonly camera: boolean; readonly blocks: readonly Block[] }
  /** How the screen's camera stands: somebody sits before it, or what was `found` by a still of them. `working`: a still is being judged. */
  | { readonly screen: 'staff-camera'; readonly step: 'aim' | 'found'; readonly working: boolean; readonly blocks: readonly Block[] }
