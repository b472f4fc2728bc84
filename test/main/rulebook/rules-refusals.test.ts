import { expect, test } from 'vitest'
import { answerRules } from '../../../main/commands/rules.ts'
import { epochAt } from '../../../main/rulebook/civil-date.ts'
import { questions } from '../../../main/rulebook/questions/questions.ts'

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
  ['application-status --applied 2026-11-01 --pick-up-until 2026-10-01', '--pick-up-until: is before --applied'],
  ['age --birth 2026-06-01 --on 2026-05-31', '--on: is before --birth'],
  ['foreigner-eligibility --birth 2000-01-01', '--document-until: is missing'],
  ['certificate-state --expiry 2026-01-01 --extended yes --was-valid no', '--was-valid: contradicts --extended'],
  ['certificate-state --expiry 2027-01-01 --was-valid no', '--was-valid: is known only after'],
])('%s does not go together', (line, message) => expect(refusal(line)).toContain(message))

test.each([
  'X1 --nonsense 1', 'R004 --nonsense 1', 'era --era S --year 0 --month 1 --day 1', 'era --era S --year 1 --month 13 --day 1', 'roc --year 999999 --month 1 --day 1',
  'phone-lines --language ../x', 'phone-lines --language Klingon', 'lost-card --language 1234',
])('%s is refused', (line) => expect(refusal(line)).toContain(line.split(' ')[0]))

test.each(['123456789012', '１２３４ ５６７８ ９０１２', '1234-5678-9012', 'A123456789', 'AB12345678CD', '一二三四五六七八九〇一二'])('no message repeats %s', (number) => {
  const at = (line: readonly string[]) => answerRules([...line.slice(0, -1), ...line.at(-1)!.split(' ')], now)
  const places = [[number], ['R024', number], ['ui-number', number], ['R024', `--${number}`, '1'], ['R024', `--${number}`], ['R004', number], ['X1', number]]
  const values = [['R024', '--expiry', number], ['form-validity', '--name', number], ['phone-lines', '--at', number], ['phone-lines', '--language', number], ['pin-lock', '--wrong', number], ['R004', '--today', number]]
  for (const { lines, message, exitCode } of [...places, ...values].map(at)) {
    expect({ lines, exitCode }).toEqual({ lines: [], exitCode: 2 })
    for (const part of number.split(/[ -]/)) expect(message).not.toContain(part)
  }
})

const dated = questions.flatMap(({ name, options }) => options.filter(({ kind }) => kind === 'date' || kind === 'birth' || kind === 'instant').map((option) => ({ name, option, options })))
const farDays = ['0001-01-01', '1867-12-31', '9000-12-31', '9001-01-01', '9999-12-31', '+999999-01-01', '2026-1-1', 'soon']

test.each(dated)('$name takes days within bounds at --$option.name, and computes at the bound', ({ name, option, options }) => {
  for (const date of farDays) {
    const others = options.filter((one) => one !== option && one.otherwise === undefined && !one.optional)
    const text = option.kind === 'instant' ? `${date}T12:00` : date
    const filled = others.flatMap((one) => [`--${one.name}`, one.choices?.[0] ?? (one.kind === 'number' ? '1' : one.kind === 'date' || one.kind === 'birth' ? '2000-02-29' : 'x')])
    const { lines, message, exitCode } = answerRules([name, ...filled, `--${option.name}`, text], now)
    if (date !== '9000-12-31') expect({ lines, exitCode, names: message?.includes(`--${option.name}: is no`), form: message?.includes('YYYY-MM-DD') }).toEqual({ lines: [], exitCode: 2, names: true, form: true })
    else expect(lines.join('')).not.toMatch(/Invalid|NaN|[+]0/)
  }
})

test.each(['window-before-expiry --expiry 1868-01-01 --days', 'deadline --event 9000-12-31 --days', 'period-of-years --event 9000-12-31 --years', 'period-of-months --event 9000-12-31 --months'])('%s ends in years of four digits', (line) => {
  expect(refusal(`${line} 999999`)).toMatch(/--(days|years|months): is /)
  expect(answerRules([...line.split(' '), '100'], now).exitCode).toBe(0)
})
