import type { Block } from './block.ts'
import type { Language } from './language.ts'

/** What is printed for a resident: keys and values; the words come with the drawing, in the resident's language and in that of the counters. */
export interface Slip {
  readonly kind: 'receipt' | 'not-confirmed' | 'parked' | 'refused' | 'claim' | 'stop' | 'advice' | 'delivery'
  readonly language: Language
  /** The language of the counters that it is shown at: set small beneath the resident's; Japanese where it is not given. */
  readonly original?: 'ja' | 'zh-Hant'
  readonly blocks: readonly Block[]
}
