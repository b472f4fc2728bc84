import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import type { CardReaderEvent } from '../../../hardware/card-reader/events.ts'
import type { ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { agreementNames } from '../../../main/contract/agreement.ts'
import { commands, type CommandInput } from '../../../main/contract/commands.ts'
import type { Era } from '../../../main/contract/date.ts'
import { formatText } from '../../../main/i18n/format.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import type { Answers, Service, Situation, Step } from '../../../main/services/service.ts'
import { isFree, services } from '../../../main/services/services.ts'
import { configured } from '../../support/booth-facts.ts'
import { moicaCard, myNumber } from '../../support/card-facts.ts'
import { walkEveryWay } from '../../support/every-way.ts'
import { readySession, type Session } from '../../support/session.ts'
import { situation } from '../../support/situation.ts'
import { next } from '../../support/willing-resident.ts'

/*
 * Every field, date and question of every service, on a whole booth's decisions: found by walking, so that a new one is asked here without being named:
 * what is refused there, what is never lost, and what is left of somebody who walks away.
 */

type Asking = Extract<Step, { readonly kind: 'field' | 'date' | 'choice' }>
type Entered = Pick<CommandInput<'date'>, 'era' | 'year' | 'month' | 'day'>

/** What nobody means to enter in any field; a name of what it is, and the thing. */
const nonsense: readonly (readonly [string, string])[] = [
  ['a space', ' '], ['very long', 'A1'.repeat(32)], ['Chinese', '王小明的身分證字號嗎'], ['Japanese', 'マイナンバー'], ['Arabic', 'ابتثجحخدذر'], ['Thai', 'ภาษาไทย'], ['an emoji', '🙂🙂🙂🙂🙂'],
  ['a lone surrogate', 'A12345678\ud83d'], ['thirty marks on one letter', `A12345678${'\u0301'.repeat(30)}`], ['a script', '<script>alert(1)</script>'], ['an image', '<img src=x onerror=alert(1)>'], ['SQL', "' OR '1'='1"],
  ['more SQL', "A1'; DROP TABLE visit;--"], ['a mark that turns the writing', 'A12345\u202e6789'], ['right to left', '\u200fA1234\u200f5678'], ['a null character', 'A12345678\u0000'], ['braces of a message', '{number}{a'], ['an escape', '\u001b[2J'],
  ['a path', '../../../etc/passwd'], ['a name of JavaScript', '__proto__'],
]
/** Twelve digits, whatever they are written in and whatever stands between them (B9). */
const disguises = [
  '123456789018', '123456789012', '1234 5678 9012', '1234-5678-9018', '１２３４５６７８９０１８', '一二三四五六七八九〇一八', '١٢٣٤٥٦٧٨٩٠١٨', '๑๒๓๔๕๖๗๘๙๐๑๘', '१२३४५६७८९०१८', '1234\u200f5678\u202e9018', '1.2.3.4.5.6.7.8.9.0.1.8',
  '1234ー5678ー9018', '1234567890180', 'A123456789018', 'number: 5488 3652 9885', '1\u03012\u03013\u03014\u03015\u03016\u03017\u03018\u03019\u03010\u03011\u03018',
]
/** A leap year of each calendar; the one after it is none. */
const leaps: Readonly<Record<Era, number>> = { western: 2000, roc: 89, reiwa: 2, heisei: 4, showa: 3, taisho: 5, meiji: 9 }
/** Days that are none, or that nobody can mean, in the calendar in which they are entered. */
const noDays = ({ eras }: Extract<Step, { kind: 'date' }>): readonly (readonly [string, Entered])[] =>
  eras.flatMap((era): readonly (readonly [string, Entered])[] => {
    const day = (year: number, month: number, dayOfMonth: number): Entered => ({ era, year, month, day: dayOfMonth })
    const leap = leaps[era]
    return [
      [`${era} 0`, day(0, 1, 1)], [`${era}, month 0`, day(leap, 0, 1)], [`${era}, day 0`, day(leap, 1, 0)], [`${era}, month 13`, day(leap, 13, 1)], [`${era}, 32 January`, day(leap, 1, 32)], [`${era}, 31 April`, day(leap, 4, 31)],
      [`${era}, 30 February of a leap year`, day(leap, 2, 30)], [`${era}, 29 February of a common year`, day(leap + 1, 2, 29)], [`${era} 9999`, day(9999, 12, 31)], [`${era}, 99 of 99`, day(leap, 99, 99)],
      ...(era === 'western' ? ([['before every era', day(1867, 12, 31)], ['before 1896', day(1890, 1, 1)], ['far ahead', day(2300, 1, 1)]] as const) : ([[`${era} overflown`, day(900, 1, 1)]] as const)),
    ]
  })

/** What a booth and a card can be like, so that every step is there in one of them. */
interface Scene {
  readonly here: Partial<Situation>
  readonly configure?: (file: ConfigurationFile) => ConfigurationFile
  readonly set?: (session: Session) => unknown
}
const scenes: readonly Scene[] = [
  { here: {}, set: (session) => session.health('sheet-printer', 'ready') },
  { here: { printsPhotos: false } },
  {
    here: { sendsLater: true },
    configure: (file) => ({ ...file, centre: { ...file.centre, sellWhileUnreachable: true } }),
    set: (session) => session.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held: true }),
  },
  { here: { card: myNumber(), agreements: agreementNames } },
  { here: { card: moicaCard('2026-12-24') } },
]

