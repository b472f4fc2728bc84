import type { Luminance } from './luminance.ts'

/**
 * A QR code as it was read. `bytes` are the very bytes of the symbol, never a text made of them: decoders guess character sets and show control
 * characters as words. They are empty for a symbol that says only a part or means something else than plain bytes (structured append, GS1, ECI,
 * Micro QR, rMQR): it was seen, and nothing of it is passed on.
 */
export interface ReadCode {
  readonly bytes: Uint8Array
}

/** Finds all QR codes in one picture, in one try. */
export type CodeReader = (picture: Luminance) => readonly ReadCode[]
