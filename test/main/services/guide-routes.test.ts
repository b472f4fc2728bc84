import { describe, expect, it } from 'vitest'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { fittingRoutes, type Route } from '../../../main/services/jp-guide/routes.ts'
import type { Answers } from '../../../main/services/service.ts'

const routes = (answers: Answers, today = '2026-11-21') => fittingRoutes({ topic: 'route', who: 'adult', ...answers }, today, builtInRulebook)

describe('the way to a card that fits', () => {
  const cases: readonly [string, Answers, readonly Route[]][] = [
    ['a first card with the form, in Japanese', { cause: 'first', residence: 'no', form: 'with-code', japanese: 'yes' }, ['booth', 'web', 'mail']],
    ['R046 a first card with the form, without Japanese: never the site that is in Japanese only', { cause: 'first', residence: 'no', form: 'with-code', japanese: 'no' }, ['booth', 'mail']],
    ['the form to fill in by hand: by mail only', { cause: 'first', residence: 'no', form: 'handwritten' }, ['mail']],
    ['no form: the municipality', { cause: 'first', residence: 'no', form: 'none' }, ['counter']],
    ['a residence procedure soon: both cards in one', { cause: 'first', residence: 'soon', form: 'with-code', japanese: 'no' }, ['combined', 'booth', 'mail']],
    ['a card that expires', { cause: 'renewal-letter', residence: 'no', form: 'with-code', japanese: 'yes' }, ['booth', 'web', 'mail']],
    ['certificates only: the counter, whatever else was answered', { cause: 'certificate-letter', residence: 'soon', form: 'with-code', japanese: 'yes' }, ['counter']],
    ['a baby: the counter, also within a week', { who: 'infant', cause: 'certificate-letter' }, ['express', 'counter']],
    ['who has just arrived', { cause: 'arrived', 'arrived-on': '2026-11-20', form: 'with-code', japanese: 'no' }, ['express', 'booth', 'mail']],
    ['who has lost the card', { cause: 'lost', 'reported-on': '2026-11-20', form: 'none' }, ['express', 'counter']],
    ['an answer that was changed does not count: lost, and of a residence procedure before', { cause: 'lost', residence: 'soon', 'reported-on': '2026-10-01', form: 'none' }, ['counter']],
    ['an answer that was changed does not count: first, and of an arrival before', { cause: 'first', residence: 'no', 'arrived-on': '2026-11-20', form: 'none' }, ['counter']],
  ]
  it.each(cases)('%s', (_, answers, expected) => expect(routes(answers)).toEqual(expected))

  it('the combined card is offered from 2026-06-14 on, and not a day before', () => {
    const answers = { cause: 'first', residence: 'soon', form: 'none' }
    expect(routes(answers, '2026-06-13')).toEqual(['counter'])
    expect(routes(answers, '2026-06-14')).toEqual(['combined', 'counter'])
  })

  it('the express issue counts the day of the report: 30 days from 2026-11-20 end on 2026-12-19, a Saturday, so that Monday may still do', () => {
    const express = (today: string) => routes({ cause: 'lost', 'reported-on': '2026-11-20', form: 'none' }, today).includes('express')
    expect([express('2026-12-19'), express('2026-12-21'), express('2026-12-22')]).toEqual([true, true, false])
  })

  it('leads somewhere whatever is answered, and to the form’s own way only with that form', () => {
    for (const who of ['adult', 'minor', 'ward', 'infant'])
      for (const cause of ['first', 'arrived', 'renewal-letter', 'certificate-letter', 'lost'])
        for (const residence of ['no', 'soon'])
          for (const form of ['with-code', 'handwritten', 'none'])
            for (const japanese of ['no', 'yes']) {
              const found = routes({ who, cause, residence, form, japanese, 'arrived-on': '2026-11-01', 'reported-on': '2026-01-01' })
              expect(found.length).toBeGreaterThan(0)
              expect(new Set(found).size).toBe(found.length)
              if (form !== 'with-code') expect(found).not.toContain('booth')
              if (japanese === 'no') expect(found).not.toContain('web')
            }
  })
})
