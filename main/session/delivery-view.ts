import type { Configuration } from '../config/configuration.ts'
import type { Screen } from '../contract/view.ts'
import { timeText } from '../rulebook/date-text.ts'
import { isoTimeAt } from '../rulebook/zoned-time.ts'
import { serviceOf } from '../services/services.ts'
import type { Situation } from '../services/service.ts'
import { canChoose } from './delivering.ts'
import type { Stage, Visit } from './state.ts'

/** What comes out of the booth, and what to do with it. */
export function deliveryScreen(visit: Visit, stage: Extract<Stage, { at: 'delivering' }>, situation: Situation, configuration: Configuration): Extract<Screen, { screen: 'delivery' }> {
  const step = serviceOf(visit.service ?? '').steps.find(({ id }) => id === stage.step)
  if (step?.kind !== 'deliver') throw new Error(`nothing to deliver at ${stage.step}`)
  const { title, blocks } = step.delivery(situation)
  const { sheet, handOver, link, until, delivered } = stage
  return {
    screen: 'delivery',
    step: step.id,
    title,
    sheet,
    handOver,
    link,
    until: until === null ? null : timeText(isoTimeAt(until, 'Asia/Tokyo')),
    delivered,
    choose: canChoose(stage),
    credit: visit.credit,
    currency: configuration.cash.currency,
    blocks,
    print: visit.printing?.state ?? null,
  }
}
