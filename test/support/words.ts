import { languages, type Language } from '../../main/contract/language.ts'
import type { Text } from '../../main/contract/text.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { placeholders } from '../house/catalogue-files.ts'

/** Every text in a view or slip, wherever it stands. */
export function textsIn(value: unknown): readonly Text[] {
  if (typeof value !== 'object' || value === null) return []
  if ('key' in value && typeof value.key === 'string' && Object.keys(value).every((name) => name === 'key' || name === 'values'))
    return [value as Text]
  return Object.values(value).flatMap(textsIn)
}

const known = new Map<string, readonly string[]>()

/** What is wrong with a text in a language: no words, or a value that they need and do not get. */
function wrongWith({ key, values = {} }: Text, language: Language): readonly string[] {
  const name = `${language} ${key} ${Object.keys(values).join()}`
  const answer = known.get(name) ?? lookUp(key, Object.keys(values), language)
  known.set(name, answer)
  return answer
}

function lookUp(key: string, values: readonly string[], language: Language): readonly string[] {
  // The operator's own words are checked with the pack.
  if (key.startsWith('pack.')) return []
  const message = catalogueOf(language)[key]
  if (message === undefined) return [`${language} has no ${key}`]
  return placeholders(message, language).flatMap((needed) => (values.includes(needed) ? [] : [`${language} ${key} needs ${needed}`]))
}

/** What cannot be said of a view or slip, in any language; empty when all of it has words. */
export function wordsMissing(value: unknown): readonly string[] {
  return textsIn(value).flatMap((text) => languages.flatMap((language) => wrongWith(text, language)))
}
