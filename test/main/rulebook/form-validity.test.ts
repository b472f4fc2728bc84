import { describe, expect, test } from 'vitest'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { judgeForm, type FormAnswers } from '../../../main/rulebook/form-validity.ts'

const today = '2026-11-21'
const good: FormAnswers = {
  applicant: 'adult', cause: 'first', form: 'with-code', name: 'same', address: 'same', other: 'same',
  stay: 'printed', stayChanged: 'no', stayUntil: '2028-01-01', stayPending: 'no', combinedCard: 'no',
}
const judge = (answers: FormAnswers, day = today) => judgeForm(builtInRulebook, { ...good, ...answers }, day)
const stop = (row: string, reason: string, ...ways: string[]) => ({ result: 'STOP', row, reason, ways, notes: [reason] })

describe('is the form valid', () => {
  test('a form on which all is as it was is OK', () => {
    expect(judge({})).toMatchObject({ result: 'OK', row: '10', ways: [], notes: [] })
    expect(judge({ applicant: 'minor' })).toMatchObject({ result: 'OK' })
    expect(judge({ applicant: 'ward', cause: 'renewal-letter' })).toMatchObject({ result: 'OK' })
    expect(judge({ cause: 'lost' })).toMatchObject({ result: 'OK' })
  })

  test('R021 address changed: stop, the municipality issues a new form', () => {
    expect(judge({ address: 'changed' })).toMatchObject({ ...stop('3', 'address', 'municipality'), rule: 'R021' })
  })

  test('R022 name changed: stop, the municipality issues a new form', () => {
    expect(judge({ name: 'changed' })).toMatchObject({ ...stop('2', 'name', 'municipality'), rule: 'R022' })
  })

  test('R023 period of stay changed: stop', () => {
    expect(judge({ stayChanged: 'yes' })).toMatchObject({ ...stop('4', 'stay-changed', 'immigration-municipality-apply'), rule: 'R023' })
  })

  test('R023b anything else that is printed wrong or changed: stop', () => {
    expect(judge({ other: 'changed' })).toMatchObject({ ...stop('2b', 'other', 'municipality'), rule: 'R023b' })
  })

  test('R024 printed date passed: stop from the day after it', () => {
    expect(judge({ stayUntil: '2026-11-20' })).toMatchObject({ ...stop('5', 'expired', 'immigration-municipality-apply'), rule: 'R024' })
    expect(judge({ stayUntil: '2026-11-21' })).toMatchObject({ reason: 'near' })
  })

  test('R025 about one month left: 2026-12-21 stops on 2026-11-21, 2026-12-22 is a warning', () => {
    expect(judge({ stayUntil: '2026-12-21' })).toMatchObject({ ...stop('6', 'near', 'immigration-municipality-apply'), rule: 'R025' })
    expect(judge({ stayUntil: '2026-12-22' })).toMatchObject({ result: 'WARN', row: '7', notes: ['short'] })
    expect(judge({ stayUntil: '2027-01-20' })).toMatchObject({ result: 'WARN' })
    expect(judge({ stayUntil: '2027-01-21' })).toMatchObject({ result: 'OK' })
    expect(judge({ stayUntil: '2027-02-28' }, '2027-01-31')).toMatchObject({ reason: 'near' })
    expect(judge({ stayUntil: '2027-03-01' }, '2027-01-31')).toMatchObject({ reason: 'short' })
  })

  test('R026 immigration first, then the municipality: told for reasons of the stay and for no other', () => {
    const immigration: readonly FormAnswers[] = [{ stayChanged: 'yes' }, { stayUntil: '2026-11-20' }, { stayUntil: '2026-12-21' }]
    for (const answers of immigration) expect(judge(answers)?.ways).toEqual(['immigration-municipality-apply'])
    const printed: readonly FormAnswers[] = [{ name: 'changed' }, { address: 'changed' }, { other: 'changed' }]
    const others: readonly FormAnswers[] = [...printed, { form: 'none' }, { form: 'handwritten' }]
    for (const answers of others) expect(judge(answers)?.ways).not.toContain('immigration-municipality-apply')
  })

  test('a card for a child under 1 is applied for at the office', () => {
    expect(judge({ applicant: 'infant' })).toMatchObject(stop('0', 'infant', 'office'))
  })

  test('a letter about the electronic certificates is a matter for the counter', () => {
    expect(judge({ cause: 'certificate-letter' })).toMatchObject(stop('0b', 'certificate-letter', 'counter'))
  })

  test('no form: a new one from the municipality, or by mail; a hand-written one: by mail only', () => {
    expect(judge({ form: 'none' })).toMatchObject(stop('0a', 'no-form', 'municipality', 'mail'))
    expect(judge({ form: 'handwritten' })).toMatchObject(stop('1', 'handwritten', 'mail'))
  })

  test('all warnings are told, the first gives the result', () => {
    const all = judge({ stayUntil: '2026-12-22', stayPending: 'yes', combinedCard: 'yes' })
    expect(all).toMatchObject({ result: 'WARN', row: '7', notes: ['short', 'pending', 'combined-card'] })
    expect(judge({ stayPending: 'yes', combinedCard: 'yes' })).toMatchObject({ result: 'WARN', row: '8', notes: ['pending', 'combined-card'] })
    expect(judge({ combinedCard: 'yes' })).toMatchObject({ result: 'INFO', row: '9', notes: ['combined-card'] })
  })

  test('without a printed period of stay no answer about it counts, and none is waited for', () => {
    expect(judge({ stay: 'none', stayChanged: 'yes', stayUntil: '2000-01-01', stayPending: 'yes' })).toMatchObject({ result: 'OK' })
    const { applicant, cause, form, name, address, other } = good as Required<FormAnswers>
    expect(judgeForm(builtInRulebook, { applicant, cause, form, name, address, other, stay: 'none' }, today)).toMatchObject({ result: 'OK' })
  })

  test('nothing is said while an answer is missing; a stop is, as soon as it is certain', () => {
    expect(judgeForm(builtInRulebook, {}, today)).toBeNull()
    expect(judgeForm(builtInRulebook, { applicant: 'infant' }, today)).toMatchObject({ result: 'STOP' })
    expect(judgeForm(builtInRulebook, { applicant: 'adult', cause: 'first', form: 'none' }, today)).toMatchObject({ reason: 'no-form' })
    expect(judgeForm(builtInRulebook, { applicant: 'adult', cause: 'first', form: 'with-code' }, today)).toBeNull()
    expect(judgeForm(builtInRulebook, { applicant: 'adult', cause: 'first', form: 'with-code', name: 'changed' }, today)).toMatchObject({ reason: 'name' })
    const { combinedCard: _combinedCard, ...rest } = good
    expect(judgeForm(builtInRulebook, { ...rest, stayUntil: '2026-12-22' }, today)).toBeNull()
  })

  test('R021 R022 R023 R023b R024 R025 all combinations of all answers, given or missing, agree with a second reading of the rules', () => {
    const choices = {
      applicant: ['adult', 'minor', 'ward', 'infant', undefined],
      cause: ['first', 'renewal-letter', 'certificate-letter', 'lost', undefined],
      form: ['with-code', 'handwritten', 'none', undefined],
      name: ['same', 'changed', undefined],
      address: ['same', 'changed', undefined],
      other: ['same', 'changed', undefined],
      stay: ['none', 'printed', undefined],
      stayChanged: ['no', 'yes', undefined],
      stayUntil: ['2026-11-20', '2026-11-21', '2026-12-21', '2026-12-22', '2027-01-20', '2027-01-21', undefined],
      stayPending: ['no', 'yes', undefined],
      combinedCard: ['no', 'yes', undefined],
    }
    type Loose = Readonly<Record<string, string | undefined>>

    /** The rules read a second time, as questions one after the other; dates as literals around 2026-11-21. */
    const oracle = (given: Loose): string => {
      const missing = 'null'
      if (given.applicant === undefined) return missing
      if (given.applicant === 'infant') return 'STOP infant [infant]'
      if (given.cause === undefined) return missing
      if (given.cause === 'certificate-letter') return 'STOP certificate-letter [certificate-letter]'
      if (given.form === undefined) return missing
      if (given.form !== 'with-code') return given.form === 'none' ? 'STOP no-form [no-form]' : 'STOP handwritten [handwritten]'
      for (const item of ['name', 'other', 'address']) {
        if (given[item] === undefined) return missing
        if (given[item] === 'changed') return `STOP ${item} [${item}]`
      }
      if (given.stay === undefined) return missing
      const notes: string[] = []
      if (given.stay === 'printed') {
        if (given.stayChanged === undefined) return missing
        if (given.stayChanged === 'yes') return 'STOP stay-changed [stay-changed]'
        if (given.stayUntil === undefined) return missing
        const day = Number(given.stayUntil.replaceAll('-', ''))
        if (day <= 20261120) return 'STOP expired [expired]'
        if (day <= 20261221) return 'STOP near [near]'
        if (day <= 20270120) notes.push('short')
        if (given.stayPending === undefined) return missing
        if (given.stayPending === 'yes') notes.push('pending')
        if (given.combinedCard === undefined) return missing
      }
      if (given.combinedCard === 'yes') notes.push('combined-card')
      const reason = notes[0] ?? 'ok'
      return `${reason === 'ok' ? 'OK' : reason === 'combined-card' ? 'INFO' : 'WARN'} ${reason} [${notes.join(',')}]`
    }

    const names = Object.keys(choices) as (keyof typeof choices)[]
    const wrong: string[] = []
    const seen = new Map<string, number>()
    let combinations = 0
    const given: Record<string, string | undefined> = {}
    const walk = (index: number) => {
      const name = names[index]
      if (name !== undefined) {
        for (const choice of choices[name]) {
          given[name] = choice
          walk(index + 1)
        }
        return
      }
      combinations += 1
      const judgement = judgeForm(builtInRulebook, given as FormAnswers, today)
      const told = judgement ? `${judgement.result} ${judgement.reason} [${judgement.notes.join(',')}]` : 'null'
      seen.set(told, (seen.get(told) ?? 0) + 1)
      if (told !== oracle(given) && wrong.length < 5) wrong.push(`${JSON.stringify(given)}: ${told}, expected ${oracle(given)}`)
    }
    walk(0)
    expect(wrong).toEqual([])
    expect(combinations).toBe(5 * 5 * 4 * 3 ** 7 * 7)
    expect(seen.size).toBe(10 + 1 + 8)
  })
})
