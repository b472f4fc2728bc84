import type { CivilDate } from '../../contract/date.ts'
import { text, type Text } from '../../contract/text.ts'
import { ageOn } from '../../rulebook/civil-date.ts'
import { judgeForm, type FormAnswers, type WayOut } from '../../rulebook/form-validity.ts'
import { valueOn, type Rulebook } from '../../rulebook/rulebook.ts'
import type { Answers, Judgement } from '../service.ts'

/** The steps to print for each way out, in their order (R026 for the stay; section 0, 5). */
const stepsOfWay: Readonly<Record<WayOut, readonly string[]>> = {
  municipality: ['municipality'],
  'immigration-municipality-apply': ['immigration', 'municipality', 'apply'],
  mail: ['mail'],
  counter: ['counter'],
  office: ['office'],
}

const changed = (yes: boolean): 'changed' | 'same' => (yes ? 'changed' : 'same')

/** The questions of the booth as the decision table asks them: one screen asks for several of its columns. */
function formAnswers(answers: Answers): FormAnswers {
  const { applicant, cause, form, printed, stay } = answers
  const until = answers['stay-until']
  const combined = answers['combined-card']
  return {
    ...(applicant && { applicant: applicant as NonNullable<FormAnswers['applicant']> }),
    ...(cause && { cause: cause as NonNullable<FormAnswers['cause']> }),
    ...(form && { form: form as NonNullable<FormAnswers['form']> }),
    ...(printed && { name: changed(printed === 'name'), address: changed(printed === 'address'), other: changed(printed === 'other') }),
    ...(stay && { stay: stay === 'none' ? 'none' : 'printed', stayChanged: stay === 'changed' ? 'yes' : 'no', stayPending: stay === 'pending' ? 'yes' : 'no' }),
    ...(until && { stayUntil: until }),
    ...(combined && { combinedCard: combined as NonNullable<FormAnswers['combinedCard']> }),
  }
}

/**
 * What to tell before paying though the form may be used (B2, rows 7 to 9; C2, C5): a printed date that comes soon, a renewal that is pending, the combined card;
 * the express issue for who has just come to Japan or has lost the card; that a child or a ward collects the card together with the representative.
 */
export function adviceTexts(answers: Answers, today: CivilDate, rulebook: Rulebook): readonly Text[] {
  const judgement = judgeForm(rulebook, formAnswers(answers), today)
  const notes = judgement && judgement.result !== 'STOP' ? judgement.notes : []
  const { about } = valueOn(rulebook, 'issue-months', today)
  const { days, weeks } = valueOn(rulebook, 'express-issue', today)
  const advice = (name: string, values = {}) => text(`jp-mynumber-application.advice.${name}`, values)
  const values = { months: valueOn(rulebook, 'short-validity', today), about }
  const isForeign = answers['stay'] === 'same' || answers['stay'] === 'pending'
  return [
    ...notes.map((note) => advice(note, values)),
    ...(answers['cause'] === 'first' && isForeign ? [advice('express-first', { days, weeks, fee: valueOn(rulebook, 'express-first', today).fee })] : []),
    ...(answers['cause'] === 'lost' ? [text('rule.reissue', valueOn(rulebook, 'reissue', today)), text('rule.express-issue', valueOn(rulebook, 'express-issue', today))] : []),
    ...(needsRepresentative(answers, today, rulebook) ? [text('rule.representative-age', { value: valueOn(rulebook, 'representative-age', today) })] : []),
  ]
}

/** Whether a legal representative must be there: under 15, by the answer or by the birth date, or an adult ward (C2). */
export function needsRepresentative(answers: Answers, today: CivilDate, rulebook: Rulebook): boolean {
  const birth = answers['birth']
  return answers['applicant'] === 'minor' || answers['applicant'] === 'ward' || (birth !== undefined && ageOn(birth, today) < valueOn(rulebook, 'representative-age', today))
}

/** Stops as soon as the answers so far make it certain (B2; section 0, 4 and 5); an infant also by the birth date. */
export function judgeAnswers(answers: Answers, today: CivilDate, rulebook: Rulebook): Judgement {
  const birth = answers['birth']
  const infant = birth !== undefined && ageOn(birth, today) < valueOn(rulebook, 'no-photo-age', today)
  const judgement = judgeForm(rulebook, { ...formAnswers(answers), ...(infant && { applicant: 'infant' }) }, today)
  if (judgement?.result === 'STOP') return { result: 'stop', reason: judgement.reason, ways: judgement.ways.flatMap((way) => stepsOfWay[way]) }
  if (answers['representative'] === 'absent') return { result: 'stop', reason: 'representative', ways: ['together'] }
  if (answers['later'] === 'no') return { result: 'stop', reason: 'later', ways: ['another-day'] }
  return { result: 'go-on' }
}
