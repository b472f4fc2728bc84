/**
 * A pay-out as it is journalled before a coin moves (CT4 2.3.2): what the hopper's two counters said then decides later, whatever was lost meanwhile, how much of
 * it was paid.
 */
export interface PayoutIntent {
  /** Names this pay-out for ever. */
  readonly id: string
  /** Serial number of the hopper (header 242), as decimal digits. */
  readonly serial: string
  /** Coins to pay, 1..255. */
  readonly coins: number
  /** Event counter before (header 166), 0..255. */
  readonly counterBefore: number
  /** Coins ever dispensed before (header 168), modulo 2^24; null when the hopper does not count them. */
  readonly totalBefore: number | null
}

/** One hopper of the booth, as it says itself. */
export interface HopperState {
  readonly serial: string
  /** ccTalk address, 2..255. */
  readonly address: number
  /** Identifier of its coin (header 171, or what the booth was told of it). */
  readonly coin: string
  readonly counter: number
  readonly total: number | null
  /** What its level sensors say (header 217): below the low one, at or above the high one; `unknown` without sensors. */
  readonly level: 'unknown' | 'low' | 'middle' | 'high'
  /** Whether a pay-out can begin now. */
  readonly ready: boolean
}

/**
 * Why a pay-out did not go as asked: `empty` the hopper ran out or time ran out, `refused` every try was refused, `fault` the hopper stopped, `restarted` its
 * supply was lost or it was reset, `mismatch` its two counters contradict each other, `uncertain` it has no second counter, and the first one was lost or
 * its figures do not add up: then all coins count as paid, because nothing is ever paid twice.
 */
export type PayoutAlarm = 'empty' | 'refused' | 'fault' | 'restarted' | 'mismatch' | 'uncertain'

export type HopperEvent =
  /** The hoppers that answer; told at start and with every change. `fresh`: the line was opened anew, and open pay-outs are to be settled. */
  | { readonly kind: 'hoppers'; readonly fresh: boolean; readonly hoppers: readonly HopperState[] }
  /** A pay-out is over: how many coins left the hopper, and how many of those asked for did not. */
  | { readonly kind: 'settled'; readonly id: string; readonly serial: string; readonly paid: number; readonly unpaid: number; readonly alarm: PayoutAlarm | null }

export type HopperCommand =
  /** Pay, once: an intent that was carried out already, wholly or in part, is only settled. */
  | { readonly kind: 'pay'; readonly intent: PayoutIntent }
  /** Say what became of it; nothing more is paid. */
  | { readonly kind: 'settle'; readonly intent: PayoutIntent }
