import type { Block } from './block.ts'
import type { Language } from './language.ts'

/** What is printed for a resident: keys and values; the words come with the drawing, in the resident's language and in Japanese. */
export interface Slip {
  readonly kind: 'receipt' | 'not-confirmed' | 'parked' | 'refused' | 'claim' | 'stop'
  readonly language: Language
  readonly blocks: readonly Block[]
}
