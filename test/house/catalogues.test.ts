import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../main/contract/language.ts'
import { messagesOf, placeholders, type Message } from './catalogue-files.ts'
import { keysAskedBy } from './message-keys.ts'
import { parseSource, repositoryFiles, sourceFiles } from './source-files.ts'

const files = repositoryFiles()
const [first] = languages
const catalogues = new Map(languages.map((language) => [language, messagesOf(language, files)]))
const messages = (language: Language): readonly Message[] => catalogues.get(language) ?? []
const textOf = (language: Language, key: string) => messages(language).find((message) => message.key === key)?.text
const everyMessage = languages.flatMap((language) => messages(language).map((message) => ({ language, ...message })))
const where = ({ file, key }: Message) => `${file} ${key}`

const code = sourceFiles(files.filter((path) => /^(?:main|renderer)\//.test(path)))
/** The first words of the keys: `ui` of `ui.back`. */
const families = new Set(messages(first).map(({ key }) => key.split('.')[0] ?? ''))
const asked = code.flatMap((file) => keysAskedBy(file, families))
/** A day is written with or without its era, as the language has it. */
const writtenDifferently = new Set(['date.civil'])
/** Words that come with the operator's pack. */
const isOfThePack = (key: string | RegExp) => (typeof key === 'string' ? key : key.source).replace('^', '').startsWith('pack')

describe('catalogues', () => {
  it('have no key twice', () => {
    const twice = languages.flatMap((language) => {
      const keys = messages(language).map(({ key }) => key)
      return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${language} ${key}`)
    })
    expect(twice).toEqual([])
  })

  it.each(languages)('of %s are complete: the same keys in the same files, each with words', (language) => {
    const names = (tag: Language) => messages(tag).map(({ file, key }) => `${file.replace(`messages/${tag}`, 'messages/…')} ${key}`).toSorted()
    expect(names(language)).toEqual(names(first))
    expect(messages(language).filter(({ text }) => text.trim() === '').map(where)).toEqual([])
  })

  it.each(languages)('of %s take the same values as in the other languages', (language) => {
    const differing = messages(language).flatMap((message) => {
      const other = textOf(first, message.key)
      if (other === undefined || writtenDifferently.has(message.key)) return []
      const [own, others] = [placeholders(message.text, language), placeholders(other, first)].map((names) => names.join(', '))
      return own === others ? [] : [`${where(message)}: {${own}} beside {${others}}`]
    })
    expect(differing).toEqual([])
  })

  it('know every key that the code asks for', () => {
    const keys = messages(first).map(({ key }) => key)
    const known = (key: string | RegExp) => (typeof key === 'string' ? keys.includes(key) : keys.some((candidate) => key.test(candidate)))
    expect(asked.filter(({ key }) => !isOfThePack(key) && !known(key)).map(({ place, key }) => `${place} ${String(key)}`)).toEqual([])
  })

  it('are handed every value that a message takes', () => {
    const lacking = asked.flatMap(({ place, key, values }) => {
      const message = typeof key === 'string' ? textOf(first, key) : undefined
      if (message === undefined || values === null) return []
      const missing = placeholders(message, first).filter((name) => !values.includes(name))
      return missing.length > 0 ? [`${place} ${String(key)} needs ${missing.join(', ')}`] : []
    })
    expect(lacking).toEqual([])
  })

  it('have no message that no code asks for', () => {
    const ofFaults = /^fault\.[a-z-]+\.(?:resident|technician|action)$/
    const isAsked = (message: Message) => asked.some(({ key }) => (typeof key === 'string' ? key === message.key : key.test(message.key)))
    expect(messages(first).filter((message) => !ofFaults.test(message.key) && !isAsked(message)).map(where)).toEqual([])
  })
})

describe('words', () => {
  type Spoken = (typeof everyMessage)[number]
  const complaints = (wrong: (message: Spoken) => boolean) => everyMessage.filter(wrong).map((message) => `${where(message)}: ${message.text}`)
  /** Official terms of another language stand in brackets or quotes beside the resident's own words. */
  const ownWords = (text: string) => text.replaceAll(/「[^」]*」|『[^』]*』|（[^）]*）|\([^)]*\)|“[^”]*”/g, '')
  const isName = ({ key }: Message) => languages.every((language) => textOf(language, key) === textOf(first, key))

  it('never shout', () => expect(complaints(({ text }) => /[!！]/.test(text))).toEqual([]))

  it('ask politely once, not in a chain', () => {
    const manners: Readonly<Record<Language, RegExp>> = {
      en: /\bplease\b/gi,
      ja: /(?:ください|下さい)/g,
      'zh-Hant': /(?<![申聲邀])請(?![書人表求])/g,
    }
    const sentences = (text: string) => text.split(/[。.？?\n]/)
    expect(complaints(({ language, text }) => sentences(text).some((sentence) => (sentence.match(manners[language]) ?? []).length > 1))).toEqual([])
  })

  it('speak to you, not about a user', () => {
    expect(complaints(({ key, text }) => !/\.(?:technician|action)$/.test(key) && /\bthe user\b|ユーザー/i.test(text))).toEqual([])
  })

  it('of Japanese are Japanese', () => {
    const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/
    const leftInEnglish = (text: string) => /[A-Za-z]{3,} [A-Za-z]{2,}/.test(text.replaceAll(/\{[^}]*\}/g, '')) && !japanese.test(text)
    expect(complaints((message) => message.language === 'ja' && !isName(message) && leftInEnglish(message.text))).toEqual([])
    expect(complaints(({ language, text }) => language === 'ja' && /[ぁ-んァ-ヶ一-龠][,.](?:\s|$)/.test(text))).toEqual([])
  })

  it('of Traditional Chinese are traditional, as Taiwan writes', () => {
    const simplified = /[们这来时个为说国对会过电视码证请问费钱币单签门间开关页处总统认识错误话语应发现实际给让还进运远连选邮钟银铁长马扫张岁边头样质读输厅记录设备护优没]/
    const japanese = /(?:です|ます|ません|ください|でした|ました)/
    const chinese = (message: Spoken) => message.language === 'zh-Hant' && !isName(message)
    expect(complaints((message) => chinese(message) && (simplified.test(message.text) || japanese.test(ownWords(message.text))))).toEqual([])
  })

  it('of English are English, with the official term beside them at most in brackets', () => {
    expect(complaints((message) => message.language === 'en' && !isName(message) && /[\u3041-\u30fa]{2,}/.test(ownWords(message.text)))).toEqual([])
  })
})

describe('the reader of keys', () => {
  const read = (text: string) => keysAskedBy(parseSource('renderer/x.ts', text), new Set(['ui'])).map(({ key, values }) => [String(key), values])

  it('sees keys, keys with a part known at run time, and either of two', () => {
    expect(read(`label('ui.back')`)).toEqual([['ui.back', []]])
    expect(read('text(`fault.${code}.resident`)')).toEqual([['/^fault\\..+\\.resident$/', []]])
    expect(read(`label(paid ? 'ui.paid' : 'ui.open', { amount })`)).toEqual([['ui.paid', ['amount']], ['ui.open', ['amount']]])
    expect(read('say({ key: `${id}.name` })')).toEqual([['/^.+\\.name$/', null]])
  })

  it('sees keys that are only on their way to be asked for', () => {
    expect(read(`const words = { printed: 'ui.printed' }`)).toEqual([['ui.printed', null]])
    expect(read('const key = `ui.goodbye.${kept}`')).toEqual([['/^ui\\.goodbye\\..+$/', null]])
  })

  it('leaves other strings, calls and properties alone', () => {
    expect(read(`const row = { key: 'Enter', file: './ui.css' }; response.text(); log('the ui. Back')`)).toEqual([])
  })
})
