import { expect, test } from 'vitest'
import { answerRules } from '../../../main/commands/rules.ts'
import { epochAt } from '../../../main/rulebook/civil-date.ts'

const now = epochAt('2026-11-21', '00:30', 'Asia/Tokyo')
const refusal = (line: string): string => {
  const { lines, message, exitCode } = answerRules(line.split(' '), now)
  expect({ line, lines, exitCode }).toEqual({ line, lines: [], exitCode: 2 })
  return message ?? ''
}

test.each([
  ['form-validity --pending yes', '--expiry: is missing'],
  ['card-validity --birth 1990-05-10 --stay-until 2028-01-01', '--stay-until: goes with --holder other | temporary'],
  ['card-validity --birth 1990-05-10 --holder other --stay-until 2020-01-01', '--stay-until: is before --issued'],
  ['moving --moved 2026-11-20 --planned-move-out 2026-11-20 --notified 2026-11-22', '--notified: is in the future'],
])('%s does not go together', (line, message) => expect(refusal(line)).toContain(message))
