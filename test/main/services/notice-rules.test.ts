import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import { application } from '../../../main/contract/submission.ts'
import { myNumberApplication } from '../../../main/services/jp-mynumber-application/service.ts'
import type { Step } from '../../../main/services/service.ts'
import { situation } from '../../support/situation.ts'

const { id, steps, bring } = myNumberApplication
const place = (step: string) => steps.findIndex((candidate) => candidate.id === step)
const placeOfKind = (kind: Step['kind']) => steps.findIndex((candidate) => candidate.kind === kind)
const numberStep = steps.find((step) => step.id === 'number')

/** What the named texts say in a language, one after the other. */
function says(language: Language, keys: readonly string[]): string {
  const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../../../main', file), 'utf8')) as Record<string, string>
  const catalogue = { ...read(`services/${id}/messages/${language}.json`), ...read(`i18n/messages/${language}/screens.json`) }
  return keys.map((key) => catalogue[key] ?? `(${key} is missing)`).join('\n')
}
const numberScreen = (language: Language) => {
  const body = numberStep?.kind === 'info' ? numberStep.body(situation()) : []
  return says(language, [`${id}.number.title`, ...body.map(({ key }) => key)])
}

type Understood = 'hide' | 'noProof' | 'noIdentity' | 'nobodyMayAsk' | 'askWhy' | 'onlyTheForm'

/** What must be understood from the screen about the number, in the words of each language. */
const sentences: Readonly<Record<Language, Readonly<Record<Understood, RegExp>>>> = {
  ja: {
    hide: /個人番号通知書は、番号が見えないように/,
    noProof: /通知書は、番号.*証明する書類ではありません/,
    noIdentity: /通知書は、.*本人を証明する書類ではありません/,
    nobodyMayAsk: /他の人の番号を(?:聞|き)いたり写したりすることは、禁止/,
    askWhy: /何に使うかを確かめて/,
    onlyTheForm: /同じ封筒.*交付申請書/,
  },
  en: {
    hide: /Fold the notice 個人番号通知書 so that the number is hidden/,
    noProof: /notice proves neither your number/,
    noIdentity: /notice proves neither .* nor who you are/,
    nobodyMayAsk: /Nobody may ask for or copy another person’s number/,
    askWhy: /first ask what for/,
    onlyTheForm: /application form 交付申請書 from the same envelope/,
  },
  'zh-Hant': {
    hide: /個人番号通知書 折起，遮住編號/,
    noProof: /通知書不能證明編號/,
    noIdentity: /通知書.*不是身分證件/,
    nobodyMayAsk: /禁止索取或抄寫他人的編號/,
    askWhy: /先確認用途/,
    onlyTheForm: /同一信封內的交付申請書/,
  },
}

describe.each(languages)('the screen about the number, in %s', (language) => {
  it('R012 asks to hide the number, which the notice shows', () => {
    expect(numberScreen(language)).toMatch(sentences[language].hide)
    expect(numberScreen(language)).toContain('12')
  })

  it('R013 R014 says that the notice proves neither the number nor the person', () => {
    expect(numberScreen(language)).toMatch(sentences[language].noProof)
    expect(numberScreen(language)).toMatch(sentences[language].noIdentity)
  })

  it('R017 R018 says that nobody may ask for the number of another, and to ask for the purpose first', () => {
    expect(numberScreen(language)).toMatch(sentences[language].nobodyMayAsk)
    expect(numberScreen(language)).toMatch(sentences[language].askWhy)
  })

  it('R019 names what it takes out of the envelope: the application form, not the notice', () => {
    expect(numberScreen(language)).toMatch(sentences[language].onlyTheForm)
  })

  it('R015 tells to bring the form with the code, by its official name and the number of its digits', () => {
    const text = says(language, bring.map(({ key }) => key))
    expect(text).toContain('交付申請書')
    expect(text).toContain('23')
  })
})

describe('the order of the visit', () => {
  it('R040 begins with the words that the pamphlet tells to look for', () => {
    expect(says('zh-Hant', [`${id}.name`])).toContain('申請個人編號卡')
  })

  it('R012 R017 speaks of the number before any question, coin, reader or camera', () => {
    const asking = steps.filter(({ kind }) => kind !== 'consent' && kind !== 'info').map((step) => place(step.id))
    expect(place('number')).toBeGreaterThanOrEqual(0)
    expect(place('number')).toBeLessThan(Math.min(...asking))
  })

  it('R041 takes the fee, then the code of the form', () => {
    expect(placeOfKind('payment')).toBeGreaterThan(place('printed'))
    expect(placeOfKind('scan')).toBeGreaterThan(placeOfKind('payment'))
  })

  it('R042 asks for the required items after the code', () => {
    for (const item of ['birth', 'certificates', 'braille']) expect(place(item)).toBeGreaterThan(placeOfKind('scan'))
  })

  it('R043 takes the photo, then shows everything once more before it is sent', () => {
    expect(placeOfKind('photo')).toBeGreaterThan(place('braille'))
    expect(placeOfKind('review')).toBe(steps.length - 1)
  })
})

describe.each(languages)('the price, in %s', (language) => {
  const fee: Readonly<Record<Language, RegExp>> = {
    ja: /写真.*カード.*無料/,
    en: /Price for photo and sending.*card itself is free/,
    'zh-Hant': /拍照.*費用.*卡片免費/,
  }

  it('R044 is said to be for the photo and its sending, and that the first card itself is free', () => {
    expect(says(language, [`${id}.price`])).toMatch(fee[language])
  })
})

describe('the application', () => {
  it('R004 R017 has no place for an Individual Number, whatever it is called', () => {
    const fields = Object.keys(application.shape)
    expect(fields).toEqual([
      ...['schema', 'boothId', 'key', 'applicationFormId', 'birthDate', 'certificates', 'braille', 'cause', 'representative'],
      ...['language', 'capturedAt', 'photo'],
    ])
  })

  it.each(['1'.repeat(12), '1'.repeat(22), '1'.repeat(24)])('R047 does not take %s for the ID of the form', (digits) => {
    expect(application.shape.applicationFormId.safeParse(digits).success).toBe(false)
  })
})

describe.each(languages)('whoever has no form, in %s', (language) => {
  it('R045 hears where the forms in other languages are', () => {
    expect(says(language, [`${id}.stop.no-form.body`])).toContain('マイナンバーカード総合サイト')
  })
})
