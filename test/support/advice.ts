import type { Block } from '../../main/contract/block.ts'
import type { Language } from '../../main/contract/language.ts'
import type { Sheet } from '../../main/contract/sheet.ts'
import type { Text } from '../../main/contract/text.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { formatText } from '../../main/i18n/format.ts'
import type { Service, Situation, Step } from '../../main/services/service.ts'
import { situation } from './situation.ts'

/** An advice as somebody reads it in one language: the title, and each block as a line. */
export interface ReadAdvice {
  readonly step: string
  readonly tone: string
  readonly title: string
  readonly lines: readonly string[]
  /** All of it in one piece, to search in. */
  readonly text: string
  readonly blocks: readonly Block[]
  readonly sheets: readonly Sheet[]
}

function linesOf(block: Block, say: (text: Text) => string): readonly string[] {
  switch (block.kind) {
    case 'steps':
      return block.texts.map(say)
    case 'field':
      return [`${say(block.label)}: ${say(block.value)}`]
    case 'number':
      return [`${say(block.label)}: ${block.value}`]
    case 'line':
      return [`${block.line.number} ${block.line.open ? 'open' : 'closed'} ${block.line.until ?? ''}`.trim()]
    case 'code':
      return [`[${block.payload}] ${say(block.caption)}`]
    case 'calendar':
      return block.days.map(({ day, title }) => `[${day}] ${say(title)}`)
    case 'rule':
      return ['—']
    default:
      return [block.kind === 'paragraph' && block.tone ? `(!) ${say(block.text)}` : say(block.text)]
  }
}

/** The steps of a service that are there in a situation, in order. */
export function stepsAt(service: Service, otherwise: Partial<Situation>): readonly Step[] {
  const here = situation(otherwise)
  return service.steps.filter((step) => step.when?.(here) ?? true)
}

/** Every advice that a service gives in a situation, in words. */
export function advices(service: Service, otherwise: Partial<Situation>, language: Language = 'en'): readonly ReadAdvice[] {
  const here = situation({ language, ...otherwise })
  const say = (text: Text) => formatText(catalogueOf(language), language, text)
  return stepsAt(service, { language, ...otherwise }).flatMap((step) => {
    if (step.kind !== 'advice') return []
    const { tone, title, blocks, sheets = [] } = step.advise(here)
    const lines = blocks.flatMap((block) => linesOf(block, say))
    return [{ step: step.id, tone, title: say(title), lines, text: [say(title), ...lines].join('\n'), blocks, sheets }]
  })
}
