import { expect, test } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import { statusWords } from '../../centre/status-words.ts'
import { receiptSlip } from '../../main/session/slips.ts'
import { newVisit } from '../../main/session/state.ts'
import { keyOf, slip, submissionOf, trial, type Trial } from './centre-fixture.ts'

const number = '2026-0000-0000-0001'

async function look(
  on: Trial,
  fields: Record<string, string>,
  lang = 'en',
): Promise<{ status: number; text: string; state: string | null; headers: Readonly<Record<string, string>> }> {
  const body = new TextEncoder().encode(new URLSearchParams(fields).toString())
  const reply = await on.centre.handle({
    method: 'POST',
    path: `/?lang=${lang}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  })
  if (!reply) throw new Error('the line was cut')
  const text = new TextDecoder().decode(reply.body)
  return { status: reply.status, text, state: /data-state="([a-z-]+)"/.exec(text)?.[1] ?? null, headers: reply.headers }
}

test('received, passed on and decided are three different answers in every language', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  const stages: readonly [string, keyof (typeof statusWords)['en']['states']][] = [
    ['list', 'received'],
    [`pass-on ${keyOf(1)}`, 'passed-on'],
    [`decide ${keyOf(1)} approved`, 'approved'],
  ]
  for (const [hand, state] of stages) {
    await on.centre.hand(hand)
    for (const lang of languages) {
      const page = await look(on, { number, code: slip.code }, lang)
      expect(page.state).toBe(state)
      expect(page.text).toContain(`<html lang="${lang}">`)
      expect(page.text).toContain(statusWords[lang].states[state].heading)
    }
  }
})

test('until the authority has decided, nothing says accepted or approved', () => {
  for (const lang of languages) {
    const { received, 'passed-on': passedOn, approved } = statusWords[lang].states
    const words = lang === 'en' ? /accept|approv/i : lang === 'ja' ? /承認|認めました|受理/ : /核准|受理|批准/
    expect(JSON.stringify([received, passedOn])).not.toMatch(words)
    expect(approved.heading).toMatch(words)
  }
})

test('a declined application says so without the reason, which would be personal', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  await on.centre.hand(`pass-on ${keyOf(1)}`)
  await on.centre.hand(`decide ${keyOf(1)} declined`)
  expect(await look(on, { number, code: slip.code })).toMatchObject({ state: 'declined' })
})

test('a refused application says that the price is owed, and how to get it', async () => {
  const on = trial({ answers: { mode: 'refused', reason: 'closed' } })
  await on.post(submissionOf(1))
  const page = await look(on, { number, code: slip.code })
  expect(page.state).toBe('refused')
  expect(page.text).toContain('is owed to you')
  expect(page.text).toContain('Test &amp; Co')
})

test('number and code are only good together, and a wrong code looks like a number that is not there', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  const wrongCode = await look(on, { number, code: '2222-2222' })
  const unknown = await look(on, { number: '2026-9999-9999-9999', code: slip.code })
  expect(wrongCode).toMatchObject({ status: 404, state: 'absent' })
  expect(wrongCode.text).toBe(unknown.text)
})

test('however number and code are typed, they are understood', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  for (const fields of [
    { number: '2026000000000001', code: '7kqm2xrb' },
    { number: ' 2026 0000 0000 0001 ', code: '7KQM 2XRB' },
    { number: '２０２６－００００－００００－０００１', code: '７ＫＱＭ－２ＸＲＢ' },
  ])
    expect((await look(on, fields)).state).toBe('received')
})

test('what was typed is never shown again, least of all twelve digits or markup', async () => {
  const on = trial()
  for (const typed of ['123456789018', '<script>alert(1)</script>', '"><img src=x>', '2026-0000-0000-0002']) {
    const page = await look(on, { number: typed, code: typed })
    expect(page.text).not.toContain(typed)
    expect(page.text).not.toContain('<script')
  }
  expect((await look(on, { number: '123456789018', code: slip.code })).state).toBe('unreadable')
})

test('the page shows no key, booth, fingerprint or time', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  const { text } = await look(on, { number, code: slip.code })
  const { envelope } = submissionOf(1)
  for (const secret of [envelope.key, envelope.booth, envelope.sha256, envelope.codeHash, envelope.office, '2026-11-21'])
    expect(text).not.toContain(secret)
})

test('the page names its operator, and a demonstration says that it is one', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  await on.post(submissionOf(2, { demo: false }))
  const demo = await look(on, { number, code: slip.code })
  expect(demo.text).toContain('Test &amp; Co')
  expect(demo.text).toContain('not a government machine')
  expect(demo.text).toContain('nothing is sent to any authority')
  expect((await look(on, { number: '2026-0000-0000-0002', code: slip.code })).text).not.toContain('nothing is sent to any authority')
})

test('the page loads nothing, runs nothing, is kept by nobody', async () => {
  const { headers } = await look(trial(), {})
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self'/)
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
})

test('the form comes in the language of the browser, and a link on the slip works too', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  for (const [accepted, lang] of [
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['en-GB,en', 'en'],
    ['de,ja', 'ja'],
    ['', 'ja'],
  ] as const)
    expect((await on.get('/', { 'accept-language': accepted })).text).toContain(`<html lang="${lang}">`)
  expect((await on.get(`/?number=${number}&code=${slip.code}&lang=en`)).text).toContain('data-state="received"')
})

test('the link on a slip brings the number, and the code is still asked for', async () => {
  const on = trial()
  await on.post(submissionOf(1))
  const link = receiptSlip(
    newVisit('visit-1', { now: 0, monotonic: 0 }, 'en', { at: 'languages' }),
    { number, code: slip.code, status: 'received', reason: null },
    { at: '2026-11-21T10:00:00+09:00', isTimeUnsure: false, booth: 'booth-1', price: 800, currency: 'JPY', statusPage: 'https://status.example.jp/s?from=slip', phone: null, last4: null },
  ).blocks.find((block) => block.kind === 'code')?.payload
  const { search } = new URL(link ?? '')
  const page = await on.get(`/${search}`)
  expect(page.text).toContain(`name="number" inputmode="numeric" maxlength="40" required value="${number}"`)
  expect(page.text).not.toContain('data-state')
  expect(link).not.toContain(slip.code)
})
