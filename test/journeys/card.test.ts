import { describe, expect, test } from 'vitest'
import type { AuditSummary } from '../../hardware/card-reader/virtual-card/audit.ts'
import { languages } from '../../main/contract/language.ts'
import type { View } from '../../main/contract/view.ts'
import { everythingOnDisk } from '../support/on-disk.ts'
import { wordsMissing } from '../support/words.ts'
import { startWorld } from './support/world.ts'

const agreement = { with: 'DEMO ministry', reference: 'DEMO agreement' }

/** A booth with a card reader and the services that use it. */
const startCardWorld = () =>
  startWorld({
    keepSlips: false,
    change: (file) => ({
      ...file,
      services: { ...file.services, 'jp-card-check': {}, 'jp-pin-change': {}, 'jp-linking': {} },
      agreements: { 'pin-change': agreement, 'sign-in': agreement, linking: agreement },
    }),
  })

type CardWorld = Awaited<ReturnType<typeof startCardWorld>>
const audit = async ({ world }: CardWorld) => JSON.parse(await world.hand('card-reader summary')) as AuditSummary
const title = (view: View | undefined) => (view?.screen === 'advice' ? view.title.key : view?.screen)

describe('a card is checked', () => {
  test.each([
    ['my-number', 'jp-card-check.good.title'],
    ['phone-token', 'jp-card-check.good.title'],
    ['juki-card', 'jp-card-check.juki.title'],
    ['moica-1', 'jp-card-check.moica.title.VALID'],
    ['moica-2', 'jp-card-check.moica.title.VALID'],
    ['nhi', 'jp-card-check.health-insurance.title'],
    ['unknown', 'jp-card-check.unknown.title'],
  ])('%s is told apart; no denied file is touched, no try is spent, RESET is last', async (card, expected) => {
    const stand = await startCardWorld()
    await stand.visit({ service: 'jp-card-check', card, language: 'en' })
    expect(title(stand.saw('advice'))).toBe(expected)
    expect(await audit(stand)).toMatchObject({ denied: [], spent: {}, end: 'reset' })
    expect(wordsMissing(stand.seen)).toEqual([])
    expect(stand.saw('leave')).toMatchObject({ card: false })
    expect(stand.world.journal.totals()).toEqual([])
  })

  test('inserted to the first facts within 1.5 s besides the card’s own time; taken out to the screen within 0.6 s', async () => {
    const { world, clock, visit } = await startCardWorld()
    await visit({ service: 'jp-card-check' }, (view) => view.screen === 'card' && view.state === 'insert')
    const until = async (look: (view: View) => boolean) => {
      const from = clock.monotonic()
      while (!look(world.shown().view) && clock.monotonic() - from < 10_000) await clock.advance(10)
      return clock.monotonic() - from
    }
    await world.hand('card-reader insert')
    expect(await until(({ screen }) => screen === 'advice')).toBeLessThanOrEqual(1_500)
    await world.hand('card-reader remove')
    expect(await until(({ notice }) => notice?.text.key === 'card.out')).toBeLessThanOrEqual(600)
  })

  test('F45 torn out at every exchange: said, read anew from the beginning, and no try is spent', async () => {
    const stand = await startCardWorld()
    const { world, clock, visit } = stand
    await visit({ service: 'jp-card-check' }, (view) => view.screen === 'card' && view.state === 'insert')
    for (let exchange = 1; exchange <= 17; exchange += 1) {
      await world.hand(`card-reader at ${exchange} tear ${['before', 'during', 'unanswered', 'after'][exchange % 4]}`)
      await world.hand('card-reader insert')
      for (let looks = 0; looks < 300 && !(world.shown().view.screen === 'card' && world.shown().view.notice); looks += 1) await clock.advance(10)
      const { view } = world.shown()
      // The last exchange is torn after its answer: then the facts are there.
      if (exchange < 17) expect([exchange, view.screen === 'card' && view.state, view.notice?.text.key]).toEqual([exchange, 'insert', 'card.removed'])
      await world.hand('card-reader normal')
      await world.hand('card-reader remove')
      await clock.advance(500)
      if (world.shown().view.screen === 'card') continue
      expect(title(world.shown().view)).toBe('jp-card-check.good.title')
    }
    await world.hand('card-reader insert')
    for (let looks = 0; looks < 200 && world.shown().view.screen !== 'advice'; looks += 1) await clock.advance(10)
    expect(title(world.shown().view)).toBe('jp-card-check.good.title')
    expect(await audit(stand)).toMatchObject({ denied: [], spent: {} })
  })
})

