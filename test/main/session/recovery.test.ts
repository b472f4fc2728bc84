import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import type { VisitMoney } from '../../../main/money/ledger.ts'
import { boothKeys, count, formCode, formId, morning, received, service } from '../../support/booth-facts.ts'
import { memoryFolder } from '../../support/memory-folder.ts'
import { byMail } from '../../support/photo-visit.ts'
import { readySession, Session } from '../../support/session.ts'
import { goOn, goOnTo } from '../../support/willing-resident.ts'
import { wordsMissing } from '../../support/words.ts'

let dir: string
beforeEach(() => {
  dir = memoryFolder('session')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** The journal of a booth, opened and verified as at a start. */
function openAt(name: string): Journal {
  const opened = openJournal({ file: join(dir, name, 'journal.db'), keys: boothKeys, clock: virtualClock(morning) })
  if (!opened.ok) throw new Error(`${opened.fault} ${opened.reason}: ${opened.detail}`)
  return opened.journal
}

test('what a device says that it is stands in the journal once, also after a restart, and again when it is another one', () => {
  const identity = { manufacturer: 'ESC', product: 'SR5', serial: '1193046', software: 'SRM-1.04' }
  const seen = ({ records }: Session) => records.flatMap((record) => (record.kind === 'device-seen' ? [record.body] : []))
  const before = readySession().health('coin-acceptor', 'ready', [], identity).health('coin-acceptor', 'lost').health('coin-acceptor', 'ready', [], identity)
  expect(seen(before)).toEqual([{ device: 'coin-acceptor', identity }])
  const { session, journal } = restarted('identity', [before.records])
  expect(journal.recover().seen).toEqual({ 'coin-acceptor': identity })
  session.health('coin-acceptor', 'ready', [], identity)
  expect(seen(session)).toEqual([])
  const updated = { ...identity, software: 'SRM-1.05' }
  session.health('coin-acceptor', 'ready', [], updated)
  expect(seen(session)).toEqual([{ device: 'coin-acceptor', identity: updated }])
  journal.close()
})

/** A booth that was killed after these transactions, started again over what they left in the journal. */
function restarted(name: string, transactions: readonly (readonly JournalRecord[])[], configuration = readySession().configuration): { readonly session: Session; readonly journal: Journal } {
  const before = openAt(name)
  const money = new Map<string, VisitMoney>()
  for (const records of transactions) {
    before.append(records)
    for (const record of records) count(money, record)
  }
  before.close()
  const journal = openAt(name)
  const recovered = journal.recover()
  const cursor = recovered.cursors[0]
  const session = new Session({ recovered, money, configuration, seed: name, append: (records) => void journal.append(records), ...(cursor && { cursor }) })
  return { session, journal }
}

/** What must hold when the booth is at rest again, however it was killed. */
function expectSettled(journal: Journal, session: Session, before: readonly JournalRecord[]): void {
  const all = [...before, ...session.records]
  expect(journal.recover().visit).toBeNull()
  const inserted = all.reduce((sum, record) => sum + (record.kind === 'coin-credited' ? record.body.value : 0), 0)
  for (const total of journal.totals()) {
    expect(total).toMatchObject({ inserted, credit: 0 })
    expect(total.parked + total.earned + total.owed).toBe(inserted)
  }
  const queued = all.flatMap((record) => (record.kind === 'queued' ? [record.body.key] : []))
  expect(new Set(queued).size, 'I3').toBe(queued.length)
  const earned = all.filter((record) => record.kind === 'answered' && record.body.status === 'received').length
  expect(journal.totals().reduce((sum, total) => sum + total.earned, 0)).toBe(earned * 800)
  expect(JSON.stringify(all)).not.toContain(formId)
  expect(JSON.stringify(all)).not.toContain('1980-04-01')
}

/** Visits that pay and send, in every way that it can go. */
const visits: Readonly<Record<string, (session: Session) => Session>> = {
  'received, with change': (session) => goOn(session.toPayment().insert(500, 500)),
  'received, to the yen': (session) => goOn(session.toReceived()),
  refused: (session) =>
    goOn(session.toPayment().insert(500, 500).fromScanToSealed().centreSays({ status: 'refused', reason: 'closed' })),
  'not confirmed': (session) => goOn(session.toSending().sealed().pass(20_000)),
  parked: (session) => goOn(session.toSending().sealed().centreSays({ status: 'parked', reason: 'http-409' })),
  'sealed at the second try': (session) => {
    session.toSending().dispatch({ kind: 'not-sealed', visit: session.visit.visit, key: session.key })
    return goOn(session)
  },
  cancelled: (session) => goOn(session.toPayment().insert(100, 500).do('cancel', { confirm: true }).insert(50)),
  'stopped after the payment': (session) => goOn(session.toBirth().date('birth', 'western', 2026, 5, 5)),
  abandoned: (session) => session.toScan().pass(3_600_000),
  'a coin without a visit': (session) => goOn(session.insert(500).do('return-credit', {})),
}
const visitsRecorded = Object.entries(visits).map(([name, act]) => ({ name, transactions: act(readySession({ seed: name })).transactions }))

describe('killed after any transaction of a visit', () => {
  test.each(visitsRecorded)(
    'F02 $name: time alone settles it, the centre’s late answer is taken, the money is whole, nothing is sent twice',
    ({ name, transactions }) => {
      for (let told = 1; told <= transactions.length; told += 1) {
        const before = transactions.slice(0, told)
        const { session, journal } = restarted(`${name} time ${told}`, before)
        session.ready().pass(3_600_000)
        expect(session.screen).toBe('attract')
        expectSettled(journal, session, before.flat())
        expect(session.effectsOf('submit')).toEqual([])
        for (const { key, visit, number, code, price } of [...journal.waiting(), ...journal.parked()])
          session.centreSays(told % 2 ? received : { status: 'refused', reason: 'closed' }, { key, visit, number, code, price })
        expect(journal.waiting()).toEqual([])
        expectSettled(journal, session, before.flat())
        journal.close()
      }
    },
  )

  test.each(visitsRecorded)(
    'F02 $name: a resident who goes on gets what was paid for, and nothing is paid or sent twice',
    ({ name, transactions }) => {
      for (let told = 1; told <= transactions.length; told += 1) {
        const before = transactions.slice(0, told)
        const { session, journal } = restarted(`${name} on ${told}`, before)
        goOn(session.ready())
        expect(session.screen).toBe('attract')
        expectSettled(journal, session, before.flat())
        expect(session.views.flatMap(wordsMissing)).toEqual([])
        expect(session.effectsOf('print').flatMap(wordsMissing)).toEqual([])
        journal.close()
      }
    },
  )
})

describe('what the resident sees after a restart', () => {
  const killed = (name: string, session: Session) => restarted(name, session.transactions, session.configuration)

  test('F02 credit is offered: go on from the scan, or take it back', () => {
    const { session, journal } = killed('held', readySession().toBirth())
    session.ready()
    expect(session.view).toMatchObject({ screen: 'held', credit: 800, canContinue: true })
    expect(session.recordsOf('recovered')).toMatchObject([{ body: { credit: 800, queued: false } }])
    session.do('use-credit', {})
    expect(session.screen).toBe('scan')
    journal.close()
  })

  test('F02 half paid: the payment goes on with what there is', () => {
    const { session, journal } = killed('paying', readySession().toPayment().insert(500))
    session.ready().do('use-credit', {})
    expect(session.view).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500, missing: 300 } })
    journal.close()
  })

  const held = () => readySession().insert(100).do('use-credit', {}).do('choose-language', { language: 'ja' }).do('choose-service', { service })
  const consented = () => held().do('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] })
  test.each([
    ['the consent', held],
    ['the number', consented],
    ['the last question', () => consented().do('continue', { step: 'number' }).answer('applicant', 'adult').answer('cause', 'first').answer('form', 'with-code').answer('printed', 'same')],
  ])('F02 killed at %s with a coin held from before: consent and all questions come before the payment again', (name, before) => {
    const { session, journal } = killed(`held at ${name}`, before())
    session.ready().do('use-credit', {})
    expect(session.screen).toBe('languages')
    session.do('choose-language', { language: 'ja' }).do('choose-service', { service })
    expect(session.screen).toBe('consent:privacy')
    goOnTo(session, 'payment')
    expect(session.view).toMatchObject({ money: { inserted: 100, missing: 700 } })
    const asked = new Set(session.views.flatMap((shown) => ('step' in shown ? [shown.step] : [])))
    expect(['privacy', 'number', 'applicant', 'cause', 'form', 'printed', 'stay'].filter((step) => !asked.has(step))).toEqual([])
    journal.close()
  })

  test('F02 the answers are gone: what the application needs is asked again before the review', () => {
    const { session, journal } = killed('answers', readySession().toReview())
    session.ready().do('use-credit', {}).scan(formCode).do('continue', { step: 'identifier' }).date('birth', 'western', 2015, 4, 1)
    session.answer('certificates', 'none').answer('braille', 'no').shoot().do('keep-photo', {})
    expect(session.screen).toBe('question:applicant')
    session.answer('applicant', 'adult')
    expect(session.screen).toBe('question:representative')
    session.answer('representative', 'here')
    expect(session.screen).toBe('question:cause')
    session.answer('cause', 'lost')
    expect(session.screen).toBe('review')
    journal.close()
  })

  test('F02 queued and not answered: not confirmed, with its number and code, and not submitted by the visit again', () => {
    const before = readySession().toSending().sealed()
    const { number, code } = before.queued()
    const { session, journal } = killed('queued', before)
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'not-confirmed', number, code })
    session.ready()
    expect(session.effectsOf('print')).toMatchObject([{ copy: true, slip: { kind: 'not-confirmed' } }])
    expect(session.effectsOf('submit')).toEqual([])
    expect(JSON.stringify(session.effectsOf('print'))).not.toContain('screen.identifier.masked')
    expect(journal.waiting()).toHaveLength(1)
    journal.close()
  })

  test.each([
    ['received', received, 200],
    ['refused', { status: 'refused', reason: 'closed' } as const, 1000],
  ])('F02 %s, and the claim of that visit is shown again as it was signed', (status, result, amount) => {
    const before = readySession().toPayment().insert(500, 500).fromScanToSealed().centreSays(result)
    const [issued] = before.recordsOf('claim-issued')
    const { session, journal } = killed(status, before)
    session.ready()
    expect(session.view).toMatchObject({
      screen: 'receipt',
      status,
      claim: { number: issued?.body.claim.number, code: issued?.body.claim.code, amount },
    })
    expect(session.recordsOf('claim-issued')).toEqual([])
    expect(JSON.stringify(session.effectsOf('print'))).toContain(issued?.body.signature)
    journal.close()
  })

  test('F02 a claim whose slip may not have come out is shown and printed again, marked COPY', () => {
    const before = readySession().toScan().do('cancel', { confirm: true })
    const { session, journal } = killed('claim', before)
    session.ready()
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800, print: 'printing' } })
    expect(session.effectsOf('print')).toMatchObject([{ copy: true, slip: { kind: 'claim' } }])
    expect(session.recordsOf('claim-issued')).toEqual([])
    goOn(session)
    expect(session.screen).toBe('attract')
    journal.close()
  })

  test('F02 a slip that has come out is shown as printed and not printed again', () => {
    const before = readySession().toReceived()
    const [printing] = before.effectsOf('print')
    before.dispatch({ kind: 'device', message: { kind: 'event', device: 'printer', event: { kind: 'printed', job: printing?.job ?? '' } } })
    expect(before.recordsOf('slip-printed')).toHaveLength(1)
    const { session, journal } = killed('printed', before)
    session.ready()
    expect(session.view).toMatchObject({ screen: 'receipt', print: 'printed' })
    expect(session.effectsOf('print')).toEqual([])
    expect(session.recordsOf('slip-failed')).toEqual([])
    journal.close()
  })

  test('F02 a coin after the refusal, and killed before any slip was out: each claim is shown and printed', () => {
    const before = readySession().toSending().sealed().centreSays({ status: 'refused', reason: 'closed' }).insert(100)
    const { session, journal } = killed('two claims', before)
    session.ready()
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'refused', claim: { amount: 100 } })
    session.printed().do('continue', { step: 'receipt' })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800, print: 'printing' } })
    session.printed().do('continue', { step: 'claim' })
    expect(session.screen).toBe('leave')
    const slips = JSON.stringify(session.effectsOf('print'))
    for (const { number } of journal.claims(before.visit.visit)) expect(slips).toContain(number)
    expect(journal.claims(before.visit.visit)).toHaveLength(2)
    journal.close()
  })

  test('F02 time alone prints each claim too, and a slip from before the last coin does not stand for it', () => {
    const before = readySession().toScan().do('cancel', { confirm: true })
    const claims = killed('claim and coin', before.printed().insert(50))
    claims.session.ready().do('return-credit', {})
    expect(claims.session.view).toMatchObject({ screen: 'claim', claim: { amount: 50, print: 'printing' } })
    claims.session.pass(3_600_000)
    const slips = JSON.stringify(claims.session.effectsOf('print'))
    for (const { number } of claims.journal.claims(before.visit.visit)) expect(slips).toContain(number)
    expect(claims.session.screen).toBe('attract')
    claims.journal.close()
  })

  test('F02 delivered when the booth died: the visit ends as delivered, and what fell in since comes back', () => {
    const delivered = (): Session => {
      const session = byMail()
      const job = session.effectsOf('print-sheet').at(-1)?.job ?? ''
      session.dispatch({ kind: 'device', message: { kind: 'event', device: 'sheet-printer', event: { kind: 'printed', job } } })
      return session
    }
    const exact = killed('delivered', delivered())
    expect(exact.session.ready().recordsOf('visit-ended')).toMatchObject([{ body: { outcome: 'delivered' } }])
    exact.journal.close()

    const ways: readonly (readonly [string, (session: Session) => Session])[] = [
      ['back', (session) => session.do('return-credit', {})],
      ['gone', (session) => session.pass(3_600_000)],
    ]
    for (const [name, act] of ways) {
      const { session, journal } = killed(`delivered ${name}`, delivered().insert(100))
      expect(session.ready().view).toMatchObject({ screen: 'held', credit: 100 })
      goOn(act(session))
      expect(session.recordsOf('visit-ended')).toMatchObject([{ body: { outcome: 'delivered' } }])
      expect(journal.totals()).toMatchObject([{ inserted: 900, earned: 800, owed: 100, credit: 0 }])
      journal.close()
    }
  })

  test('F02 parked is still for a person to decide', () => {
    const { session, journal } = killed('parked', readySession().toSending().sealed().centreSays({ status: 'parked', reason: 'http-409' }))
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'parked' })
    journal.close()
  })

  test('F02 a visit without money is over', () => {
    const { session, journal } = killed('nothing', readySession().toPayment())
    expect(session.state.visit).toBeNull()
    expect(session.recordsOf('visit-ended')).toMatchObject([{ body: { outcome: 'abandoned' } }])
    journal.close()
  })

  test('I4 nothing personal survives a restart', () => {
    for (const [index, before] of [
      readySession().toReview(),
      readySession().toSending(),
      readySession().toSending().sealed(),
      readySession().toReceived(),
    ].entries()) {
      const { session, journal } = killed(`personal ${index}`, before)
      expect(session.visit).toMatchObject({ answers: {}, identifier: null, photo: null })
      expect(JSON.stringify([session.state, session.records])).not.toContain(formId.slice(-4))
      journal.close()
    }
  })

  test('F02 killed again and again while it recovers, the money stays whole', () => {
    const before = readySession().toSending()
    let transactions: (readonly JournalRecord[])[] = [...before.transactions]
    for (let time = 0; time < 4; time += 1) {
      const { session, journal } = restarted(`again ${time}`, transactions)
      expect(session.view).toMatchObject({ screen: 'held', credit: 800 })
      session.ready()
      if (time % 2) session.do('use-credit', {})
      journal.close()
      transactions = [...transactions, ...session.transactions]
    }
  })
})
