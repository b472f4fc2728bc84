import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { answerRules } from '../../../main/commands/rules.ts'
import { epochAt, isCivilDate } from '../../../main/rulebook/civil-date.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { questions } from '../../../main/rulebook/questions/questions.ts'

const now = epochAt('2026-11-21', '00:30', 'Asia/Tokyo')

interface Line {
  readonly rule: string
  readonly value: unknown
  readonly from: string | null
  readonly to: string | null
}

const ask = (line: string): Line => {
  const { lines, message, exitCode } = answerRules(line.split(' '), now)
  expect({ message, exitCode, count: lines.length }).toEqual({ message: null, exitCode: 0, count: 1 })
  return JSON.parse(lines[0]!) as Line
}

describe('npm run rules', () => {
  test.each([
    ['R132 renewal-window --expiry 2014-10-01', '2014-08-02', '2014-10-01', { days: 61 }],
    ['R124 extension-window --expiry 2014-10-01', '2014-08-02', '2017-10-01', { newExpiry: '2017-10-01', acceptUntil: '2017-10-01', ask: false }],
    ['R124 extension-window --expiry 2024-02-29', '2023-12-31', '2027-02-28', { newExpiry: '2027-02-28', acceptUntil: '2027-02-28', ask: false }],
    ['R124 extension-window --expiry 2025-02-28', '2024-12-30', '2028-02-28', { newExpiry: '2028-02-28', acceptUntil: '2028-02-29', ask: true }],
    ['R131 renewal-window --expiry 2024-03-31', '2024-01-31', '2024-03-31', { days: 61 }],
    ['R079 order-deadline --completed 2026-11-23', '2026-11-23', '2026-12-08', { safe: '2026-12-07', last: '2026-12-08' }],
    ['R087 delivery --paid 2026-11-27', '2026-12-08', '2026-12-11', 'about'],
    ['R033 update-deadline --changed 2026-11-20', '2026-11-20', '2026-12-04', { safe: '2026-12-04', last: '2026-12-04' }],
    ['R033 update-deadline --changed 2026-12-15', '2026-12-15', '2027-01-04', { safe: '2026-12-29', last: '2027-01-04' }],
    ['R036 photo-age --applied 2026-08-31', '2026-02-28', '2026-08-31', '2026-02-28'],
    ['R036 photo-age --applied 2024-08-31', '2024-02-29', '2024-08-31', '2024-02-29'],
    ['R008 notice-arrival --registered 2026-11-21', '2026-12-05', '2026-12-12', 'about'],
  ])('%s', (line, from, to, value) => {
    const [id, name, ...options] = line.split(' ')
    expect(ask([name, ...options].join(' '))).toMatchObject({ rule: name, from, to, value })
    expect(ask([id, ...options].join(' '))).toMatchObject({ rule: id, from, to, value })
  })

  test('rules without an identifier of their own', () => {
    expect(ask('continued-use --moved-in 2026-11-20').value).toMatchObject({ safe: '2027-02-17' })
    expect(ask('express-issue --reported 2026-11-20').value).toMatchObject({ safe: '2026-12-19' })
    expect(ask('period-of-years --event 2023-02-28 --years 1').value).toEqual({ safe: '2024-02-28', last: '2024-02-29', ask: true })
    expect(ask('age --birth 2008-02-29 --on 2026-02-28')).toMatchObject({ value: 17, from: '2026-03-01' })
    expect(ask('era --era 平成 --year 33 --month 3 --day 31').value).toEqual({ date: '2021-03-31', warning: 'past-era-end' })
    expect(ask('era --era 平成 --year 元 --month 3 --day 31').value).toEqual({ date: '1989-03-31', warning: null })
    expect(ask('to-era --date 1989-03-31').value).toEqual({ era: 'heisei', year: 1, month: 3, day: 31 })
    expect(ask('holiday --on 2026-11-23').value).toBe('holiday')
  })

  test('R024 R025 the form on a day, by identifier and by name', () => {
    expect(ask('R025 --today 2026-11-21 --expiry 2026-12-21').value).toMatchObject({ result: 'STOP', reason: 'near' })
    expect(ask('R025 --expiry 2026-12-22').value).toMatchObject({ result: 'WARN' })
    expect(ask('R024 --expiry 2026-11-20').value).toMatchObject({ result: 'STOP', reason: 'expired' })
    expect(ask('form-validity --name changed').value).toMatchObject({ result: 'STOP', row: '2' })
    expect(ask('form-validity').value).toMatchObject({ result: 'OK' })
  })

  test('the form is answered with the rule that decided, and says who applies for somebody else', () => {
    expect(ask('form-validity --stay-changed yes').value).toMatchObject({ result: 'STOP', row: '4' })
    expect(ask('form-validity --pending yes --expiry 2028-01-01').value).toMatchObject({ result: 'WARN', row: '8' })
    expect(ask('R021 --address changed')).toMatchObject({ explanation: 'rule.R021', conflict: 'X3' })
    expect(ask('form-validity --expiry 2026-12-01')).toMatchObject({ explanation: 'rule.R025', conflict: 'X12' })
    expect(ask('form-validity --combined-card yes')).toMatchObject({ explanation: 'rule.combined-card', conflict: 'X8', value: { row: '9' } })
    for (const applicant of ['minor', 'ward']) expect(ask(`form-validity --applicant ${applicant}`).value).toMatchObject({ result: 'OK', representative: true })
    expect(ask('form-validity').value).toMatchObject({ representative: false })
  })

  test('R054 R055 the phone lines at a moment', () => {
    const thai = (time: string) => {
      const lines = ask(`phone-lines --language th --purpose card --at 2026-11-20T${time}`).value as { language: string; open: boolean }[]
      return lines.find(({ language }) => language === 'th')
    }
    expect(thai('17:59:59')?.open).toBe(true)
    expect(thai('18:00:00')?.open).toBe(false)
    const english = ask('R054 --language en --purpose card --at 2026-11-20T09:29:59')
    expect(english.value).toMatchObject([{ open: false, until: '09:30' }, { language: 'ja' }])
  })

  test('an answer names what stands behind it: the rule of that line, the table of that country, the conflict of the sources', () => {
    expect(ask('phone-lines --language th --purpose card')).toMatchObject({ explanation: 'rule.R055', conflict: 'X14', treatment: 'usually' })
    expect(ask('phone-lines --language ja --purpose card')).not.toHaveProperty('conflict')
    expect(ask('holiday --on 2026-10-09 --country TW')).toMatchObject({ value: 'holiday', zone: 'Asia/Taipei', source: expect.stringContaining('Personnel Administration') as string })
    expect(ask('holiday --on 2026-12-30')).toMatchObject({ value: 'year-end', source: expect.stringContaining('assumed') as string })
    expect(ask('certificate-state --expiry 2026-06-30 --extended yes --today 2029-08-01')).toMatchObject({ explanation: 'rule.renewal-after-expiry', treatment: 'ask-moica' })
    expect(ask('X10').value).toMatchObject({ treatment: 'ask-moica', rules: ['foreigner-validity'] })
    expect(ask('default-pin --issued 2025-09-23')).toMatchObject({ from: '2025-09-23', treatment: 'since' })
    expect(ask('card-validity --birth 1990-05-10').value).toMatchObject({ estimate: true })
  })

  test('procedures go one event further, or say what can happen', () => {
    expect(ask('next-state --machine lost-card --state SUSPENDED --event phone-call')).toMatchObject({ value: { next: null, events: ['found-in-person', 'police-report', 'report-at-counter'] }, zone: 'Asia/Tokyo' })
    expect(ask('next-state --machine foreigner-order --state APPLIED_UNPAID --event deadline')).toMatchObject({ value: { next: 'DELETED_UNPAID' }, zone: 'Asia/Taipei' })
    expect(answerRules(['next-state', '--machine', 'chip-lock', '--state', 'OK', '--event', 'wrong'], now).message).toContain('--state: is none of OK_0 | OK_1')
  })

  test('numbers of people are judged and never repeated', () => {
    const line = JSON.stringify(ask('ui-number --number A800000014'))
    expect(line).toContain('"ok":true')
    expect(line).not.toContain('A800000014')
    expect(ask('foreigner-eligibility --birth 2000-01-01 --document-until 2032-01-01 --ui-number AC01234567 --today 2031-01-01').value).toMatchObject({ eligible: false, obstacles: ['number'], number: { ok: false, reason: 'no-longer' } })
    expect(answerRules(['ui-number', '--number', 'A'.repeat(300)], now)).toMatchObject({ exitCode: 2, message: 'ui-number: --number: is too long' })
  })

  test('an old number of a resident ends with 2030, by the rule that says so', () => {
    expect(ask('ui-number --number AC01234567')).toMatchObject({ value: { ok: true, kind: 'old' }, to: '2030-12-31', explanation: 'rule.old-ui-number' })
  })

  test('another day is another day everywhere: for facts, births, moments', () => {
    expect(ask('combined-card --today 2026-06-13').value).toBe(false)
    expect(ask('combined-card --today 2026-06-14').value).toBe(true)
    expect(ask('age --birth 2026-11-25 --on 2026-12-01 --today 2026-12-01').value).toBe(0)
    expect(ask('office-hours --today 2026-12-25').from).toBe('2026-12-25')
    expect(ask('lost-card --today 2027-01-05').from).toBe('2027-01-05')
  })

  test('days outside of the tables of holidays are said to be so', () => {
    expect(ask('holiday --on 2031-03-20').value).toBe('unknown')
    expect(ask('holiday --on 2031-03-22').value).toBe('weekend')
    const known = (line: string) => {
      const answer = ask(line) as Line & { readonly holidaysKnown?: boolean }
      return answer.holidaysKnown ?? (answer.value as { readonly holidaysKnown?: boolean }).holidaysKnown
    }
    const asked = [
      'deadline --days 20 --event', 'working-days --days 9 --event', 'delivery --paid', 'suspension-clocks --accepted', 'renewal-order --ordered', 'update-deadline --changed',
      'continued-use --moved-in', 'express-issue --reported', 'office-hours --today', 'moica-line --today',
    ]
    expect(asked.map((line) => [line, known(`${line} 2026-11-20`), known(`${line} 2031-11-20`)])).toEqual(asked.map((line) => [line, true, false]))
    expect(known('moving --today 2031-11-20 --moved 2031-11-20 --planned-move-out 2031-11-20')).toBe(false)
  })

  test('a line that is closed says when it opens next', () => {
    expect(ask('moica-line --at 2026-11-21T12:00').value).toMatchObject({ open: false, opens: { date: '2026-11-23', time: '07:00' } })
    expect(ask('moica-line --at 2026-11-20T12:00').value).toMatchObject({ open: true, opens: null })
  })

  test('languages in any writing are the same language', () => {
    for (const tag of ['th', 'TH', 'th-TH']) expect(ask(`phone-lines --purpose card --language ${tag}`)).toMatchObject({ explanation: 'rule.R055' })
    expect(ask('phone-lines --purpose card --language fil')).toEqual(ask('phone-lines --purpose card --language tl'))
  })

  test('"now" is the day in the zone of the rule', () => {
    expect(ask('holiday --country TW').from).toBe('2026-11-20')
    expect(ask('holiday').from).toBe('2026-11-21')
    expect(ask('R024 --expiry 2026-11-20').value).toMatchObject({ reason: 'expired' })
  })

  test('every fact and every rule names its source and the day on which it was checked', () => {
    for (const { source, checked, zone } of builtInRulebook.rules.values()) {
      expect(source.length).toBeGreaterThan(10)
      expect(isCivilDate(checked)).toBe(true)
      expect(['Asia/Tokyo', 'Asia/Taipei']).toContain(zone)
    }
    expect(questions.filter(({ rule, ids }) => [rule, ...ids].some((id) => !builtInRulebook.rules.has(id))).map(({ name }) => name)).toEqual([])
    expect(ask('R004')).toMatchObject({ rule: 'R004', value: 12, from: null, to: null })
    expect(ask('R047').value).toBe(23)
    expect(Object.keys(ask('R047'))).toEqual(['rule', 'value', 'from', 'to', 'zone', 'source', 'checked', 'explanation'])
  })

  test('list tells them all, one JSON object a line', () => {
    const { lines } = answerRules(['list'], now)
    const told = lines.map((line) => JSON.parse(line) as Line)
    expect(told.map(({ rule }) => rule)).toEqual([...new Set([...questions.map(({ name }) => name), ...builtInRulebook.rules.keys(), ...Object.keys(builtInRulebook.conflicts)])])
    for (const key of ['value', 'from', 'to']) expect(told.filter((line) => !Object.hasOwn(line, key))).toEqual([])
    for (const key of ['zone', 'source', 'checked', 'explanation']) expect(told.filter(({ rule, ...line }) => !/^X\d+$/.test(rule) && !Object.hasOwn(line, key))).toEqual([])
    expect(told.find(({ rule }) => rule === 'X10')).toMatchObject({ value: { treatment: 'ask-moica', rules: ['foreigner-validity'] } })
  })

  test.each([
    [[], 'usage'],
    [['no-such-rule'], 'unknown rule "no-such-rule"'],
    [['renewal-window'], '--expiry: is missing'],
    [['renewal-window', '--expiry'], 'expected --key value'],
    [['renewal-window', 'expiry', '2014-10-01'], 'expected --key value'],
    [['renewal-window', '--expiry', '2014-02-31'], 'is no date'],
    [['renewal-window', '--expiry', '2014-10-01', '--tomorrow', '2014-10-01'], '--tomorrow: not an option'],
    [['form-validity', '--name', 'new'], 'same | changed'],
    [['phone-lines', '--at', '2026-11-20T24:00'], 'is no instant'],
    [['period-of-years', '--event', '2026-11-20', '--years', 'x'], 'is no number'],
    [['R047', '--id', '1'], 'takes no options'],
    [['R131', '--expiry', '2014-10-01', '--expiry', '2014-10-02'], '--expiry: stands twice'],
    [['age', '--birth', '2026-11-22'], '--birth: is in the future'],
    [['age', '--birth', '1896-11-20'], '--birth: is more than 130 years ago'],
    [['moving', '--moved', '2026-11-20', '--planned-move-out', '2026-11-20', '--notified', '2026-11-19'], '--notified: is before --moved'],
    [['window-before-expiry', '--expiry', '2014-10-01', '--days', '-1'], '--days: a window that ends before it opens'],
    [['order-state', '--completed', '2026-11-22'], '--completed: is in the future'],
    [['delegation', '--act', 'sell'], '--act: is none of apply | revoke'],
  ])('%j is not understood: exit code 2, nothing on standard output', (words, message) => {
    const answer = answerRules(words, now)
    expect(answer).toMatchObject({ lines: [], exitCode: 2 })
    expect(answer.message).toContain(message)
  })

  test('as a command: JSON on standard output, words on standard error', () => {
    const file = fileURLToPath(new URL('../../../main/commands/rules.ts', import.meta.url))
    const run = (...words: string[]) => spawnSync(process.execPath, [file, ...words], { encoding: 'utf8' })
    const good = run('renewal-window', '--expiry', '2014-10-01')
    expect({ status: good.status, stderr: good.stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(good.stdout)).toMatchObject({ from: '2014-08-02', to: '2014-10-01' })
    const bad = run('no-such-rule')
    expect({ status: bad.status, stdout: bad.stdout }).toEqual({ status: 2, stdout: '' })
    expect(bad.stderr).toContain('no-such-rule')
  })
})
