import { IntlMessageFormat } from 'intl-messageformat'
import type { Catalogue, Language } from '../contract/language.ts'
import type { Text } from '../contract/text.ts'

const compiled = new Map<string, IntlMessageFormat>()

function compile(message: string, language: Language): IntlMessageFormat {
  const name = `${language} ${message}`
  const known = compiled.get(name)
  if (known) return known
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })
  compiled.set(name, format)
  return format
}

/**
 * The words of `text` in `language`. A key that the catalogue does not have, or a message that cannot be put together, comes out as `⟦key⟧`: the
 * resident loses a sentence, not the slip, and tests look for the brackets.
 */
export function formatText(catalogue: Catalogue, language: Language, text: Text): string {
  const message = Object.hasOwn(catalogue, text.key) ? catalogue[text.key] : undefined
  if (message === undefined) return `⟦${text.key}⟧`
  try {
    return String(compile(message, language).format(text.values))
  } catch {
    return `⟦${text.key}⟧`
  }
}
