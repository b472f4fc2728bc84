import type { CivilDate } from '../contract/date.ts'
import { addDays, addMonths } from './civil-date.ts'
import { officeDays } from './closed-days.ts'
import type { Deadline } from './counting.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** From when a card or certificate that ends on `last` can be renewed. The end does not move, so `safe` is the last day up to it on which a counter is open (R034, B0.6). */
export interface CardRenewal extends Deadline {
  readonly from: CivilDate
}

/** When a card, or a certificate on it, is renewed at the counter. */
export function cardRenewal(book: Rulebook, ends: CivilDate): CardRenewal {
  const isOpen = officeDays(book, 'JP')
  let safe = ends
  while (!isOpen(safe)) safe = addDays(safe, -1)
  return { from: addMonths(ends, -valueOn(book, 'card-renewal', ends)), safe, last: ends }
}
