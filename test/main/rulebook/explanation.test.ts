import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { evidence, explanation, explanationValues } from '../../../main/rulebook/explanation.ts'
import { placeholders } from '../../house/catalogue-files.ts'

const rules = [...builtInRulebook.rules.values()]

describe('explanations', () => {
  test.each(languages)('in %s there is one for every rule, and each edition of the rule has what its sentence takes', (language) => {
    const catalogue = catalogueOf(language)
    const problems = rules.flatMap(({ id, editions }) => {
      const sentence = catalogue[`rule.${id}`]
      if (!sentence) return [`${id} has no words`]
      return editions.flatMap(({ value }) => placeholders(sentence, language).filter((name) => !(name in explanationValues(value))).map((name) => `${id} has no ${name}`))
    })
    expect(problems).toEqual([])
  })

  test.each(languages)('in %s hours are the rulebook’s, and stand in no sentence', (language) => {
    expect(rules.map(({ id }) => catalogueOf(language)[`rule.${id}`]).filter((sentence) => /\d[:：]\d\d/.test(sentence ?? ''))).toEqual([])
    expect(explanation(builtInRulebook, 'R103', '2026-11-22')?.values).toEqual({ workdays: '8:30–12:00, 13:30–17:00', offDays: '' })
    expect(explanation(builtInRulebook, 'R052', '2026-11-22')?.values).toEqual({ workdays: '9:30–20:00', offDays: '9:30–17:30' })
    expect(explanation(builtInRulebook, 'R054', '2026-11-22')?.values).toMatchObject({ workdays: '9:30–20:00' })
  })

  test('the sentence tells the fee that the rulebook says', () => {
    const said = explanation(builtInRulebook, 'R083', '2026-11-22')!
    expect(said).toEqual({ key: 'rule.R083', values: { card: 250, postage: 28, total: 278 } })
    expect(new IntlMessageFormat(catalogueOf('zh-Hant')[said.key]!, 'zh-Hant').format({ ...said.values, total: 330 })).toContain('NT$330')
    expect(explanation(builtInRulebook, 'R999', '2026-11-22')).toBeNull()
  })
})

describe('evidence', () => {
  test('names each source once, with the day on which it was looked at, in the resident’s language', () => {
    const said = evidence(builtInRulebook, ['R002', 'R003', 'combined-card', 'R999'], 'zh-Hant')
    expect(said.map(({ key }) => key)).toEqual(['evidence.checked', 'evidence.checked'])
    expect(said[0]?.values).toEqual({ source: '日本總務省、數位廳《致各位外國居民》2023年1月', checked: '2026-11-21' })
    expect(evidence(builtInRulebook, ['R002'], 'en')[0]?.values?.['source']).toContain('Pamphlet')
  })

  test.each(['ja', 'zh-Hant'] as const)('has words in %s for every source', (language) => {
    expect(rules.filter(({ sourceIn }) => !sourceIn[language]).map(({ id }) => id)).toEqual([])
  })
})
