import type { CalendarDay } from './calendar.ts'
import type { CivilDate } from './date.ts'
import type { Text } from './text.ts'
import type { PhoneLine } from './view.ts'

/** A piece of what a resident reads, from top to bottom: the same on a screen, on a slip and on a sheet of paper. */
export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  /** `attention`: what would cost the resident money, a deadline or the card. */
  | { readonly kind: 'paragraph'; readonly text: Text; readonly tone?: 'attention' }
  /** Numbered, in the order of acting. */
  | { readonly kind: 'steps'; readonly texts: readonly Text[] }
  | { readonly kind: 'field'; readonly label: Text; readonly value: Text }
  /** Read out over the phone or typed in elsewhere: large, as grouped in `value`. */
  | { readonly kind: 'number'; readonly label: Text; readonly value: string }
  /** A sentence to read out or to show at a counter: in the country's own language first, what it means beneath. */
  | { readonly kind: 'sentence'; readonly text: Text; readonly language: 'ja' | 'zh-Hant' }
  /** A telephone line, and whether somebody answers now. */
  | { readonly kind: 'line'; readonly line: PhoneLine }
  /** A QR code; `payload` is an address. */
  | { readonly kind: 'code'; readonly payload: string; readonly caption: Text }
  /** Days for the resident's own calendar, as a QR code of a calendar file; three days with two reminders each are the most that telephones read well. */
  | { readonly kind: 'calendar'; readonly made: CivilDate; readonly days: readonly CalendarDay[]; readonly caption: Text }
  | { readonly kind: 'rule' }