/** A step that asks something, and how a visit first comes to it. */
interface Place {
  readonly name: string
  readonly service: Service
  readonly step: Asking
  readonly answers: Answers
  readonly scene: Scene
}

function asks(step: Step): step is Asking {
  return step.kind === 'field' || step.kind === 'date' || step.kind === 'choice'
}

function placesOf(service: Service): readonly Place[] {
  const places = new Map<string, Place>()
  for (const scene of scenes)
    walkEveryWay(service, situation(scene.here), {
      step(step, { answers }) {
        if (asks(step) && !places.has(step.id)) places.set(step.id, { name: `${service.id} ${step.id}`, service, step, answers, scene })
      },
    })
  return [...places.values()]
}

/** Somebody who has come to that step, with those answers behind. */
function comeTo({ service, step, answers, scene: { here, configure = (file) => file, set } }: Place): Session {
  const reader = { reader: 'Virtual reader', vpcd: '/run/cards', shuffledKeys: false }
  const configuration = configured((file) => configure({ ...file, services: { [service.id]: isFree(service) ? {} : { price: 800 } }, devices: { ...file.devices, 'card-reader': reader } }))
  const session = readySession({ configuration }).health('card-reader', 'ready')
  set?.(session)
  session.do('begin', {})
  const say = (event: CardReaderEvent) => session.dispatch({ kind: 'device', message: { kind: 'event', device: 'card-reader', event } })
  for (let acts = 0; !('step' in session.view && session.view.step === step.id); acts += 1) {
    const { view } = session
    const known = 'step' in view ? answers[view.step] : undefined
    if (acts > 60) throw new Error(`never came to ${step.id}, but to ${session.screen}`)
    if (view.screen === 'card' && here.card) {
      say({ kind: 'card', state: 'absent', card: 0 })
      say({ kind: 'card', state: 'present', card: 1 })
      say({ kind: 'checked', card: 1, facts: here.card, pad: { signIn: false, changePin: false } })
    } else if (known !== undefined && view.screen === 'question') session.answer(view.step, known)
    else if (known !== undefined && view.screen === 'field') session.do('enter', { step: view.step, entered: known })
    else if (known !== undefined && view.screen === 'date') {
      const [year = 0, month = 0, day = 0] = known.split('-').map(Number)
      session.date(view.step, 'western', year, month, day)
    } else if (!next(session)) throw new Error(`${step.id} is not reached from ${session.screen}`)
  }
  return session
}

