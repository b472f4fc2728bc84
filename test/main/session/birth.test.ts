import { describe, expect, test } from 'vitest'
import { configured, formCode, service } from '../../support/booth-facts.ts'
import { readySession } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

describe('the birth date', () => {
  test.each([
    ['reiwa', 1, 5, 1, '2019-05-01'],
    ['heisei', 1, 1, 8, '1989-01-08'],
    ['showa', 64, 1, 7, '1989-01-07'],
    ['taisho', 15, 12, 25, '1926-12-25'],
    ['western', 2000, 2, 29, '2000-02-29'],
  ] as const)('R042 %s %i-%i-%i is %s', (era, year, month, day, date) => {
    const session = readySession().toBirth().date('birth', era, year, month, day)
    expect(session.screen).toBe('question:certificates')
    expect(session.visit.answers['birth']).toBe(date)
  })

  test.each([
    ['0 of February', 'western', 2000, 2, 0, 'date.not-a-day'],
    ['31 February', 'western', 2000, 2, 31, 'date.not-a-day'],
    ['31 February of an era', 'heisei', 12, 2, 31, 'date.not-a-day'],
    ['29 February of a common year', 'western', 2001, 2, 29, 'date.not-a-day'],
    ['month 13', 'western', 2000, 13, 1, 'date.not-a-day'],
    ['month 0', 'showa', 50, 0, 1, 'date.not-a-day'],
    ['year 0 of an era', 'heisei', 0, 1, 1, 'date.not-a-year'],
    ['a day before the era', 'heisei', 1, 1, 7, 'date.before-era'],
    ['131 years ago', 'western', 1895, 11, 21, 'date.too-old'],
    ['tomorrow', 'western', 2026, 11, 22, 'date.in-the-future'],
    ['tomorrow by the era', 'reiwa', 8, 11, 22, 'date.in-the-future'],
  ] as const)('%s is refused with a notice where it was entered, and nothing is lost', (_title, era, year, month, day, notice) => {
    const session = readySession().toBirth()
    const { credit, identifier, answers } = session.visit
    session.date('birth', era, year, month, day)
    expect(session.screen).toBe('date:birth')
    expect(session.notice).toBe(notice)
    expect(wordsMissing(session.view)).toEqual([])
    expect(session.visit).toMatchObject({ credit, identifier, answers })
  })

  test('age 130 is a person, age 131 is a mistake', () => {
    expect(readySession().toBirth().date('birth', 'western', 1895, 11, 22).screen).toBe('question:certificates')
    expect(readySession().toBirth().date('birth', 'western', 1895, 11, 21).notice).toBe('date.too-old')
  })

  test('a year past the era’s end is normalised and said in Western years, not refused', () => {
    const session = readySession().toBirth().date('birth', 'heisei', 33, 4, 1)
    expect(session.visit.answers['birth']).toBe('2021-04-01')
    expect(session.view).toMatchObject({
      screen: 'question',
      notice: { tone: 'hint', text: { key: 'date.past-era-end', values: { date: '2021-04-01' } } },
    })
    expect(wordsMissing(session.view)).toEqual([])
    expect(session.answer('certificates', 'none').notice).toBeNull()
  })

  test('an era that the screen does not offer is not taken', () => {
    const session = readySession().toBirth()
    expect(session.say('date', { step: 'birth', era: 'meiji', year: 40, month: 1, day: 1 })).toBe('not-now')
  })

  test('under 1: the booth stops, and all the money is owed by a signed claim', () => {
    const session = readySession().toPayment().insert(500, 500).scan(formCode).do('continue', { step: 'identifier' }).date('birth', 'reiwa', 8, 5, 5)
    expect(session.view).toMatchObject({ screen: 'stop', reason: 'infant', ways: [{ key: `${service}.way.office` }], money: { inserted: 1000 } })
    session.do('continue', { step: 'stop' })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 1000, currency: 'JPY' } })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['stop', 'claim'])
    expect(session.effectsOf('seal')).toEqual([])
  })

  test.each([
    ['2025-11-22', 'stop'],
    ['2025-11-21', 'question:certificates'],
  ])('the day of the first birthday decides: born %s', (date, screen) => {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
    expect(readySession().toBirth().date('birth', 'western', year, month, day).screen).toBe(screen)
  })
})

describe('under 15, answered as an adult', () => {
  const toRepresentative = () => {
    const session = readySession().toBirth().date('birth', 'heisei', 24, 1, 1).answer('certificates', 'none').answer('braille', 'no')
    return session.shoot().do('keep-photo', {})
  }

  test('the representative is asked for before the review, and declared', () => {
    const session = toRepresentative()
    expect(session.screen).toBe('question:representative')
    session.answer('representative', 'here')
    expect(session.screen).toBe('review')
    session.do('send', { consent: true })
    expect(session.effectsOf('seal')[0]?.application.representative).toBe('declared')
  })

  test('without one the booth stops and the money comes back', () => {
    const session = toRepresentative().answer('representative', 'absent')
    expect(session.view).toMatchObject({ screen: 'stop', reason: 'representative' })
    session.do('continue', { step: 'stop' })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800 } })
  })

  test('going back from the question does not lead past it: nothing is sent without an answer', () => {
    const session = toRepresentative().do('back', {})
    expect(session.screen).toBe('review')
    session.do('send', { consent: true })
    expect(session.screen).toBe('question:representative')
    expect(session.recordsOf('confirmed')).toEqual([])
  })

  test('a mistaken birth date can be corrected, and then nobody is asked for', () => {
    const session = toRepresentative().do('back', {}).do('correct', { step: 'birth' }).date('birth', 'western', 1980, 1, 1)
    expect(session.screen).toBe('review')
    session.do('send', { consent: true })
    expect(session.effectsOf('seal')[0]?.application).toMatchObject({ representative: 'none', birthDate: '1980-01-01' })
  })

  test('a representative who was declared is not when the birth date turns out to be an adult’s', () => {
    const session = toRepresentative().answer('representative', 'here').do('correct', { step: 'birth' }).date('birth', 'western', 1980, 1, 1)
    session.do('send', { consent: true })
    expect(session.effectsOf('seal')[0]?.application.representative).toBe('none')
  })

  test('fifteen today is old enough', () => {
    const session = readySession()
      .toBirth()
      .date('birth', 'western', 2011, 11, 21)
      .answer('certificates', 'both')
      .answer('braille', 'no')
      .shoot()
      .do('keep-photo', {})
    expect(session.screen).toBe('review')
  })

  test('the photo attempts of the configuration count', () => {
    const once = configured((file) => ({ ...file, services: { [service]: { price: 800, photoAttempts: 1 } } }))
    const session = readySession({ configuration: once }).toPhoto().shoot()
    expect(session.say('retake', {})).toBe('not-now')
    expect(session.view).toMatchObject({ attempts: 1 })
  })
})
