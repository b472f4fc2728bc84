import type { Block } from '../contract/block.ts'
import { text, type Text } from '../contract/text.ts'
import type { CivilDate } from '../contract/date.ts'
import { knowsHolidays } from '../rulebook/closed-days.ts'
import type { Deadline } from '../rulebook/counting.ts'
import { dateText } from '../rulebook/date-text.ts'
import { field, paragraph } from './blocks.ts'
import type { Situation } from './service.ts'

/** Until when to act in Japan: the safe day, and the last on which it should still be taken; on the days between, the office is asked (B0.4, B0.6). */
export function deadline({ rulebook }: Pick<Situation, 'rulebook'>, { safe, last }: Deadline): readonly Block[] {
  return [
    field(text('deadline.safe'), dateText(safe)),
    field(text('deadline.last'), dateText(last)),
    ...(safe === last ? [] : [paragraph(text('deadline.between'))]),
    ...(knowsHolidays(rulebook, 'JP', last) ? [] : [paragraph(text('deadline.holidays'))]),
  ]
}

/** The days that are still to come, for the resident's own calendar, rung a week and a day before; nothing where none is. */
export function reminders({ today }: Pick<Situation, 'today'>, days: readonly { readonly day: CivilDate; readonly title: Text }[]): readonly Block[] {
  const coming = days.filter(({ day }) => day > today).map((one) => ({ ...one, remind: [7, 1] }))
  return coming.length === 0 ? [] : [{ kind: 'calendar', made: today, days: coming, caption: text('deadline.calendar') }]
}