/** Says it, and expects it to be refused in a clear sentence where it was entered, with nothing lost, nothing kept and nothing written down. */
function expectRefused(session: Session, say: () => unknown, what: string, entered: string): void {
  const before = { screen: session.screen, answers: session.visit.answers, records: session.records.length }
  expect([what, say()]).toEqual([what, null])
  const { notice } = session.view
  expect([what, session.screen, session.visit.answers, notice?.tone]).toEqual([what, before.screen, before.answers, 'attention'])
  for (const language of languages) expect(formatText(catalogueOf(language), language, notice?.text ?? { key: 'none' })).not.toMatch(/⟦|undefined|\{/)
  expect(session.records.slice(before.records).map(({ kind, body }) => [kind, body])).toEqual(session.records.length > before.records ? [['number-refused', {}]] : [])
  if (entered.length > 4) expect(JSON.stringify([session.state.visit, session.records.slice(before.records)])).not.toContain(JSON.stringify(entered).slice(1, -1))
}

const places = services.flatMap(placesOf)
const fields = places.flatMap(({ step, ...rest }) => (step.kind === 'field' ? [{ ...rest, step }] : []))
const dates = places.flatMap(({ step, ...rest }) => (step.kind === 'date' ? [{ ...rest, step }] : []))
const questions = places.flatMap(({ step, ...rest }) => (step.kind === 'choice' ? [{ ...rest, step }] : []))

test('the walk comes to every step of every service that asks something', () => {
  const steps = services.flatMap(({ id, steps: all }) => all.filter(asks).map((step) => `${id} ${step.id}`))
  expect(places.map(({ name }) => name).toSorted()).toEqual(steps.toSorted())
})

describe.each(fields)('the field $name', (place) => {
  const { step } = place
  test('refuses what nobody means, and twelve digits in every disguise, and then takes what is right', () => {
    const session = comeTo(place)
    const enter = (entered: string) => () => session.say('enter', { step: step.id, entered })
    if (!step.optional) expectRefused(session, enter(''), 'nothing', '')
    for (const [what, entered] of nonsense) expectRefused(session, enter(entered), what, entered)
    for (const entered of disguises) {
      expectRefused(session, enter(entered), 'twelve digits', entered)
      expect([entered, session.notice]).toEqual([entered, 'field.individual-number'])
    }
    expect(commands.enter.input.safeParse({ step: step.id, entered: 'x'.repeat(65) }).success).toBe(false)
    expect(session.say('enter', { step: 'nothing-of-the-kind', entered: '' })).toBe('not-now')
  })
})

describe.each(dates)('the day $name', (place) => {
  const { step } = place
  test('refuses days that are none and that nobody can mean; 29 February is itself or refused', () => {
    const session = comeTo(place)
    for (const [what, entered] of noDays(step)) expectRefused(session, () => session.say('date', { step: step.id, ...entered }), what, '')
    const { from, to } = step.range(situation().today)
    for (const year of [2000, 2024, 2028]) {
      const leap = comeTo(place)
      const day = `${year}-02-29`
      leap.say('date', { step: step.id, era: 'western', year, month: 2, day: 29 })
      // Where the rules stop a visit, its answers are gone already.
      const taken = leap.screen === 'stop' ? day : leap.visit.answers[step.id]
      expect([day, taken]).toEqual([day, from <= day && day <= to ? day : undefined])
    }
  })
})

describe.each(questions)('the question $name', (place) => {
  const { step } = place
  test('takes none but its own answers', () => {
    const session = comeTo(place)
    const before = [session.screen, session.visit.answers]
    for (const value of ['none-of-them', 'constructor', 'valueof', '0', `${step.options[0]}-`]) expect(session.say('answer', { step: step.id, value })).toBe('not-now')
    for (const value of ['', '__proto__', '<script>', "' or 1=1", '🙂', 'x'.repeat(41)]) expect(commands.answer.input.safeParse({ step: step.id, value }).success).toBe(false)
    expect([session.screen, session.visit.answers]).toEqual(before)
  })
})

describe.each(places)('somebody at $name', (place) => {
  test('loses nothing by another language, by help or by the way back, and walks away without a trace', () => {
    const session = comeTo(place)
    const { answers } = session.visit
    const here = session.screen
    for (const language of languages) {
      session.do('choose-language', { language }).do('help', { open: true }).do('help', { open: false })
      expect([session.screen, session.visit.answers, session.view.language]).toEqual([here, answers, language])
    }
    const { back } = session.view.can
    expect(session.say('back', {}) === null).toBe(back)
    expect(session.screen === 'offer' || session.visit.answers === answers).toBe(true)
    session.pass(3_600_000)
    expect(session.state.visit).toBeNull()
    const told = Object.values(answers).filter((answer) => answer.length > 8 && /\d/.test(answer))
    expect(told.filter((answer) => JSON.stringify([session.state, session.records]).includes(answer))).toEqual([])
  })
})
