import type { Block } from '../contract/block.ts'
import type { CivilDate } from '../contract/date.ts'
import { text, type Text } from '../contract/text.ts'
import { civilDateAt } from '../rulebook/civil-date.ts'
import { knowsHolidays } from '../rulebook/closed-days.ts'
import { hoursText, openAt, opensNext } from '../rulebook/opening-hours.ts'
import { moicaLine } from '../rulebook/phone-lines.ts'
import { westernToRoc } from '../rulebook/roc-year.ts'
import { valueOn, type Rulebook } from '../rulebook/rulebook.ts'
import { field, paragraph, said } from './blocks.ts'
import type { Situation } from './service.ts'

/** A day from 1912 on as Taiwan's papers write it, with the Western one beside it. */
export function taiwanDate(date: CivilDate): Text {
  const { year, month, day } = westernToRoc(date)
  return text('taiwan.date', { date, year, month, day })
}

/** When offices with these hours open next; nothing where that is not within a month. */
function opening(book: Rulebook, rule: 'immigration-hours' | 'moica-hours' | 'R103', now: number): readonly Block[] {
  const today = civilDateAt(now, 'Asia/Taipei')
  const next = opensNext(book, 'TW', valueOn(book, rule, today), now)
  if (!next) return []
  return [paragraph(text(knowsHolidays(book, 'TW', next.date) ? 'taiwan.opens' : 'taiwan.opens-usually', { date: next.date, time: next.time }))]
}

/** MOICA's telephone line and mail address, whether somebody answers now, and if not, when (R094, R120). */
export function moica(situation: Situation): readonly Block[] {
  const { rulebook, now } = situation
  const { number, email, open, until } = moicaLine(rulebook, now)
  return [
    { kind: 'line', line: { number, language: 'zh', purpose: 'certificate', open, until } },
    ...(open ? [] : opening(rulebook, 'moica-hours', now)),
    ...said(situation, 'moica-hours').map(paragraph),
    field(text('taiwan.mail'), text('taiwan.as-written', { written: email })),
    paragraph(text('taiwan.time')),
  ]
}

/** A page of MOICA as a code for the telephone, with the menu that leads to what is meant. */
export function page({ rulebook, today }: Pick<Situation, 'rulebook' | 'today'>, rule: 'R080' | 'R088' | 'R092' | 'R095' | 'R119' | 'R135'): Block {
  const { url, path } = valueOn(rulebook, rule, today)
  return { kind: 'code', payload: url, caption: text('taiwan.page', { url, menu: path.join(' / ') }) }
}

/** On workdays from when to when, by the hours of a rule. */
export function workdays({ rulebook, today }: Pick<Situation, 'rulebook' | 'today'>, rule: 'immigration-hours' | 'R103'): Text {
  return text('taiwan.workdays', { hours: hoursText(valueOn(rulebook, rule, today).workdays) })
}

/** Whether the offices that keep the hours of a rule are open now, until when, and if not, when they open next. */
export function counter({ rulebook, now }: Pick<Situation, 'rulebook' | 'now'>, rule: 'immigration-hours' | 'R103'): readonly Block[] {
  const { open, until } = openAt(rulebook, 'TW', valueOn(rulebook, rule, civilDateAt(now, 'Asia/Taipei')), now)
  return open ? [paragraph(text('taiwan.open-until', { time: until ?? '' }))] : opening(rulebook, rule, now)
}
