import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import { guide } from '../../../main/services/jp-guide/service.ts'
import type { Answers, Situation } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'

const advice = (answers: Answers, otherwise: Partial<Situation> = {}, language: Language = 'en') => advices(guide, { answers, ...otherwise }, language)[0]!

/** What must be understood, in each language. */
type Words = Readonly<Record<Language, readonly RegExp[]>>
const number: Readonly<Record<string, Words>> = {
  'R001 who says so: both ministries, for foreign residents, and the edition': {
    ja: [/総務省とデジタル庁/, /外国人住民/, /2023-01/],
    en: [/Ministry of Internal Affairs and Communications/, /Digital Agency/, /foreign residents/, /2023-01/],
    'zh-Hant': [/總務省與數位廳/, /各位外國居民/, /2023-01/],
  },
  'R002 what it serves, among others: social security, tax, disasters': {
    ja: [/社会保障、税、災害対策など/],
    en: [/social security, tax and disaster response, among others/],
    'zh-Hant': [/社會保障、稅務、防災等/],
  },
  'R003 it comes with the first resident record after the arrival': {
    ja: [/来日後、はじめて住民票が作られたとき/],
    en: [/when your resident record \(住民票\) is made for the first time after you come to Japan/],
    'zh-Hant': [/抵達日本後首次辦理住民票時/],
  },
  'R005 everybody’s own, in principle for life': { ja: [/一人ひとり違い、原則として一生/], en: [/Everyone’s number is different, and in principle/], 'zh-Hant': [/每個人的編號都不同，原則上終身/] },
  'R006 who comes back has the same again': { ja: [/再び住民票が作られても、番号は以前と同じ/], en: [/come back, your new resident record has the same number/], 'zh-Hant': [/重新辦理住民票時，編號仍與以前相同/] },
  'R007 it is not changed at will': { ja: [/自由に変えることはできません/], en: [/cannot change the number as you like/], 'zh-Hant': [/不能任意變更/] },
}
const card: Readonly<Record<string, Words>> = {
  'R019 what came in the envelope': { ja: [/通知書、交付申請書、返信用封筒/], en: [/the notice, the application form and a return envelope/], 'zh-Hant': [/通知書、申請書與回郵信封/] },
  'R020 the ID of the form is for applying and for asking how far the application is': { ja: [/申請と申請状況の確認に使う申請書ID/], en: [/application form ID .* for applying and for asking/], 'zh-Hant': [/用來申請並查詢進度的申請書ID/] },
  'R027 an identity document, at counters and online': { ja: [/窓口でもオンラインでも身分証明書/], en: [/identity document, at counters and online/], 'zh-Hant': [/窗口與網路上作為身分證明文件/] },
  'R028 what is printed on it': { ja: [/氏名、住所、生年月日、性別、番号、顔写真/], en: [/Name, address, date of birth, sex, the number and your photo/], 'zh-Hant': [/姓名、地址、出生日期、性別、個人編號與照片/] },
  'R029 it is handed over after a document with a photo was looked at': { ja: [/顔写真付きの身分証明書を確認してから渡されます/], en: [/only after an identity document with a photo, such as your passport/], 'zh-Hant': [/查驗護照等附照片的身分證明文件/] },
  'R030 it does not come by itself': { ja: [/自動では届きません。申請が必要/], en: [/does not come by itself. You have to apply/], 'zh-Hant': [/不會自動寄來，必須申請/] },
  'R031 birth date in an era, validity in a Western year': { ja: [/生年月日は元号、有効期限は西暦/], en: [/date of birth is in a Japanese era year, and its validity in a Western year/], 'zh-Hant': [/出生日期以日本年號表示，有效期限以西元表示/] },
  'R032 the number is on the back in groups of four, and is shown to nobody who does not need it': { ja: [/裏に4桁ずつ3つ/, /裏面を見せないで/], en: [/back of the card, in three groups of four/, /Never show the back/], 'zh-Hant': [/背面，分成三組四位數字/, /不要讓他人看到背面/] },
  'R034 without the procedure before its expiry it lapses': { ja: [/期限までに市区町村で手続きをしないと、使えなくなります/], en: [/Without the procedure at the municipality before that day, it lapses/], 'zh-Hant': [/期限前未到市區町村辦理延長，卡片就會失效/] },
  'R035 what it is good for, and that services differ by municipality': {
    ja: [/番号と身分を証明/, /健康保険証/, /在留資格などのオンライン申請/, /住民票の写しや印鑑登録証明書/, /市区町村により異なります/],
    en: [/proves number and identity/, /health insurance card/, /online procedures, those for your residence status among them/, /resident record, seal certificates/, /depending on the municipality/],
    'zh-Hant': [/可證明編號與身分/, /健康保險證/, /在留資格等線上申請/, /住民票影本、印鑑登錄證明書/, /依市區町村而異/],
  },
}

describe.each([
  ['number', number],
  ['card', card],
] as const)('about the %s', (topic, facts) => {
  it.each(Object.entries(facts))('%s, in every language', (_, words) => {
    for (const language of languages) for (const pattern of words[language]) expect(advice({ topic }, {}, language).text).toMatch(pattern)
  })
})

