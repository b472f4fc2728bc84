import type { Block } from '../../contract/block.ts'
import type { CalendarDay } from '../../contract/calendar.ts'
import { text } from '../../contract/text.ts'
import type { Situation } from '../service.ts'

/** A day to keep, as a code for the calendar of the resident's telephone. */
export function reminder({ today }: Pick<Situation, 'today'>, day: CalendarDay): Block {
  return { kind: 'calendar', made: today, days: [day], caption: text('tw-resident-certificate.calendar') }
}
