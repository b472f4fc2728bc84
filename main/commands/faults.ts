import { faultCodes, faults } from '../../hardware/faults.ts'
import { language as languageSchema } from '../contract/language.ts'
import { faultWords } from '../i18n/fault-words.ts'
import { commandLine, stopWith } from './command-line.ts'

/* `npm run faults`: every fault that the booth knows, one JSON object a line: what it takes away, what the resident reads, what the technician reads and does. */

const usage = 'usage: faults [--lang ja|en|zh-Hant]'

const { values } = commandLine({ options: { lang: { type: 'string', default: 'en' } } }, usage)
const language = languageSchema.safeParse(values.lang)
if (!language.success) stopWith(`no language '${values.lang}'\n${usage}`)
for (const code of faultCodes) {
  const { severity, removes } = faults[code]
  process.stdout.write(`${JSON.stringify({ fault: code, severity, removes, ...faultWords(code, language.data) })}\n`)
}
