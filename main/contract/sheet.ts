import type { Block } from './block.ts'
import type { Text } from './text.ts'

/** A piece of a sheet of A4: what screens and slips know, and room for the pen. */
export type SheetBlock =
  | Block
  /** A label, and empty lines to write on; one when not said. Names and numbers of people are never printed, they are written here. */
  | { readonly kind: 'blank'; readonly label: Text; readonly lines?: number }
  /** A label, and choices with a box to tick. */
  | { readonly kind: 'ticks'; readonly label: Text; readonly options: readonly Text[] }

/** A sheet of A4 for a counter, the police or the resident's own pen: each sentence in the resident's language and, beside it, in the country's. */
export interface Sheet {
  /** Letters, digits and hyphens; its own within the service. */
  readonly id: string
  /** What it is, as its button and its heading say. */
  readonly name: Text
  /** The language of whoever reads it at the counter. */
  readonly native: 'ja' | 'zh-Hant'
  /** Not a form of any authority: what stands here is copied onto theirs. Says so, unless the operator has put the authority's own in its place. */
  readonly draft: boolean
  readonly blocks: readonly SheetBlock[]
}

/** A sheet put into words, for the page without scripts that becomes a PDF: `html` is trusted, and built of escaped words alone. */
export interface SheetPage {
  /** BCP 47, of most of it. */
  readonly language: string
  readonly title: string
  readonly html: string
}
