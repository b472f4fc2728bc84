export type SheetPrinterEvent =
  /** Everything is on paper, as far as the printer says. */
  | { readonly kind: 'printed'; readonly job: string }
  /** It did not come out, and will not later: the queue was emptied. The faults tell why. */
  | { readonly kind: 'not-printed'; readonly job: string }

export type SheetPrinterCommand =
  /** Prints a PDF in its own size on `media` (PWG 5101.1, e.g. `jpn_hagaki_100x148mm`), 1..9 times. */
  { readonly kind: 'print'; readonly job: string; readonly pdfBase64: string; readonly media: string; readonly copies: number }
