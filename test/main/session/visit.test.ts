import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { application } from '../../../main/contract/submission.ts'
import { configured, formCode, formId, received, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

/** The screens of a visit in the order in which they came, each once. */
const screensOf = (session: Session) =>
  session.views
    .map((view) => ('step' in view ? `${view.screen}:${view.step}` : view.screen))
    .filter((screen, index, all) => screen !== all[index - 1])

describe('the whole visit', () => {
  test('R040 R041 R042 R043 choose, pay, hold the code to the reader, answer, photo, send: screen by screen', () => {
    const session = readySession()
    expect(session.screen).toBe('attract')
    session.toReceived().printed()
    session.do('continue', { step: 'receipt' }).do('continue', { step: 'leave' }).do('continue', { step: 'goodbye' })
    // What looks at faces is wanted from the service's first step to the review, and by nobody before or after.
    const wanted = session.views.filter(({ photoAhead }) => photoAhead).map(({ screen }) => screen)
    expect([wanted[0], wanted.includes('photo'), wanted.at(-1)]).toEqual(['consent', true, 'review'])
    expect(screensOf(session)).toEqual([
      ...[
        'attract',
        'languages',
        'offer',
        'consent:privacy',
        'info:number',
        'question:applicant',
        'question:cause',
        'question:form',
      ],
      ...[
        'question:printed',
        'question:stay',
        'payment',
        'scan',
        'identifier',
        'date:birth',
        'question:certificates',
        'question:braille',
        'photo',
        'photo-review',
      ],
      ...['review', 'sending', 'receipt', 'leave', 'goodbye', 'attract'],
    ])
    expect(session.records.map(({ kind }) => kind).filter((kind) => !kind.startsWith('fault-') && kind !== 'cursor-moved')).toEqual([
      ...['booth-started', 'recovery', 'visit-opened', 'service-chosen', 'coin-credited', 'coin-credited', 'coin-credited', 'coin-credited'],
      ...['confirmed', 'queued', 'answered', 'slip-printed', 'visit-ended'],
    ])
    expect(session.recordsOf('visit-ended')[0]?.body).toEqual({ outcome: 'received' })
    expect([...session.money.values()]).toMatchObject([{ inserted: 800, credit: 0, parked: 0, earned: 800, owed: 0 }])
  })

  test('R043 what is sealed is an application as the receiving office opens it, from exactly what was answered', () => {
    const session = readySession().toSending()
    const [effect] = session.effectsOf('seal')
    const photo = { jpegBase64: '/9j/', widthPx: 827, heightPx: 1063, dpi: 600, ...effect?.remarks }
    expect(application.parse({ ...effect?.application, photo })).toEqual({
      schema: 'cardbooth.jp-mynumber-application/1',
      boothId: 'demo-booth-1',
      key: `${session.visit.visit}-1`,
      applicationFormId: formId,
      birthDate: '1980-04-01',
      certificates: { signature: true, authentication: true },
      braille: false,
      cause: 'first',
      representative: 'none',
      language: 'ja',
      capturedAt: '2026-11-21T10:00:00+09:00',
      photo,
    })
  })

  test('R044 the price is one photo fee, said before the service starts and again before it is sent', () => {
    const session = readySession()
    expect(session.view).toMatchObject({ screen: 'attract', services: [{ id: service, price: { amount: 800, currency: 'JPY' }, available: true }] })
    session.toOffer()
    expect(session.view).toMatchObject({ screen: 'offer', price: { amount: 800, currency: 'JPY' }, coins: [10, 50, 100, 500] })
    const paying = readySession().toPayment()
    expect(paying.view.money).toEqual({ currency: 'JPY', price: 800, inserted: 0, missing: 800 })
    expect(readySession().toReview().view).toMatchObject({ price: { amount: 800, currency: 'JPY' } })
  })

  test('R044 a booth that takes nothing asks for nothing, and no way leads onto a payment', () => {
    const free = configured((file) => ({ ...file, services: { [service]: { price: 0 } } }))
    const session = readySession({ configuration: free }).toPayment()
    expect(session.screen).toBe('scan')
    session.do('back', {})
    expect(session.screen).toBe('question:stay')
    session.answer('stay', 'none').fromScanToSealed().centreSays(received)
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'received', claim: null })
  })

  test('progress counts sections from the first to the last and never back on the way forward', () => {
    const session = readySession()
    session.toReceived()
    const steps = session.views.flatMap(({ progress }) => (progress ? [progress.step] : []))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]))
  })

  test('all boxes of the privacy notice and the terms must be ticked', () => {
    const session = readySession().toOffer().do('choose-service', { service })
    expect(session.say('accept', { step: 'privacy', boxes: ['privacy', 'terms'] })).toBe('not-now')
    expect(session.say('accept', { step: 'privacy', boxes: [] })).toBe('not-now')
    expect(session.screen).toBe('consent:privacy')
    session.do('accept', { step: 'privacy', boxes: ['age', 'terms', 'privacy'] })
    expect(session.screen).toBe('info:number')
  })

  test('the review shows what was answered, and each line can be corrected without losing another', () => {
    const session = readySession().toReview()
    const items = () => (session.view.screen === 'review' ? session.view.items : [])
    expect(items().map(({ step }) => step)).toEqual(['scan', 'applicant', 'cause', 'birth', 'certificates', 'braille'])
    session.do('correct', { step: 'braille' }).answer('braille', 'yes')
    expect(session.screen).toBe('review')
    session.do('correct', { step: 'birth' }).date('birth', 'western', 1990, 1, 2)
    session.do('correct', { step: 'scan' }).scan(formCode.replace(formId, '98765432109876543210987')).do('continue', { step: 'identifier' })
    expect(session.screen).toBe('review')
    expect(session.visit).toMatchObject({
      answers: { braille: 'yes', birth: '1990-01-02', certificates: 'both', cause: 'first' },
      identifier: '98765432109876543210987',
    })
    expect(items()[0]?.value).toEqual({ key: 'screen.identifier.masked', values: { last4: '0987' } })
  })

  test('only what the review shows can be corrected from it', () => {
    const session = readySession().toReview()
    for (const step of ['pay', 'privacy', 'number', 'form', 'stay-until', 'advice', 'identifier', 'review', 'nothing'])
      expect(session.say('correct', { step }), step).toBe('not-now')
    expect(session.screen).toBe('review')
  })

  test('back goes step by step, never over the payment once there is money, and the photo that is there is shown again', () => {
    const session = readySession().toReview()
    const seen: string[] = []
    while (session.view.can.back) {
      session.do('back', {})
      seen.push(session.screen)
    }
    expect(seen).toEqual(['photo-review', 'question:braille', 'question:certificates', 'date:birth', 'identifier', 'scan'])
    expect(session.say('back', {})).toBe('not-now')
    session
      .scan(formCode)
      .do('continue', { step: 'identifier' })
      .date('birth', 'western', 1980, 4, 1)
      .answer('certificates', 'none')
      .answer('braille', 'yes')
    expect(session.screen).toBe('photo-review')
    session.do('keep-photo', {})
    expect(session.screen).toBe('review')
  })

  test('back before the payment leads to the offer, and further to the languages', () => {
    const session = readySession().toPayment()
    const seen: string[] = []
    while (session.view.can.back) {
      session.do('back', {})
      seen.push(session.screen)
    }
    expect(seen).toEqual([
      ...[
        'question:stay',
        'question:printed',
        'question:form',
        'question:cause',
        'question:applicant',
        'info:number',
        'consent:privacy',
        'offer',
        'languages',
      ],
    ])
  })

  test('a photo may be taken again six times; the last one can still be kept, from wherever it is seen', () => {
    const session = readySession().toPhoto().shoot()
    for (let attempt = 2; attempt <= 6; attempt += 1) session.do('retake', {}).shoot()
    expect(session.view).toMatchObject({ screen: 'photo-review', attempt: 6, attempts: 6 })
    expect(session.say('retake', {})).toBe('not-now')
    session.do('back', {}).answer('braille', 'yes')
    expect(session.screen).toBe('photo-review')
    session.do('keep-photo', {}).do('correct', { step: 'photo' }).do('keep-photo', {})
    expect(session.screen).toBe('review')
  })

  test('a picture that cannot be used is said so, costs no attempt, and nothing is sent without a photo', () => {
    const session = readySession().toPhoto()
    const refuse = () => session.dispatch({ kind: 'photo-refused', visit: session.visit.visit, attempt: 1, reason: 'no-face' })
    session.do('photo', { attempt: 1, imageBase64: '/9j/' })
    refuse()
    expect(session.view).toMatchObject({ screen: 'photo', attempt: 1, notice: { text: { key: 'photo.no-face' } } })
    session.shoot().do('keep-photo', {}).do('correct', { step: 'photo' }).do('retake', {}).do('photo', { attempt: 2, imageBase64: '/9j/' })
    session.dispatch({ kind: 'photo-refused', visit: session.visit.visit, attempt: 2, reason: 'not-a-picture' })
    session.do('back', {})
    expect(session.screen).toBe('review')
    session.do('send', { consent: true })
    expect(session.screen).toBe('photo')
    expect(session.recordsOf('confirmed')).toEqual([])
  })
})

