import { parseArgs } from 'node:util'
import { faultCodes, faults } from '../../hardware/faults.ts'
import { language as languageSchema } from '../contract/language.ts'
import { catalogueOf } from '../i18n/catalogue.ts'

/* `npm run faults`: every fault that the booth knows, one JSON object a line: what it takes away, what the resident reads, what the technician reads and does. */

const { values } = parseArgs({ options: { lang: { type: 'string', default: 'en' } } })
const language = languageSchema.safeParse(values.lang)
if (!language.success) {
  process.stderr.write(`no language '${values.lang}'\nusage: faults [--lang ja|en|zh-Hant]\n`)
  process.exit(2)
}
const words = catalogueOf(language.data)
for (const code of faultCodes) {
  const { severity, removes } = faults[code]
  const line = { fault: code, severity, removes, resident: words[`fault.${code}.resident`], technician: words[`fault.${code}.technician`] }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
