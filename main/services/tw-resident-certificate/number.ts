import { text } from '../../contract/text.ts'
import { containsIndividualNumber } from '../../rulebook/individual-number.ts'
import { readResidentNumber, typed, type NumberProblem } from '../../rulebook/taiwan-numbers.ts'
import type { Read, Situation } from '../service.ts'

/** Letters and digits of a number of residents. */
export const numberLength = 10

/** Reads a number of residents (統一證號) as typed; 12 digits are refused before anything else is looked at (B9), and nothing that is wrong is repeated. */
export function readNumber(entered: string, { rulebook, today }: Pick<Situation, 'rulebook' | 'today'>): Read {
  const refuse = (reason: NumberProblem): Read => ({ ok: false, problem: text(`tw-resident-certificate.number.problem.${reason}`) })
  if (containsIndividualNumber(entered)) return refuse('individual-number')
  const reading = readResidentNumber(rulebook, entered, today)
  return reading.ok ? { ok: true, value: typed(entered) } : refuse(reading.reason)
}