describe('languages', () => {
  test('R046 all three languages are offered, the booth’s own first', () => {
    expect(readySession().do('begin', {}).view).toMatchObject({ screen: 'languages', languages: ['ja', 'en', 'zh-Hant'] })
  })

  /** Makes a session stand at every stage that a visit can have. */
  const stages: Readonly<Record<string, (session: Session) => Session>> = {
    languages: (session) => session.do('begin', {}),
    offer: (session) => session.toOffer(),
    'code test': (session) => session.toOffer().do('test-code', {}),
    consent: (session) => session.toOffer().do('choose-service', { service }),
    question: (session) => session.toQuestions().answer('applicant', 'adult'),
    stop: (session) => session.toQuestions().answer('applicant', 'infant'),
    payment: (session) => session.toPayment().insert(500),
    scan: (session) => session.toScan(),
    typing: (session) => session.toScan().pass(20_000).do('type-id', {}).do('typed', { round: 1, digits: formId }),
    identifier: (session) => session.toScan().scan(formCode),
    date: (session) => session.toBirth(),
    photo: (session) => session.toPhoto(),
    'making the photo': (session) => session.toPhoto().do('photo', { attempt: 1, imageBase64: '/9j/' }),
    'photo review': (session) => session.toPhoto().shoot(),
    review: (session) => session.toReview(),
    sending: (session) => session.toSending().sealed(),
    receipt: (session) => session.toReceived(),
    claim: (session) => session.toScan().do('cancel', { confirm: true }),
    held: (session) => session.insert(100),
    leave: (session) => session.toReceived().do('continue', { step: 'receipt' }),
    goodbye: (session) => session.toReceived().do('continue', { step: 'receipt' }).do('continue', { step: 'leave' }),
    help: (session) => session.toScan().do('help', { open: true }),
    'cancel question': (session) => session.toScan().do('cancel', { confirm: false }),
    'still there?': (session) => session.toScan().pass(60_000),
  }

  test.each(Object.entries(stages))('R046 F54 at %s every language can be chosen, and nothing else changes (I5)', (name, reach) => {
    const session = reach(readySession())
    const { records, effects } = session
    const done = [records.length, effects.length]
    for (const language of ['en', 'zh-Hant', 'ja'] as const) {
      const before = session.state
      session.do('choose-language', { language })
      expect(session.view.language).toBe(language)
      expect(wordsMissing(session.view)).toEqual([])
      if (name === 'languages') {
        expect(session.screen).toBe('offer')
        session.do('back', {})
        continue
      }
      const { language: _chosen, waits: _waits, ...rest } = session.visit
      const { language: _before, waits: _were, ...restBefore } = before.visit ?? session.visit
      expect(rest).toEqual(restBefore)
      expect({ ...session.state, visit: null }).toEqual({ ...before, visit: null })
    }
    expect([records.length, effects.length]).toEqual(done)
  })

  test('F54 the language of the moment is the one of slip and application', () => {
    const session = readySession().toReview().do('choose-language', { language: 'zh-Hant' }).do('send', { consent: true })
    expect(session.effectsOf('seal')[0]?.application.language).toBe('zh-Hant')
    session.sealed().do('choose-language', { language: 'en' }).centreSays({ status: 'received', receivedAt: '2026-11-21T10:05:00+09:00' })
    expect(session.effectsOf('print')[0]?.slip.language).toBe('en')
  })

  test('no language is offered that the booth does not offer', () => {
    const session = readySession({ configuration: configured((file) => ({ ...file, languages: ['en'] })) }).do('begin', {})
    expect(session.say('choose-language', { language: 'ja' })).toBe('not-now')
    expect(session.view.language).toBe('en')
  })

  test.each(languages)('R046 every screen and slip of a visit in %s has its words', (language) => {
    const session = readySession().do('begin', {}).do('choose-language', { language })
    session.do('back', {}).do('choose-language', { language })
    const whole = readySession()
    whole.toReceived().printed().pass(600_000)
    expect([...session.views, ...whole.views, ...whole.effectsOf('print').map(({ slip }) => slip)].flatMap(wordsMissing)).toEqual([])
  })
})
