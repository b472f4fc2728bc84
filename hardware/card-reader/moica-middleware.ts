/** What became of an attempt on a MOICA PIN. `tries` is null when the programs do not say. */
export type MoicaPinOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong'; readonly tries: number | null }
  /** `format`: not 6 to 8 letters and digits; nothing was sent. */
  | { readonly kind: 'blocked' | 'format' | 'no-card' | 'not-installed' }

/**
 * The way to the ministry's own programs for MOICA cards, under the operator's licence. PIN work goes through here or not at all: the ministry warns that other
 * software can lock a card for ever. The booth sends no PIN to such a card and knows none of its keys; where nothing is installed, it shows where to go instead.
 */
export interface MoicaMiddleware {
  /** Shows the PIN. A wrong one costs a try. */
  verify(pin: string): Promise<MoicaPinOutcome>
  /** Changes the PIN. A wrong old one costs a try; a new one of the wrong form costs nothing. */
  change(oldPin: string, newPin: string): Promise<MoicaPinOutcome>
}

/** What a MOICA PIN is (the ministry's advice; the official module's limits). */
export const moicaPinFormat = /^[A-Za-z0-9]{6,8}$/

/** A machine on which the programs are not installed. */
export const noMoicaMiddleware: MoicaMiddleware = {
  verify: () => Promise.resolve({ kind: 'not-installed' }),
  change: () => Promise.resolve({ kind: 'not-installed' }),
}
