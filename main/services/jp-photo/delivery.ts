import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { checked, paragraph, said, steps } from '../blocks.ts'
import type { Delivery, Situation } from '../service.ts'

type Route = 'mail' | 'pc' | 'smartphone'

/** The way that the resident applies; null while it is not asked yet. */
export function routeOf({ answers, printsPhotos }: Situation): Route | null {
  return ((printsPhotos ? answers['route'] : answers['online']) ?? answers['route'] ?? null) as Route | null
}

const words = (name: string) => text(`jp-photo.next.${name}`)

/** What to do with the photo, for each way (R036–R039). */
const reminders: Readonly<Record<Route, (situation: Situation) => readonly Block[]>> = {
  mail: (at) => [
    steps(words('cut'), words('back'), words('glue'), words('send')),
    ...said(at, 'R036').map(paragraph),
    ...checked(at, 'R036', 'R028'),
  ],
  pc: (at) => [
    steps(words('save'), words('site'), words('register')),
    ...said(at, 'R037', 'R036').map(paragraph),
    { kind: 'code', payload: valueOn(at.rulebook, 'R038', at.today), caption: words('open') },
    ...checked(at, 'R037', 'R038'),
  ],
  smartphone: (at) => [
    steps(words('save'), words('form'), words('register')),
    ...said(at, 'R039', 'R036').map(paragraph),
    ...checked(at, 'R039'),
  ],
}

/** What is handed over: paper for the mail, a QR code for computer and smartphone, with paper beside it where that was wanted. */
export function deliveryOf(situation: Situation): Delivery {
  const route = routeOf(situation) ?? 'mail'
  return {
    sheet: route === 'mail' || situation.answers['sheet'] === 'yes',
    handOver: route !== 'mail',
    title: text(`jp-photo.deliver.title.${route}`),
    blocks: [...said(situation, 'R028').map(paragraph), ...reminders[route](situation)],
  }
}
