import type { CommandInput } from '../contract/commands.ts'
import { text, type Text } from '../contract/text.ts'
import { addYears } from '../rulebook/civil-date.ts'
import { readEnteredDate } from '../rulebook/entered-date.ts'
import { containsIndividualNumber } from '../rulebook/individual-number.ts'
import type { Answers, Reply, Service, Situation } from '../services/service.ts'
import { signInReplied } from './card.ts'
import { changeVisit, visitOf, type Draft } from './draft.ts'
import { forward, goOn, restartIdle, serviceOfVisit, situationOf, stepOf, stop } from './flow.ts'
import { isThere, stepAt } from './position.ts'
import { forgetPrints } from './printing.ts'
import { numberRefused } from './scanning.ts'

/** The answers to questions that are still asked: one that goes takes along those that hung on its answer. */
function standingAnswers(service: Service, situation: Situation): Answers {
  const { answers } = situation
  const standing = service.steps.flatMap((step) => (answers[step.id] !== undefined && isThere(step, situation) ? [[step.id, answers[step.id] ?? '']] : []))
  return standing.length === Object.keys(answers).length ? answers : standingAnswers(service, { ...situation, answers: Object.fromEntries(standing) })
}

/** Takes an answer (null: passed over), drops those to questions that it makes void, asks the rules, and goes on or stops. */
export function answered(draft: Draft, step: string, value: string | null): void {
  const { answers, stage } = visitOf(draft)
  const service = serviceOfVisit(draft)
  const { [step]: before, ...others } = answers
  if (before !== undefined && before !== value) forgetPrints(draft)
  changeVisit(draft, { answers: value === null ? others : { ...others, [step]: value } })
  const situation = situationOf(draft)
  const { answers: now } = changeVisit(draft, { answers: standingAnswers(service, situation) })
  const judgement = service.judge?.(now, situation.today, situation.rulebook)
  if (judgement?.result === 'stop') stop(draft, judgement.reason, judgement.ways)
  else goOn(draft, step, stage.at === 'step' && stage.correcting)
}

/** Says what is wrong where it was entered; nothing else changes. */
function refuse(draft: Draft, problem: Text): true {
  restartIdle(draft)
  changeVisit(draft, { notice: { tone: 'attention', text: problem } })
  return true
}

/** Nobody alive was born longer ago. */
const longestLife = 130

/** A day as entered. The range of a step says what kind of day it asks for, and so what is wrong with one outside of it. */
export function dateEntered(draft: Draft, input: CommandInput<'date'>): boolean {
  const step = stepOf(draft)
  if (step?.kind !== 'date' || step.id !== input.step || !step.eras.includes(input.era)) return false
  const { era, ...parts } = input
  const read = readEnteredDate(era, parts)
  if (!read.ok) return refuse(draft, text(`date.${read.error.code}`))
  const { today } = situationOf(draft)
  const { from, to } = step.range(today)
  if (read.date < from) return refuse(draft, text(from >= today ? 'date.in-the-past' : from <= addYears(today, -longestLife) ? 'date.too-old' : 'date.too-early'))
  if (read.date > to) return refuse(draft, text(to <= today ? 'date.in-the-future' : 'date.too-late'))
  answered(draft, step.id, read.date)
  if (read.warning && draft.state.visit?.stage.at === 'step')
    changeVisit(draft, { notice: { tone: 'hint', text: text(`date.${read.warning}`, { date: read.date }) } })
  return true
}

/** A number or name as typed: twelve digits that may be someone's number are refused before anything looks at them (B9); nothing passes an optional field over. */
export function fieldEntered(draft: Draft, { step: id, entered }: CommandInput<'enter'>): boolean {
  const step = stepOf(draft)
  if (step?.kind !== 'field' || step.id !== id) return false
  if (entered === '' && step.optional) {
    answered(draft, id, null)
    return true
  }
  if (!step.exempt?.test(entered) && containsIndividualNumber(entered)) {
    numberRefused(draft)
    return refuse(draft, text('field.individual-number'))
  }
  if (entered.length > step.longest) return refuse(draft, text('field.too-long', { longest: step.longest }))
  const read = step.read(entered, situationOf(draft))
  if (!read.ok) return refuse(draft, read.problem)
  answered(draft, id, read.value)
  return true
}

/** What an authority's system said; on an older question it comes too late. */
export function replied(draft: Draft, visit: string, asked: number, reply: Reply): void {
  const current = draft.state.visit
  const step = current && stepAt(current)
  if (current?.visit !== visit || current.asked !== asked) return
  if (step?.kind === 'sign-in') return signInReplied(draft, step.id, reply)
  if (step?.kind !== 'ask') return
  changeVisit(draft, { replies: { ...current.replies, [step.id]: reply } })
  forward(draft)
}
