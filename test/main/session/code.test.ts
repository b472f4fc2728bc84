import { describe, expect, test } from 'vitest'
import badInputs from '../../fixtures/bad-inputs.json' with { type: 'json' }
import { formCode, formId } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const toTest = () => readySession().toOffer().do('test-code', {})
const toTyping = () => readySession().toScan().pass(20_000).do('type-id', {})
/** Everything that the booth keeps, wants done or shows, as one text. */
const everything = (session: Session) => JSON.stringify([session.state, session.records, session.effects, session.views])

/** 12 digits as people may bring them: right and wrong check digit, spaced, full-width, Arabic-Indic, as numerals, in a sentence. */
const twelve = [
  '123456789018',
  '123456789012',
  '1234 5678 9018',
  '１２３４５６７８９０１８',
  '1234-5678-9018',
  '١٢٣٤٥٦٧٨٩٠١٨',
  '一二三四五六七八九〇一八',
  'No. 123456789018.',
]
const digitsOf = (text: string) => [text, text.replaceAll(/[^0-9]/g, '') || text, '123456789018', '123456789012', '1234 5678', '5678 901']

describe('the free test', () => {
  test('says that the code can be read, and forgets it: nothing of it stays in the state, the records or the screen', () => {
    const session = toTest()
    const before = session.records.length
    session.scan(formCode)
    expect(session.view).toMatchObject({ screen: 'scan', purpose: 'test', result: 'readable', money: null })
    expect(session.visit.identifier).toBeNull()
    expect(session.records.length).toBe(before)
    expect(everything(session)).not.toContain(formId)
    expect(everything(session)).not.toContain(formId.slice(-4))
  })

  test('a code that it cannot use is said so, as often as one likes, and costs nothing', () => {
    const session = toTest()
    for (let time = 0; time < 5; time += 1) {
      session.scan('https://example.com/')
      expect(session.view).toMatchObject({ result: 'not-readable', notice: { text: { key: 'scan.not-application' } } })
      session.do('test-code', {})
    }
    expect(session.view).toMatchObject({ result: 'waiting', notice: null })
    expect(session.accepting).toEqual([])
  })

  test('noise of the line, or more than a code can hold, is said so and counts as nobody and nothing', () => {
    const noise = { kind: 'device', message: { kind: 'event', device: 'qr-scanner', event: { kind: 'garbage' } } } as const
    const session = readySession().toScan()
    for (let time = 0; time < 5; time += 1) session.dispatch(noise)
    expect(session.view).toMatchObject({ screen: 'scan', canType: false, notice: { text: { key: 'scan.too-long' } } })
    expect(session.show(formCode)).toBeNull()
    session.dispatch(noise)
    expect(session.view).toMatchObject({ screen: 'identifier', notice: null })
    readySession().dispatch(noise)
  })

  test('afterwards the service starts from its beginning, or the visit goes back to the offer', () => {
    expect(toTest().scan(formCode).do('continue', { step: 'scan' }).screen).toBe('offer')
    expect(toTest().scan(formCode).do('back', {}).screen).toBe('offer')
  })

  test.each([
    ['from the test', (session: Session) => session],
    ['from the offer', (session: Session) => session.do('continue', { step: 'scan' })],
  ])('whoever leaves %s is told to take the form along, also by the time-out', (_place, reach) => {
    expect(reach(toTest().scan(formCode)).do('cancel', { confirm: true }).screen).toBe('leave')
    const session = reach(toTest().scan(formCode))
    session.pass(600_000)
    expect(session.views.map(({ screen }) => screen)).toEqual(expect.arrayContaining(['leave', 'goodbye', 'attract']))
    expect(readySession().toOffer().do('cancel', { confirm: true }).screen).toBe('attract')
  })

  test('a code that stays in view after the test is not read on, so that the visit can end', () => {
    const session = toTest().scan(formCode)
    expect(session.listening).toBe(false)
    expect(session.show(formCode)).toBe('not-now')
  })
})

describe('the code of the form', () => {
  test('R041 R047 is taken from the serial reader and from the camera, and only its end is shown', () => {
    for (const session of [readySession().toScan().scan(formCode), readySession().toScan()]) {
      if (session.screen === 'scan') expect(session.show(formCode)).toBeNull()
      expect(session.view).toMatchObject({ screen: 'identifier', last4: '0123', digits: 23 })
      expect(JSON.stringify(session.views)).not.toContain(formId)
      expect(JSON.stringify(session.records)).not.toContain(formId)
    }
  })

  test('several codes in one frame: one valid is taken, two different ones are refused', () => {
    const session = readySession().toScan()
    session.show(formCode, formCode.replace(formId, '98765432109876543210987'))
    expect(session.notice).toBe('scan.two-codes')
    session.show('https://example.com/', formCode)
    expect(session.screen).toBe('identifier')
  })

  test('nothing is read where no code is asked for', () => {
    const session = readySession().toPayment()
    const before = session.visit
    expect(session.show(formCode)).toBe('not-now')
    session.scan(formCode)
    expect(session.visit).toBe(before)
    expect(readySession().scan(formCode).state.visit).toBeNull()
  })

  test.each(
    badInputs.inputs.filter(
      ({ class: kind, payload_hex: payload, id }) => kind === 'qr' && payload && !['Q01', 'Q07', 'Q25', 'Q28', 'Q30'].includes(id),
    ),
  )('$id said so at the reader, nothing lost, nothing kept', ({ payload_hex: payload = '' }) => {
    const session = readySession().toScan()
    const { credit, answers } = session.visit
    session.scan(Buffer.from(payload, 'hex'))
    expect(session.screen).toBe('scan')
    expect(session.notice).toMatch(/^scan\.(?:not-application|too-long)$/)
    expect(wordsMissing(session.view)).toEqual([])
    expect(session.visit).toMatchObject({ credit, answers, identifier: null })
    expect(session.scan(formCode).screen).toBe('identifier')
  })

  test('a second wrong code never ends a visit; after three the keys are offered', () => {
    const session = readySession().toScan()
    const offered: boolean[] = []
    for (let time = 1; time <= 10; time += 1) {
      session.scan('https://example.com/')
      offered.push(session.view.screen === 'scan' && session.view.canType)
    }
    expect(offered).toEqual([false, false, true, true, true, true, true, true, true, true])
    expect(session.visit.credit).toBe(800)
  })

  test('the keys are offered after 20 seconds without a code', () => {
    const session = readySession().toScan().pass(19_999)
    expect(session.view).toMatchObject({ canType: false })
    expect(session.say('type-id', {})).toBe('not-now')
    expect(session.pass(1).view).toMatchObject({ canType: true })
  })

  test('a wrong form that lies before the reader does not keep a visit for ever', () => {
    const session = readySession().toScan()
    for (let second = 0; second < 300 && session.screen === 'scan'; second += 1) session.scan('https://example.com/').pass(1_000)
    expect(session.screen).toBe('claim')
  })
})

