import { z } from 'zod'
import { consentSections } from '../contract/consent.ts'
import { language, type Language } from '../contract/language.ts'

/** Plain words: nothing in them is markup or takes a value. */
const paragraph = z.string().min(1).max(600).regex(/^[^<>{}]*$/, 'plain words only: no <, >, { or }')

/** What a resident is told and agrees to before money (rules.md section 0, 12): who runs the booth, why, who receives, how long, rights, contact. */
const consentTexts = z.strictObject({
  purpose: paragraph,
  receiver: paragraph,
  keeping: paragraph,
  rights: paragraph,
  contact: paragraph,
  terms: paragraph,
})

/** The operator's pack: privacy notice and terms, complete in every language that the booth offers. */
export function operatorPack(offered: readonly Language[]) {
  return z
    .strictObject({ version: z.string().min(1).max(40), texts: z.partialRecord(language, consentTexts) })
    .superRefine((pack, context) => {
      for (const tag of offered) if (!pack.texts[tag]) context.addIssue({ code: 'custom', path: ['texts', tag], message: 'missing for a language that the booth offers' })
    })
}

export type OperatorPack = z.infer<ReturnType<typeof operatorPack>>

/** The pack's texts as catalogue entries, `pack.<section>`. Its words are not messages: an apostrophe is one. */
export function packMessages(pack: OperatorPack, tag: Language): Record<string, string> {
  const texts = pack.texts[tag]
  if (!texts) return {}
  return Object.fromEntries(consentSections.map((section) => [`pack.${section}`, texts[section].replaceAll("'", "''")]))
}
