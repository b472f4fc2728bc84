import { Visitor } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { abilities, abilitiesLeft, faultCodes, faults } from '../../hardware/faults.ts'
import { languages } from '../../main/contract/language.ts'
import { faultReaders } from '../../main/i18n/fault-words.ts'
import { isFree, services } from '../../main/services/services.ts'
import { messagesOf } from './catalogue-files.ts'
import { parseSource, readText, repositoryFiles, sourceFiles, type SourceFile } from './source-files.ts'

const files = repositoryFiles()
const words = new Map(languages.map((language) => [language, new Map(messagesOf(language, files).map(({ key, text }) => [key, text]))]))

/** The strings that `file` makes, a template as the pattern of what it can become; strings that are only types or compared with stand for nothing. */
function stringsMadeBy({ program }: SourceFile): readonly RegExp[] {
  const made = new Map<number, RegExp>()
  const aside = new Set<number>()
  new Visitor({
    TSLiteralType: ({ literal }) => void aside.add(literal.start),
    BinaryExpression: ({ left, right }) => void aside.add(left.start).add(right.start),
    Literal: ({ start, value }) => {
      if (typeof value === 'string' && /^[a-z-]+$/.test(value)) made.set(start, new RegExp(`^${value}$`))
    },
    TemplateLiteral: ({ start, quasis }) => {
      const parts = quasis.map(({ value }) => value.cooked ?? '')
      if (/^[a-z-]+$/.test(parts[0] ?? '') && parts.every((part) => /^[a-z-]*$/.test(part))) made.set(start, new RegExp(`^${parts.join('[a-z-]+')}$`))
    },
  }).visit(program)
  return [...made].filter(([start]) => !aside.has(start)).map(([, pattern]) => pattern)
}

const isProduct = (path: string) => /^(?:hardware|main)\/.*\.ts$/.test(path) && path !== 'hardware/faults.ts' && !path.startsWith('main/commands/')
const made = sourceFiles(files.filter(isProduct)).flatMap(stringsMadeBy)
const tests = files.filter((path) => /^test\/(?!house\/).*\.test\.ts$/.test(path)).map(readText)

/** Words of money in each language, and of what is bought with it. */
const money = { en: /money|coin|note|\bpa(?:y|id)|charge|s(?:ell|old)/i, ja: /お金|硬貨|紙幣|料金|支払|販売|代金/, 'zh-Hant': /錢|款|硬幣|鈔|收費|付費|販售/ } as const
/** The faults that can stand before a service that costs nothing. */
const beforeFree = faultCodes.filter((code) => {
  const left = abilitiesLeft([code])
  return services.some((service) => isFree(service) && service.needs.some((ability) => !left.has(ability)))
})

describe('the fault table', () => {
  it.each(beforeFree)('says what %s means for somebody who pays nothing without a word of money', (code) => {
    for (const language of languages) {
      expect(words.get(language)?.get(`fault.${code}.free`)).toBeTypeOf('string')
      expect(words.get(language)?.get(`fault.${code}.free`)).not.toMatch(money[language])
    }
  })

  it.each(faultCodes)('is complete: %s has all its words, is raised by the product, and a test names it', (code) => {
    const missing = languages.flatMap((language) => faultReaders.filter((reader) => !words.get(language)?.get(`fault.${code}.${reader}`)).map((reader) => [language, reader]))
    expect(missing.map(([language, reader]) => `main/i18n/messages/${language}/faults.json lacks "fault.${code}.${reader}"`)).toEqual([])
    expect(
      made.some((pattern) => pattern.test(code)),
      `nothing in hardware/ or main/ raises '${code}': raise it, or take it out of hardware/faults.ts`,
    ).toBe(true)
    expect(
      tests.some((text) => new RegExp(`['"\`]${code}['"\`]`).test(text)),
      `no test names '${code}': one must show what raises it, what it takes away, or how it ends`,
    ).toBe(true)
  })

  it.each(languages)('says in %s to each reader something of their own', (language) => {
    for (const code of faultCodes) {
      const said = faultReaders.map((reader) => words.get(language)?.get(`fault.${code}.${reader}`) ?? '')
      expect(new Set(said).size, code).toBe(faultReaders.length)
      expect(said[0], 'the code stands small below, never in the words').not.toContain(code)
    }
  })

  it('has no words for a fault that is not in it', () => {
    const known = new Set([...faultCodes.flatMap((code) => faultReaders.map((reader) => `fault.${code}.${reader}`)), ...beforeFree.map((code) => `fault.${code}.free`)])
    const stray = languages.flatMap((language) => [...(words.get(language)?.keys() ?? [])].filter((key) => key.startsWith('fault.') && !known.has(key)))
    expect(stray).toEqual([])
  })

  it('takes something away with each fault that limits, and with a note nothing', () => {
    for (const code of faultCodes) {
      const { severity, removes } = faults[code]
      if (severity === 'limit') expect(removes, code).not.toEqual([])
      if (severity === 'note') expect(removes, code).toEqual([])
      expect(removes.filter((ability) => !abilities.includes(ability))).toEqual([])
    }
  })
})

describe('the reader of strings', () => {
  const read = (text: string) => stringsMadeBy(parseSource('main/x.ts', text)).map(String)

  it('sees what can be raised, and what a template can become', () => {
    expect(read("raise('coin-jam'); const faults = [`camera-${state}`]")).toEqual(['/^coin-jam$/', '/^camera-[a-z-]+$/'])
  })

  it('does not take types and comparisons for raising', () => {
    expect(read("type Held = 'coin-jam'; if (fault === 'coin-jam') leave()")).toEqual([])
  })
})
