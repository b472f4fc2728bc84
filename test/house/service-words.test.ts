import { describe, expect, it } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import type { Block } from '../../main/contract/block.ts'
import type { Text } from '../../main/contract/text.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import type { Service, Situation, Step } from '../../main/services/service.ts'
import { services } from '../../main/services/services.ts'
import { situation } from '../support/situation.ts'
import { messagesOf, placeholders } from './catalogue-files.ts'

const today = '2026-11-21'
/** Days that decide differently: passed, near, short, far; of an infant, a child and a grown-up. */
const days = ['2026-11-20', '2026-12-21', '2027-01-10', '2030-01-01', '2026-05-05', '2015-05-05', '1980-05-05']

interface Said {
  readonly texts: Map<string, Text>
  readonly stops: Map<string, readonly string[]>
  /** The steps to which the review leads back. */
  readonly corrects: Set<string>
}

/** What may be typed: nothing that fits, and what a field could want. */
const typed = ['0', 'ZZZZ', 'AB12345678', 'A123456789', 'A800000014', 'AA12345678901234', '12345678901234567890123']

/** The ways in which `step` can be answered: by a resident, or by an authority's system. */
function waysOn(step: Step, here: Situation): readonly Situation[] {
  const answered = (values: readonly string[]) => values.map((value) => ({ ...here, answers: { ...here.answers, [step.id]: value } }))
  switch (step.kind) {
    case 'choice':
      return answered(step.options)
    case 'date': {
      const { from, to } = step.range(today)
      return answered([...new Set([...days, from, to])].filter((day) => from <= day && day <= to))
    }
    case 'field':
      return [...(step.optional ? [here] : []), ...answered(typed.map((entered) => step.read(entered, here)).flatMap((read) => (read.ok ? [read.value] : [])))]
    case 'ask':
      return (['not-offered', 'unreachable', 'not-found', 'refused'] as const).map((code) => ({ ...here, replies: { ...here.replies, [step.id]: { ok: false, code } } }))
    default:
      return [here]
  }
}

function textsOfBlock(block: Block): readonly Text[] {
  switch (block.kind) {
    case 'steps':
      return block.texts
    case 'field':
      return [block.label, block.value]
    case 'number':
      return [block.label]
    case 'code':
    case 'calendar':
      return [block.caption]
    case 'line':
    case 'rule':
      return []
    default:
      return [block.text]
  }
}

function textsOf(service: Service, step: Step, here: Situation): readonly Text[] {
  const key = (rest: string): Text => ({ key: `${service.id}.${step.id}.${rest}` })
  switch (step.kind) {
    case 'choice':
      return [key('title'), key('hint'), ...step.options.map((option) => key(`option.${option}`))]
    case 'date':
      return [key('title'), key('hint')]
    case 'info':
      return [key('title'), ...step.body(here)]
    case 'consent':
      return step.boxes.map((box) => key(`box.${box}`))
    case 'review':
      return [key('consent'), ...(service.application?.review(here.answers, '1234') ?? []).flatMap(({ label, value }) => [label, value])]
    case 'field':
      return [key('title'), key('hint'), ...typed.map((entered) => step.read(entered, here)).flatMap((read) => (read.ok ? [] : [read.problem]))]
    case 'ask':
      return [key('title')]
    case 'deliver': {
      const { title, blocks } = step.delivery(here)
      return [title, ...blocks.flatMap(textsOfBlock)]
    }
    case 'advice': {
      const { title, blocks } = step.advise(here)
      return [title, ...blocks.flatMap(textsOfBlock)]
    }
    default:
      return []
  }
}

/** Walks through every way that a visit of `service` can take, and notes what it says and where it stops. */
function everythingSaid(service: Service): Said {
  const said: Said = { texts: new Map(), stops: new Map(), corrects: new Set() }
  const walk = (index: number, here: Situation): void => {
    const step = service.steps[index]
    if (!step) return
    if (step.when && !step.when(here)) return walk(index + 1, here)
    for (const text of textsOf(service, step, here)) said.texts.set(text.key, text)
    if (step.kind === 'review') for (const item of service.application?.review(here.answers, '1234') ?? []) said.corrects.add(item.step)
    for (const next of waysOn(step, here)) {
      const judgement = service.judge?.(next.answers, today, builtInRulebook)
      if (judgement?.result === 'stop') said.stops.set(judgement.reason, judgement.ways)
      else walk(index + 1, next)
    }
  }
  walk(0, situation({ today }))
  walk(0, situation({ today, sendsLater: true }))
  walk(0, situation({ today, printsPhotos: false }))
  for (const text of [{ key: `${service.id}.name` }, { key: `${service.id}.about` }, ...(service.steps.some(({ kind }) => kind === 'payment') ? [{ key: `${service.id}.price` }] : []), ...service.bring]) said.texts.set(text.key, text)
  const ends = [...said.stops].flatMap(([reason, ways]) => [`stop.${reason}.title`, `stop.${reason}.body`, ...ways.map((way) => `way.${way}`)])
  for (const key of ends.map((end) => `${service.id}.${end}`)) said.texts.set(key, { key })
  return said
}

describe.each(services)('the service $id', (service) => {
  const said = everythingSaid(service)

  it.each(languages)('R046 has words in %s for every question, answer, advice, stop and way out that a visit can come to', (language) => {
    const catalogue = new Map(messagesOf(language).map(({ key, text }) => [key, text]))
    const missing = [...said.texts.values()].flatMap(({ key, values }) => {
      const message = catalogue.get(key)
      if (message === undefined) return [key]
      return placeholders(message, language).flatMap((name) => (values && name in values ? [] : [`${key} needs ${name}`]))
    })
    expect(missing).toEqual([])
  })

  it('names a way out for every stop', () => {
    expect(said.stops.size > 0).toBe(service.judge !== undefined)
    expect([...said.stops].filter(([, ways]) => ways.length === 0)).toEqual([])
  })

  it('says which step corrects each line of the review, if one does', () => {
    const steps = service.steps.map(({ id }) => id)
    expect(said.corrects.size > 0).toBe(service.application !== null)
    expect([...said.corrects].filter((step) => !steps.includes(step))).toEqual([])
  })
})
