/** The longest device text that is kept. */
const longestText = 64

/** A device's own words made harmless: ISO 8859-1, control characters removed (so no terminal escapes), trimmed, at most 64 characters. */
export function plainText(bytes: Uint8Array): string {
  const printable = Array.from(bytes, (byte) => ((byte >= 0x20 && byte < 0x7f) || byte >= 0xa0 ? String.fromCharCode(byte) : '')).join('')
  return printable.trim().slice(0, longestText)
}
