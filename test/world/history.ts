import { createHash } from 'node:crypto'
import type { FaultCode } from '../../hardware/faults.ts'
import type { View } from '../../main/contract/view.ts'
import type { Totals } from '../../main/journal/queries.ts'
import type { TillState } from '../../main/journal/till.ts'
import type { JournalRecord } from '../../main/session/records.ts'
import type { Port } from './ills.ts'

/** Something that went wrong, from when until when; times are milliseconds of the run. */
export interface HeldIll {
  readonly port: Port
  readonly ill: string
  readonly from: number
  readonly to: number
}

/** What one run of the world came to, as three witnesses tell it: the booth's journal, the devices, and the centre. */
export interface History {
  readonly maximumCredit: number
  readonly records: readonly (JournalRecord & { readonly seq: number })[]
  /** What the journal says that it holds in all; null when no coin ever fell. */
  readonly totals: Totals | null
  /** What its books say of the money in the booth. */
  readonly till: TillState | null
  /** Coins that fell into the cash box, by position 1..16, and what each position is worth. */
  readonly fell: readonly number[]
  readonly worth: readonly number[]
  /** Notes that went in, came out again, and lie in the stacker, by identifier. */
  readonly notes: { readonly inserted: number; readonly returned: number; readonly boxed: Readonly<Record<string, number>> }
  /** Each hopper: how many coins never were in it though the operator said so, how many are, and how many came out. */
  readonly bowls: readonly { readonly serial: string; readonly missing: number; readonly inside: number; readonly left: number }[]
  /** Each hand that dropped coins in: how many went the way of the money, and how long ago the screen last asked for any. */
  readonly drops: readonly { readonly at: number; readonly accepted: number; readonly askedAgo: number }[]
  /** Each time that a note was to be stacked: how long ago the screen last asked for any. */
  readonly stackings: readonly { readonly at: number; readonly askedAgo: number }[]
  readonly slips: number
  /** Each time that an application was sent or asked for, in order: by which life of the process, whether its visit was still open, and which older ones waited. */
  readonly tries: readonly { readonly life: number; readonly key: string; readonly isVisitOpen: boolean; readonly older: readonly string[] }[]
  /** Whatever arrived at the centre, in order, and what it kept. */
  readonly arrivals: readonly { readonly key: string; readonly isNew: boolean; readonly status: string }[]
  readonly ills: readonly HeldIll[]
  /** The lives of the booth's process. */
  readonly lives: readonly { readonly from: number; readonly to: number; readonly end: 'killed' | 'stopped' }[]
  readonly faults: readonly { readonly at: number; readonly fault: FaultCode; readonly held: boolean }[]
  readonly screens: readonly { readonly at: number; readonly screen: View['screen'] }[]
  /** Where something personal was found. */
  readonly leaks: readonly string[]
  readonly end: {
    readonly at: number
    readonly screen: View['screen']
    /** What still takes something away. */
    readonly reasons: readonly string[]
    readonly waiting: number
    /** Why a technician had to start it again before that. */
    readonly restartedFor: readonly string[]
  }
}

/** SHA-256 of everything in a history that follows from plan and seed: keys and sealed bytes are fresh each time, and so are their digests. */
export function digestOf(history: History): string {
  const told = JSON.stringify(history, (key, value: unknown) => (key === 'sha256' || key === 'signature' ? null : value))
  return createHash('sha256').update(told).digest('hex')
}
