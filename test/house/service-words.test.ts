import { describe, expect, it } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import type { Text } from '../../main/contract/text.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import type { Answers, Service, Situation, Step } from '../../main/services/service.ts'
import { services } from '../../main/services/services.ts'
import { situation } from '../support/situation.ts'
import { messagesOf, placeholders } from './catalogue-files.ts'

const today = '2026-11-21'
/** Days that decide differently: passed, near, short, far; of an infant, a child and a grown-up. */
const days = ['2026-11-20', '2026-12-21', '2027-01-10', '2030-01-01', '2026-05-05', '2015-05-05', '1980-05-05']

interface Said {
  readonly texts: Map<string, Text>
  readonly stops: Map<string, readonly string[]>
}

function answersOf(step: Step): readonly string[] {
  if (step.kind === 'choice') return step.options
  if (step.kind !== 'date') return []
  const { from, to } = step.range(today)
  return days.filter((day) => from <= day && day <= to)
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
      return [key('consent'), ...service.review(here.answers, '1234').flatMap(({ label, value }) => [label, value])]
    default:
      return []
  }
}

/** Walks through every way that a visit of `service` can take, and notes what it says and where it stops. */
function everythingSaid(service: Service): Said {
  const said: Said = { texts: new Map(), stops: new Map() }
  const walk = (index: number, answers: Answers, sendsLater: boolean): void => {
    const step = service.steps[index]
    if (!step) return
    const here = situation({ answers, today, sendsLater })
    if (step.when && !step.when(here)) return walk(index + 1, answers, sendsLater)
    for (const text of textsOf(service, step, here)) said.texts.set(text.key, text)
    const possible = answersOf(step)
    if (possible.length === 0) return walk(index + 1, answers, sendsLater)
    for (const answer of possible) {
      const next = { ...answers, [step.id]: answer }
      const judgement = service.judge(next, today, builtInRulebook)
      if (judgement.result === 'stop') said.stops.set(judgement.reason, judgement.ways)
      else walk(index + 1, next, sendsLater)
    }
  }
  walk(0, {}, false)
  walk(0, {}, true)
  for (const text of [{ key: `${service.id}.name` }, ...service.bring]) said.texts.set(text.key, text)
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
    expect(said.stops.size).toBeGreaterThan(0)
    expect([...said.stops].filter(([, ways]) => ways.length === 0)).toEqual([])
  })

  it('says which step corrects each line of the review, if one does', () => {
    const steps = service.steps.map(({ id }) => id)
    const review = service.review(Object.fromEntries(service.steps.map((step) => [step.id, answersOf(step)[0] ?? ''])), '1234')
    expect(review.length).toBeGreaterThan(0)
    expect(review.filter(({ step }) => step !== null && !steps.includes(step))).toEqual([])
  })
})
