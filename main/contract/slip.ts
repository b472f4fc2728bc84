import type { Language } from './language.ts'
import type { Text } from './text.ts'

/** A piece of a slip, from top to bottom. */
export type SlipBlock =
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** Numbered, in the order of acting. */
  | { readonly kind: 'steps'; readonly texts: readonly Text[] }
  | { readonly kind: 'field'; readonly label: Text; readonly value: Text }
  /** Read out over the phone or typed in elsewhere: large, as grouped in `value`. */
  | { readonly kind: 'number'; readonly label: Text; readonly value: string }
  /** A QR code. */
  | { readonly kind: 'code'; readonly payload: string; readonly caption: Text }
  | { readonly kind: 'rule' }

/** What is printed for a resident: keys and values; the words come with the drawing, in the resident's language and in Japanese. */
export interface Slip {
  readonly kind: 'receipt' | 'not-confirmed' | 'parked' | 'refused' | 'claim' | 'stop'
  readonly language: Language
  readonly blocks: readonly SlipBlock[]
}
