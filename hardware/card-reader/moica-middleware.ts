/** What became of an attempt on a MOICA PIN. `tries` is null when the programs do not say. */
export type MoicaPinOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong'; readonly tries: number | null }
  /** `format`: not 6 to 8 letters and digits; nothing was sent. */
  | { readonly kind: 'blocked' | 'format' | 'no-card' }

/**
 * The way to the ministry's own programs for MOICA cards, under the operator's licence. PIN work goes through here or not at all: the ministry warns that other
 * software can lock a card for ever. The booth itself sends no PIN to such a card, knows none of its keys, and shows where to go; an operator's contracted adapter implements
 * this, and the virtual card's does (the simulator's hand `programs`).
 */
export interface MoicaMiddleware {
  /** Shows the PIN. A wrong one costs a try. */
  verify(pin: string): Promise<MoicaPinOutcome>
  /** Changes the PIN. A wrong old one costs a try; a new one of the wrong form costs nothing. */
  change(oldPin: string, newPin: string): Promise<MoicaPinOutcome>
}

/** What a MOICA PIN is (the ministry's advice; the official module's limits). */
export const moicaPinFormat = /^[A-Za-z0-9]{6,8}$/
