/** The longest text of a card that is shown. */
const longest = 64

/** Words from a card, safe to show. */
export interface CardText {
  readonly text: string
  /** Whether something was left out at the end. */
  readonly cut: boolean
}

/** Control characters, line and paragraph separators, and what turns the direction of writing (Unicode UAX 9). */
const harmful = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/** Words made harmless: what controls a screen or turns its writing is removed, and 64 characters are the end (A10). */
export function safeText(words: string): CardText {
  const characters = [...words.replace(harmful, '').trim()]
  return { text: characters.slice(0, longest).join(''), cut: characters.length > longest }
}

/** Words as they are shown: an ellipsis says that something was left out. */
export const shownText = ({ text, cut }: CardText): string => (cut ? `${text}…` : text)

/** UTF-8 bytes of a card as safe words; `text-charset` when they are not UTF-8. */
export function cardText(bytes: Uint8Array): CardText | 'text-charset' {
  try {
    return safeText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return 'text-charset'
  }
}