describe('B9 the Individual Number', () => {
  test.each(twelve)('R004 Q25 a code that says %s is refused with a notice, counted, and leaves no digit behind', (text) => {
    const session = readySession().toScan()
    session.scan(text)
    expect(session.notice).toBe('scan.individual-number')
    expect(session.recordsOf('number-refused')).toEqual([{ kind: 'number-refused', visit: null, body: {} }])
    expect(wordsMissing(session.view)).toEqual([])
    const kept = everything(session)
    for (const digits of digitsOf(text)) expect(kept).not.toContain(digits)
    session.show(text)
    expect(session.screen).toBe('scan')
    expect(session.recordsOf('number-refused')).toHaveLength(2)
  })

  test.each(twelve)('R004 so is %s in the free test', (text) => {
    const session = toTest().scan(text)
    expect(session.view).toMatchObject({ result: 'not-readable', notice: { text: { key: 'scan.individual-number' } } })
    expect(session.recordsOf('number-refused')).toHaveLength(1)
    for (const digits of digitsOf(text)) expect(everything(session)).not.toContain(digits)
  })

  test.each(twelve.slice(0, 7))('R004 so is %s where the form’s ID is typed', (text) => {
    const session = toTyping().do('typed', { round: 1, digits: text })
    expect(session.notice).toBe('scan.individual-number')
    expect(session.view).toMatchObject({ screen: 'typed-id', round: 1 })
    expect(session.recordsOf('number-refused')).toHaveLength(1)
    for (const digits of digitsOf(text)) expect(everything(session)).not.toContain(digits)
  })
})

describe('typing the ID', () => {
  test('R047 twice the same 23 digits are taken, in full width as well', () => {
    const session = toTyping().do('typed', { round: 1, digits: formId })
    expect(session.view).toMatchObject({ screen: 'typed-id', round: 2, groups: [4, 4, 4, 4, 4, 3] })
    session.do('typed', { round: 2, digits: formId.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))) })
    expect(session.view).toMatchObject({ screen: 'identifier', last4: '0123' })
    expect(session.visit.identifier).toBe(formId)
  })

  test('a second round that differs begins again, and never shows what was typed', () => {
    const session = toTyping()
      .do('typed', { round: 1, digits: formId })
      .do('typed', { round: 2, digits: formId.replace('1', '2') })
    expect(session.view).toMatchObject({ screen: 'typed-id', round: 1, notice: { text: { key: 'typing.different' } } })
    expect(session.visit.identifier).toBeNull()
    expect(JSON.stringify([session.views, session.records])).not.toContain(formId.slice(0, 12))
  })

  test.each([formId.slice(1), `${formId}4`, '', '1', 'abc', '9'.repeat(64)])('R047 %j is not 23 digits', (digits) => {
    const session = toTyping().do('typed', { round: 1, digits })
    expect(session.view).toMatchObject({ screen: 'typed-id', round: 1, notice: { text: { key: 'typing.length' } } })
  })

  test('a wrong second round keeps the first', () => {
    const session = toTyping()
      .do('typed', { round: 1, digits: formId })
      .do('typed', { round: 2, digits: '1' })
      .do('typed', { round: 2, digits: formId })
    expect(session.screen).toBe('identifier')
  })

  test('a round that is not the one on the screen is not taken: a double tap types nothing twice', () => {
    const session = toTyping().do('typed', { round: 1, digits: formId })
    expect(session.say('typed', { round: 1, digits: formId })).toBe('not-now')
    expect(session.view).toMatchObject({ round: 2 })
  })

  test('back leads to the reader, with the keys still offered', () => {
    expect(toTyping().do('typed', { round: 1, digits: formId }).do('back', {}).view).toMatchObject({ screen: 'scan', canType: true })
  })

  test('a corrected ID leads back to the review', () => {
    const session = readySession().toReview().do('correct', { step: 'scan' }).pass(20_000).do('type-id', {})
    session.do('typed', { round: 1, digits: formId }).do('typed', { round: 2, digits: formId }).do('continue', { step: 'identifier' })
    expect(session.screen).toBe('review')
  })
})
