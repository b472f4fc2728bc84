import { IntlMessageFormat } from 'intl-messageformat'
import type { Catalogue, Language } from '../main/contract/language.ts'
import type { Text } from '../main/contract/text.ts'

/** Says a text in the resident's language. */
export type Say = (text: Text) => string

/** How a key that no catalogue knows, or whose message cannot be filled, stands on the screen: ugly on purpose, so that nobody ships it. */
export function missing(key: string): string {
  return `⟦${key}⟧`
}

/** A day is never broken over two lines: its hyphens hold on to their digits (U+2060, word joiner). */
const unbroken = (words: string) => words.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => day.replaceAll('-', '\u2060-\u2060'))

/** Says texts out of one catalogue; each message is parsed once. */
export function createSay(language: Language, catalogue: Catalogue): Say {
  const parsed = new Map<string, IntlMessageFormat>()
  /** Most texts have nothing to fill in, and each view says them again. */
  const fixed = new Map<string, string>()
  // The first question about any locale takes long: asked now, while the devices are waited for, and not when the first screen is drawn.
  IntlMessageFormat.resolveLocale(language)
  return ({ key, values }) => {
    const known = values ? undefined : fixed.get(key)
    if (known !== undefined) return known
    const source = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
    if (source === undefined) return missing(key)
    try {
      let message = parsed.get(key)
      if (!message) {
        message = new IntlMessageFormat(source, language)
        parsed.set(key, message)
      }
      const said = unbroken(String(message.format({ ...values })))
      if (!values) fixed.set(key, said)
      return said
    } catch {
      return missing(key)
    }
  }
}
