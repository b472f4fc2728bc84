import { describe, expect, test } from 'vitest'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import type { ResidentAnswers } from '../../main/commands/demo/resident.ts'
import type { Language } from '../../main/contract/language.ts'
import { wordsMissing } from '../support/words.ts'
import { startWorld } from './support/world.ts'

const offered = { 'jp-guide': {}, 'jp-card-status': {}, 'jp-card-lost': {}, 'jp-card-care': {} }
const id = /\d{23}/.exec(demoFormCode)?.[0] ?? ''
const day = (year: number, month: number, day: number) => ({ era: 'western', year, month, day }) as const

/** A booth that offers guidance, and what its last advice says in one visit after the other. */
async function startStand(change: (file: { readonly centre: object }) => object = () => ({})) {
  const stand = await startWorld({ change: (file) => ({ ...file, services: { ...file.services, ...offered }, ...change(file) }) })
  const title = async (service: keyof typeof offered, answers: ResidentAnswers = {}, language: Language = 'en') => {
    await stand.visit({ service, language, answers })
    return stand.saw('advice')?.title.key
  }
  return { ...stand, title, officer: (words: string) => stand.world.hand(`centre authority ${words}`) }
}

describe('an application at the authority', () => {
  test('R020 R029 goes its way: asked for by the scanned ID, taken, made, sent, ready until the day of the postcard, then lapsed; the ID is nowhere', async () => {
    const { title, officer, seen, world } = await startStand()
    const status = (answers: ResidentAnswers = {}) => title('jp-card-status', answers)
    const stands = async (event: string, state: string) => {
      expect(await officer(`jp-card-application ${id} ${event}`)).not.toContain('error')
      expect(await status()).toBe(`jp-card-status.state.${state}.title`)
    }
    expect(await status({ applied: day(2026, 11, 1) })).toBe('jp-card-status.title.page')
    await stands('apply', 'submitted')
    await stands('taken', 'review')
    await stands('approved', 'production')
    await stands('sent-to-municipality', 'sent-to-municipality')
    await stands('postcard-sent', 'ready')
    await officer('clock +46')
    expect(await status()).toBe('jp-card-status.state.pickup-lapsed.title')
    expect(seen.flatMap(wordsMissing)).toEqual([])
    expect(JSON.stringify(seen)).not.toContain(id)
    expect(world.logged.filter((entry) => JSON.stringify(entry).includes(id))).toEqual([])
    expect(world.journal.totals()).toEqual([])
  })

  test('R020 where the operator has no line to it, the booth says so and hands the official page over', async () => {
    const { title, saw } = await startStand(({ centre }) => ({ centre: { ...centre, inquiries: [] } }))
    expect(await title('jp-card-status', { applied: day(2026, 8, 1) })).toBe('jp-card-status.title.ask')
    expect(saw('advice')?.blocks.some((block) => block.kind === 'code' && block.payload === 'https://www.kojinbango-card.go.jp/')).toBe(true)
  })
})

test('each service of guidance is a whole visit, one after the other, in every language', async () => {
  const { title, seen, world } = await startStand()
  const visits: readonly (readonly [keyof typeof offered, Language, ResidentAnswers, string])[] = [
    ['jp-guide', 'ja', { topic: 'notice', slip: 'no', registered: day(2026, 11, 1) }, 'jp-guide.notice.title.soon'],
    ['jp-guide', 'zh-Hant', { topic: 'route', who: 'adult', cause: 'arrived', 'arrived-on': day(2026, 11, 20), form: 'with-code', japanese: 'no' }, 'jp-guide.route.title.express'],
    ['jp-card-lost', 'en', { where: 'outside', reported: 'no' }, 'jp-card-lost.next.title.police'],
    ['jp-card-lost', 'zh-Hant', { where: 'found' }, 'jp-card-lost.found.title'],
    ['jp-card-care', 'ja', { topic: 'moved', moved: day(2026, 11, 20), planned: day(2026, 11, 20), notice: 'no' }, 'jp-card-care.move.title.notice-due'],
    ['jp-card-care', 'en', { topic: 'stay-pending', 'card-until': day(2026, 12, 27) }, 'jp-card-care.stay.title.pending'],
  ]
  for (const [service, language, answers, key] of visits) expect(await title(service, answers, language)).toBe(key)
  expect(seen.flatMap(wordsMissing)).toEqual([])
  expect(world.journal.totals()).toEqual([])
})
