import type { Configuration } from '../config/configuration.ts'
import type { Language } from '../contract/language.ts'
import type { PhoneLine } from '../contract/view.ts'
import { moicaLine, resolvePhoneLines } from '../rulebook/phone-lines.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { HelpTopic } from '../services/service.ts'
import { offeredServices } from './availability.ts'

/** Who runs this booth: for everything that is about the machine or money. */
export function boothLine(configuration: Configuration, language: Language): PhoneLine {
  return { number: configuration.operator.phone, language, purpose: 'booth', open: true, until: null }
}

/** The lines for a topic in the resident's language, those that are open now first. */
export function linesFor(topic: HelpTopic, language: Language, now: number, rulebook: Rulebook): readonly PhoneLine[] {
  if (topic !== 'certificate') return resolvePhoneLines(rulebook, language, topic, now)
  const { number, open, until } = moicaLine(rulebook, now)
  return [{ number, language: 'zh', purpose: topic, open, until }]
}

/** What most calls are about: named where nobody has chosen a service yet. */
const usual: readonly HelpTopic[] = ['suspend', 'card', 'certificate']

/** Whom a resident can call: about this booth, and about what the service is for, or where none is chosen what is offered. */
export function helpLines(visit: { readonly service: string | null; readonly language: Language }, now: number, configuration: Configuration, rulebook: Rulebook): readonly PhoneLine[] {
  const known = offeredServices(configuration)
  const chosen = known.find(({ id }) => id === visit.service)
  const topics = chosen?.lines ?? usual.filter((topic) => known.some(({ lines }) => lines.includes(topic)))
  return [boothLine(configuration, visit.language), ...topics.flatMap((topic) => linesFor(topic, visit.language, now, rulebook))]
}
