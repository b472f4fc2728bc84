import { parseArgs } from 'node:util'
import { faultCodes, faults } from '../../hardware/faults.ts'
import { language as languageSchema } from '../contract/language.ts'
import { faultWords } from '../i18n/fault-words.ts'

/* `npm run faults`: every fault that the booth knows, one JSON object a line: what it takes away, what the resident reads, what the technician reads and does. */

const { values } = parseArgs({ options: { lang: { type: 'string', default: 'en' } } })
const language = languageSchema.safeParse(values.lang)
if (!language.success) {
  process.stderr.write(`no language '${values.lang}'\nusage: faults [--lang ja|en|zh-Hant]\n`)
  process.exit(2)
}
for (const code of faultCodes) {
  const { severity, removes } = faults[code]
  process.stdout.write(`${JSON.stringify({ fault: code, severity, removes, ...faultWords(code, language.data) })}\n`)
}