describe('a PIN is changed', () => {
  test('F46 the old one is shown once, the new one proves itself; neither stands on the disk, in a view or in the log', async () => {
    const stand = await startCardWorld()
    await stand.world.hand('card-reader pin signature CANARY7X9')
    await stand.visit({ service: 'jp-pin-change', answers: { which: 'signature' }, pins: { old: 'CANARY7X9', fresh: 'CANARY8Y1' } })
    expect(title(stand.saw('advice'))).toBe('jp-pin-change.changed.signature')
    expect(await audit(stand)).toMatchObject({ denied: [], spent: {}, end: 'reset' })
    expect(await stand.world.hand('card-reader state')).toContain('CANARY8Y1')
    for (const kept of [everythingOnDisk(stand.dir), JSON.stringify(stand.seen), JSON.stringify(stand.world.logged)]) expect(kept).not.toMatch(/CANARY/)
  })

  test('F46 a wrong one costs one try, is said with what is left, and is not tried again', async () => {
    const stand = await startCardWorld()
    const pinScreen = (view: View) => view.screen === 'pin' && view.tries === 2 && !view.working
    await stand.visit({ service: 'jp-pin-change', pins: { old: '9999', fresh: '5678' } }, pinScreen)
    await stand.clock.advance(30_000)
    expect(stand.world.shown().view.notice?.text).toEqual({ key: 'card.pin-wrong', values: { tries: 2 } })
    expect(await audit(stand)).toMatchObject({ spent: { authentication: 1 }, end: 'reset' })
  })

  test('F45 another card in the middle is never shown what was typed for the first', async () => {
    const stand = await startCardWorld()
    const { world, clock, visit } = stand
    await visit({ service: 'jp-pin-change', pins: { old: '1234', fresh: '5678' } }, (view) => view.screen === 'pin')
    await world.hand('card-reader remove')
    await world.hand('card-reader insert')
    for (let looks = 0; looks < 400 && !(world.shown().view.screen === 'pin' && (await audit(stand)).apdus > 30); looks += 1) await clock.advance(10)
    expect(world.shown().view.screen).toBe('pin')
    expect(await audit(stand)).toMatchObject({ denied: [], spent: {}, end: 'reset' })
  })
})

describe('signing in with the card', () => {
  test.each(languages)('in %s: the centre’s challenge is signed and judged, and the operator has the request', async (language) => {
    const stand = await startCardWorld()
    await stand.visit({ service: 'jp-linking', language, answers: { topic: 'licence', 'with-card': 'yes', request: 'yes' }, pins: { old: '1234', fresh: '' } })
    expect(title(stand.saw('advice'))).toBe('jp-linking.licence.title')
    expect(JSON.stringify(stand.saw('advice'))).toContain('jp-linking.request.received')
    expect(await audit(stand)).toMatchObject({ denied: [], spent: {}, end: 'reset' })
    expect(wordsMissing(stand.seen)).toEqual([])
    expect(JSON.stringify(stand.seen)).not.toContain('"1234"')
  })

  test.each(['none', 'unsigned', 'forged'])('F46 a centre that answers %s costs no try, and the card signs nothing for it', async (mode) => {
    const stand = await startCardWorld()
    await stand.world.hand(`centre answers ${mode}`)
    await stand.visit({ service: 'jp-linking', answers: { topic: 'licence', 'with-card': 'yes', request: 'yes' }, pins: { old: '1234', fresh: '' } })
    expect(JSON.stringify(stand.saw('advice'))).toContain('jp-linking.request.unreachable')
    const { spent, apdus } = await audit(stand)
    expect(spent).toEqual({})
    expect(apdus).toBeLessThan(25)
  })
})
