import { describe, expect, test } from 'vitest'
import { builtInRulebook as book } from '../../../main/rulebook/built-in.ts'
import { applicationStatus, cardValidity, expressDeadline, moveState, noticeArrival, photoNotBefore, stayExtension, updateDeadline, type ApplicationState, type CardFacts } from '../../../main/rulebook/japan-card.ts'

describe('a change of address or name', () => {
  test('R033 is entered within 14 days; a last day on which the counter is closed moves, the safe one does not', () => {
    expect(updateDeadline(book, '2026-11-20')).toEqual({ safe: '2026-12-04', last: '2026-12-04' })
    expect(updateDeadline(book, '2026-12-15')).toEqual({ safe: '2026-12-29', last: '2027-01-04' })
  })
})

describe('a move to another municipality', () => {
  const move = { moved: '2026-11-16', plannedMoveOut: '2026-11-16', notified: null }

  test('the notice is due within both periods, whichever ends first', () => {
    expect(moveState(book, move, '2026-11-30')).toEqual({ state: 'notice-due', deadline: { safe: '2026-11-30', last: '2026-11-30' }, now: 'in-time' })
    expect(moveState(book, move, '2026-12-01')).toEqual({ state: 'lapsed' })
    const planned = { ...move, plannedMoveOut: '2026-10-20' }
    expect(moveState(book, planned, '2026-11-19')).toMatchObject({ deadline: { safe: '2026-11-19' } })
    expect(moveState(book, { ...planned, notified: '2026-11-20' }, '2026-11-20')).toEqual({ state: 'lapsed' })
  })

  test('then the continued use is due within 90 days, the day of the notice counted', () => {
    const notified = { ...move, notified: '2026-11-20' }
    expect(moveState(book, notified, '2026-11-20')).toEqual({ state: 'continued-use-due', deadline: { safe: '2027-02-17', last: '2027-02-17' }, now: 'in-time' })
    expect(moveState(book, notified, '2027-02-18')).toEqual({ state: 'lapsed' })
  })

  test('between the safe day and the next open one nobody can promise anything', () => {
    const late = { ...move, moved: '2026-11-07', plannedMoveOut: '2026-11-07' }
    expect(moveState(book, late, '2026-11-23')).toEqual({ state: 'notice-due', deadline: { safe: '2026-11-21', last: '2026-11-24' }, now: 'ask' })
  })
})

describe('lost, and again', () => {
  test('the express issue is asked for within 30 days, the day of the loss notice counted', () => {
    expect(expressDeadline(book, '2026-11-20')).toEqual({ safe: '2026-12-19', last: '2026-12-21' })
  })
})

describe('how long a card is good for', () => {
  const facts: CardFacts = { holder: 'japanese', birth: '1990-05-10', issued: '2026-11-22', applied: null, stayUntil: null }
  const of = (change: Partial<CardFacts>) => cardValidity(book, { ...facts, ...change })
  const on = (card: string, certificate: string) => ({ card: { safe: card, last: card }, certificate: { safe: certificate, last: certificate } })

  test('until the tenth birthday after its issue, its certificates until the fifth', () => {
    expect(of({})).toEqual(on('2036-05-10', '2031-05-10'))
    expect(of({ birth: '1990-12-10' })).toEqual(on('2035-12-10', '2030-12-10'))
    expect(of({ birth: '1990-11-22' })).toEqual(on('2036-11-22', '2031-11-22'))
  })

  test('until the fifth birthday of someone under 18', () => {
    expect(of({ birth: '2010-05-10' })).toEqual(on('2031-05-10', '2031-05-10'))
    expect(of({ birth: '2008-11-22' })).toEqual(on('2036-11-22', '2031-11-22'))
    expect(of({ birth: '2008-11-23' })).toEqual(on('2030-11-23', '2030-11-23'))
  })

  test('where cities judge the age on the day of the application, both ends are told: an estimate', () => {
    expect(of({ birth: '2008-11-10', applied: '2026-11-01' }).card).toEqual({ safe: '2031-11-10', last: '2036-11-10' })
  })

  test('no longer than the period of stay of those who have one', () => {
    expect(of({ holder: 'other', stayUntil: '2027-03-01' })).toEqual(on('2027-03-01', '2027-03-01'))
    expect(of({ holder: 'other', stayUntil: '2033-03-01' })).toEqual(on('2033-03-01', '2031-05-10'))
    expect(of({ holder: 'highly-skilled-2', stayUntil: '2027-03-01' })).toEqual(on('2036-05-10', '2031-05-10'))
    expect(of({ holder: 'temporary', stayUntil: '2027-01-10' })).toEqual(on('2027-01-10', '2027-01-10'))
  })

  test('someone born on 29 February has the birthday on the 28th of a common year', () => {
    expect(of({ birth: '2000-02-29' })).toEqual(on('2036-02-29', '2031-02-28'))
  })

  test('two months more while a renewal of the stay is not decided, if it was applied for in time', () => {
    expect(stayExtension(book, '2026-12-31', '2026-12-31')).toEqual({ safe: '2027-02-28', last: '2027-02-28' })
    expect(stayExtension(book, '2027-02-28', '2027-02-01')).toEqual({ safe: '2027-04-28', last: '2027-04-30' })
    expect(stayExtension(book, '2026-12-31', '2027-01-01')).toBeNull()
  })
})

describe('an application on its way', () => {
  const at = (state: ApplicationState, today: string, more: { readonly pickUpUntil?: string; readonly stayUntil?: string } = {}) =>
    applicationStatus(book, { state, applied: '2026-10-31', pickUpUntil: null, stayUntil: null, ...more }, today)

  test('about a month to the postcard; after two months, ask the municipality', () => {
    expect(at('REVIEW', '2026-11-22')).toEqual({ state: 'REVIEW', advice: 'wait', postcardAbout: '2026-11-30', askFrom: '2026-12-31' })
    expect(at('PRODUCTION', '2026-12-30').advice).toBe('wait')
    expect(at('SENT_TO_MUNICIPALITY', '2026-12-31').advice).toBe('ask-municipality')
  })

  test('a defect, or a stay that ended before the collection, needs a new application', () => {
    expect(at('DEFECT', '2026-11-22').advice).toBe('apply-again')
    expect(at('READY', '2026-12-02', { stayUntil: '2026-12-01' })).toMatchObject({ state: 'CANCELLED', advice: 'apply-again' })
    expect(at('COLLECTED', '2026-12-02', { stayUntil: '2026-12-01' })).toMatchObject({ state: 'COLLECTED', advice: 'none' })
  })

  test('a card that waits is collected until the day on the postcard; then the municipality is asked', () => {
    expect(at('READY', '2027-01-15', { pickUpUntil: '2027-01-15' })).toMatchObject({ state: 'READY', advice: 'collect' })
    expect(at('READY', '2027-01-16', { pickUpUntil: '2027-01-15' })).toMatchObject({ state: 'PICKUP_LAPSED', advice: 'ask-municipality' })
    expect(at('EXPRESS_MAILED', '2027-01-16').advice).toBe('await-mail')
  })
})

test('R008 the notice of the number comes two to three weeks after the first resident record', () => {
  expect(noticeArrival(book, '2026-11-21')).toEqual({ from: '2026-12-05', to: '2026-12-12' })
})

test('R036 a photo is no older than six months', () => {
  expect([photoNotBefore(book, '2026-08-31'), photoNotBefore(book, '2024-08-31')]).toEqual(['2026-02-28', '2024-02-29'])
})
