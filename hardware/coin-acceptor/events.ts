import type { BufferAlarm, EventCursor } from '../cctalk/event-buffer.ts'

/** One coin that the operator approved: ccTalk coin identifier (CT3 appendix 3, `CCVVVI`) and what it is worth. */
export interface ApprovedCoin {
  readonly id: string
  /** In the smallest unit of the currency (yen). */
  readonly value: number
  /** ISO 4217. */
  readonly currency: string
  /** The sorter path, 1..8, on which it is sent; the acceptor's own when not given. */
  readonly path?: number | undefined
}

/** How far the credit buffer of one acceptor has been read (header 229). */
export type CoinCursor = EventCursor

/** A coin that fell. */
export interface CoinCredit {
  /** Event counter of the device when this coin fell, 1..255. */
  readonly counter: number
  readonly ordinal: number
  /** Coin position in the device, 1..16. */
  readonly position: number
  /** Sorter path, 0 when none. */
  readonly path: number
  readonly id: string
  readonly value: number
  readonly currency: string
}

/** Why the reading of the credit buffer needs a technician's eye. */
export type CoinAlarm = BufferAlarm

export type CoinAcceptorEvent =
  /** The acceptor was identified and its coin table read: position 1..16 and coin identifier. The driver waits for `configure`. */
  | { readonly kind: 'identified'; readonly serial: string; readonly table: readonly { readonly position: number; readonly id: string }[] }
  /**
   * The credit buffer moved from `from` to `to`: coins oldest first. Sent again with every poll until `recorded` names `to`; applying it twice must be
   * a no-op. `from` is null when this acceptor was never seen: its counter is taken as it stands, without credit (CT1 18, "store event counter").
   */
  | {
      readonly kind: 'moved'
      readonly from: CoinCursor | null
      readonly to: CoinCursor
      readonly coins: readonly CoinCredit[]
      /** Events that the buffer no longer held; their value is unknown and never guessed. */
      readonly lost: number
      /** Coins whose position is not in the approved table: no credit. */
      readonly unknown: number
      readonly alarm: CoinAlarm | null
    }
  /** What the acceptor ever accepted by its own count, modulo 2^24, by approved coin (header 150), or of `all` kinds where it counts no single ones (225). */
  | { readonly kind: 'counted'; readonly serial: string; /** Of the cursor at which it counted. */ readonly ordinal: number; readonly counts: Readonly<Record<string, number>> }
  /** A coin was not accepted, or something else of CT3 table 2 happened; `code` 0..255. */
  | {
      readonly kind: 'notice'
      readonly code: number
      readonly name: string
      readonly group: 'returned' | 'slower' | 'jam' | 'fraud' | 'hardware' | 'swallowed' | 'lever'
    }

export type CoinAcceptorCommand =
  /** Continue from `cursor` (null: never seen) with this approved table. */
  | { readonly kind: 'configure'; readonly cursor: CoinCursor | null; readonly coins: readonly ApprovedCoin[] }
  /** Lift the inhibits of these coin identifiers; all others stay inhibited. An empty list inhibits everything. */
  | { readonly kind: 'accept'; readonly ids: readonly string[] }
  /** The journal holds everything up to `cursor`: continue from there. */
  | { readonly kind: 'recorded'; readonly cursor: CoinCursor }