describe('the notice that has not come', () => {
  const notice = (registered: string, today = '2026-11-21', language: Language = 'en') => advice({ topic: 'notice', slip: 'no', registered }, { today }, language)

  it('R008 comes two to three weeks after the first resident record: before, between and after, both ends inside', () => {
    const titles = ['2026-11-14', '2026-11-15', '2026-11-22', '2026-11-23'].map((today) => notice('2026-11-01', today).title)
    expect(titles).toEqual([
      'Your notice should come between 2026-11-15 and 2026-11-22',
      'Your notice should come until about 2026-11-22',
      'Your notice should come until about 2026-11-22',
      'It is late. Ask your municipality',
    ])
    expect(notice('2026-11-01', '2026-11-23')).toMatchObject({ tone: 'attention' })
    expect(notice('2026-11-01').lines).toContain('About: 2026-11-15 to 2026-11-22')
  })

  it('R008 of a record made on a leap day, and of one made long ago', () => {
    expect(notice('2024-02-29', '2024-02-29').lines).toContain('About: 2024-03-14 to 2024-03-21')
    expect(notice('1926-12-25').title).toBe('It is late. Ask your municipality')
  })

  const words: Readonly<Record<string, Words>> = {
    'R008 to the address that is registered': { ja: [/登録した住所/], en: [/mail to the address that is registered/], 'zh-Hant': [/登記的地址/] },
    'R009 by registered mail': { ja: [/書留/], en: [/registered mail/], 'zh-Hant': [/掛號信寄送/] },
    'R010 absent: the post office is asked directly, for another delivery or to pick it up': { ja: [/不在連絡票/, /再配達か窓口での受け取り/], en: [/leaves a slip/, /brings the letter again, or you pick it up/], 'zh-Hant': [/掛號信不在連絡單/, /再次投遞或到郵局領取/] },
    'R011 never: the municipality of the resident record is asked': { ja: [/住民票を作った市区町村にお問い合わせ/], en: [/ask the municipality where your resident record was made/], 'zh-Hant': [/向辦理住民票的市區町村役所詢問/] },
  }
  it.each(Object.entries(words))('%s, in every language, whether the post office was there or not', (fact, said) => {
    for (const language of languages)
      for (const pattern of said[language]) {
        expect(notice('2026-11-01', '2026-11-21', language).text).toMatch(pattern)
        if (!fact.startsWith('R008')) expect(advice({ topic: 'notice', slip: 'yes' }, {}, language).text).toMatch(pattern)
      }
  })

  it('R010 with the slip of the post office no day is asked for', () => {
    expect(stepsAt(guide, { answers: { topic: 'notice', slip: 'yes' } }).map(({ id }) => id)).toEqual(['topic', 'slip', 'notice'])
  })
})

describe('the way to apply', () => {
  const route = { topic: 'route', who: 'adult', form: 'with-code', japanese: 'yes' }
  const questions = (answers: Answers) => stepsAt(guide, { answers: { topic: 'route', ...answers } }).filter(({ kind, id }) => kind !== 'advice' && id !== 'topic')

  it('asks five questions at most', () => {
    for (const who of ['adult', 'minor', 'ward', 'infant'])
      for (const cause of ['first', 'arrived', 'renewal-letter', 'certificate-letter', 'lost'])
        for (const form of ['with-code', 'handwritten', 'none']) expect(questions({ who, cause, form }).length).toBeLessThanOrEqual(5)
    expect(questions({ who: 'infant', cause: 'lost', form: 'with-code' }).map(({ id }) => id)).toEqual(['who'])
    expect(questions({ who: 'adult', cause: 'certificate-letter' }).map(({ id }) => id)).toEqual(['who', 'cause'])
  })

  it('names the days of the express issue, the price of a first card and of one in place of a lost one', () => {
    const arrived = advice({ ...route, cause: 'arrived', 'arrived-on': '2026-11-20' })
    expect(arrived.title).toBe('You can have the card in about a week, at the counter')
    expect(arrived.text).toContain('To be safe, until: 2026-12-19\nAt the latest: 2026-12-21')
    expect(arrived.text).toContain('The first card costs 0 yen')
    expect(advice({ ...route, cause: 'lost', 'reported-on': '2026-11-20' }).text).toContain('2000 yen, 1800 without certificate')
  })

  it('hands the official pages over as codes', () => {
    const codes = (answers: Answers) => advice(answers).lines.filter((line) => line.startsWith('['))
    expect(codes({ ...route, cause: 'first', residence: 'no' })).toEqual(['[https://net.kojinbango-card.go.jp/SS_SERVICE_OUT/FA01S001Action.do] The application site, in Japanese only'])
    expect(codes({ ...route, form: 'none', cause: 'first', residence: 'no' })).toEqual(['[https://www.kojinbango-card.go.jp/] Forms in other languages'])
  })

  it.each([
    ['minor', 'Under 15, a legal representative applies, and both come'],
    ['ward', 'the guardian applies, and both come'],
  ])('tells who applies for a %s', (who, words) => expect(advice({ ...route, who, cause: 'first', residence: 'no' }).text).toContain(words))
})
