import { describe, expect, it } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import type { SheetBlock } from '../../main/contract/sheet.ts'
import type { Text } from '../../main/contract/text.ts'
import type { Service, Situation, Step } from '../../main/services/service.ts'
import { services } from '../../main/services/services.ts'
import { typed, walkEveryWay } from '../support/every-way.ts'
import { situation } from '../support/situation.ts'
import { messagesOf, placeholders } from './catalogue-files.ts'

interface Said {
  readonly texts: Map<string, Text>
  readonly stops: Map<string, readonly string[]>
  /** The steps to which the review leads back. */
  readonly corrects: Set<string>
}

function textsOfBlock(block: SheetBlock): readonly Text[] {
  switch (block.kind) {
    case 'blank':
      return [block.label]
    case 'ticks':
      return [block.label, ...block.options]
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
      const { title, blocks, sheets = [] } = step.advise(here)
      return [title, ...blocks.flatMap(textsOfBlock), ...sheets.flatMap(({ name, blocks: printed }) => [name, ...printed.flatMap(textsOfBlock)])]
    }
    default:
      return []
  }
}

/** Walks through every way that a visit of `service` can take, and notes what it says and where it stops. */
function everythingSaid(service: Service): Said {
  const said: Said = { texts: new Map(), stops: new Map(), corrects: new Set() }
  const witness = {
    step(step: Step, here: Situation) {
      for (const text of textsOf(service, step, here)) said.texts.set(text.key, text)
      if (step.kind === 'review') for (const item of service.application?.review(here.answers, '1234') ?? []) said.corrects.add(item.step)
    },
    stop: ({ reason, ways }: { readonly reason: string; readonly ways: readonly string[] }) => void said.stops.set(reason, ways),
  }
  for (const otherwise of [{}, { sendsLater: true }, { printsPhotos: false }]) walkEveryWay(service, situation(otherwise), witness)
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
