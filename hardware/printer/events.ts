export type PrinterEvent =
  /** The job left the printer and the status read after it was good. */
  | { readonly kind: 'printed'; readonly job: string }
  /** The job did not, or may not, have come out whole; the reason stands in the printer's faults. */
  | { readonly kind: 'not-printed'; readonly job: string }

export type PrinterCommand = {
  readonly kind: 'print'
  readonly job: string
  /** One bit a dot, 1 = black, rows padded to whole bytes, most significant bit left; base64. */
  readonly rasterBase64: string
  readonly widthDots: number
  readonly heightDots: number
}
