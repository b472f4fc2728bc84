import { civilDateAt } from '../civil-date.ts'
import { judgeForm, type FormAnswers, type FormReason } from '../form-validity.ts'
import {
  applicationStates, applicationStatus, cardHolders, cardValidity, expressDeadline, moveState, noticeArrival, photoNotBefore, stayExtension, atCounter, updateDeadline,
  type ApplicationState, type CardHolder,
} from '../japan-card.ts'
import { lastDayFrom } from '../counting.ts'
import { phoneRuleFor, resolvePhoneLines, type PhonePurpose } from '../phone-lines.ts'
import { valueOn } from '../rulebook.ts'
import { birth, choice, day, maybeDay, moment, onDay, untilOpen, type Given, type Option, type Question } from './question.ts'

/** The rules behind the rows that are outside of the pamphlet. */
const decidedBy: Readonly<Partial<Record<FormReason, string>>> = { infant: 'no-photo-age', short: 'short-validity', pending: 'stay-extension', 'combined-card': 'combined-card' }

const formOptions: readonly Option[] = [
  choice('applicant', ['adult', 'minor', 'ward', 'infant'], 'adult'),
  choice('cause', ['first', 'renewal-letter', 'certificate-letter', 'lost'], 'first'),
  choice('form', ['with-code', 'handwritten', 'none'], 'with-code'),
  choice('name', ['same', 'changed'], 'same'),
  choice('address', ['same', 'changed'], 'same'),
  choice('other', ['same', 'changed'], 'same'),
  choice('stay-changed', ['no', 'yes'], 'no'),
  choice('pending', ['no', 'yes'], 'no'),
  choice('combined-card', ['no', 'yes'], 'no'),
  maybeDay('expiry'),
]

function formAnswers(given: Given): FormAnswers {
  const expiry = given.maybe('expiry')
  const stated = {
    applicant: given.text('applicant'),
    cause: given.text('cause'),
    form: given.text('form'),
    name: given.text('name'),
    address: given.text('address'),
    other: given.text('other'),
    stay: expiry === null && given.text('stay-changed') === 'no' && given.text('pending') === 'no' ? 'none' : 'printed',
    stayChanged: given.text('stay-changed'),
    stayPending: given.text('pending'),
    combinedCard: given.text('combined-card'),
  }
  return { ...(stated as FormAnswers), ...(expiry !== null && { stayUntil: expiry }) }
}

const language: Option = { name: 'language', kind: 'language', otherwise: 'ja' }

/** The rules of the My Number Card that are computed. */
export const japaneseQuestions: readonly Question[] = [
  {
    name: 'form-validity',
    rule: 'R024',
    ids: ['R021', 'R022', 'R023', 'R023b', 'R024', 'R025', 'R026'],
    options: formOptions,
    answer(given, book) {
      const judgement = judgeForm(book, formAnswers(given), given.today)
      if (judgement === null) return { at: 'expiry', reason: 'is missing' }
      const representative = given.text('applicant') === 'minor' || given.text('applicant') === 'ward'
      return { ...onDay({ ...judgement, representative }, given.today), rule: judgement.rule ?? decidedBy[judgement.reason] ?? 'R024' }
    },
  },
  {
    name: 'notice-arrival',
    rule: 'R008',
    ids: ['R008'],
    options: [day('registered')],
    answer: (given, book) => ({ value: 'about', ...noticeArrival(book, given.date('registered')) }),
  },
  {
    name: 'photo-age',
    rule: 'R036',
    ids: ['R036'],
    options: [day('applied')],
    answer(given, book) {
      const from = photoNotBefore(book, given.date('applied'))
      return { value: from, from, to: given.date('applied') }
    },
  },
  {
    name: 'update-deadline',
    rule: 'R033',
    ids: ['R033'],
    options: [day('changed')],
    answer: (given, book) => untilOpen(book, 'JP', given.date('changed'), updateDeadline(book, given.date('changed'))),
  },
  {
    name: 'moving',
    rule: 'planned-move-out',
    ids: [],
    options: [day('moved'), day('planned-move-out'), maybeDay('notified')],
    answer(given, book) {
      const [moved, notified] = [given.date('moved'), given.maybe('notified')]
      if (notified !== null && notified < moved) return { at: 'notified', reason: 'is before --moved' }
      if (notified !== null && notified > given.today) return { at: 'notified', reason: 'is in the future' }
      const state = moveState(book, { moved, plannedMoveOut: given.date('planned-move-out'), notified }, given.today)
      if (state.state === 'lapsed') return { value: { state: state.state }, from: null, to: null }
      const { value, ...days } = untilOpen(book, 'JP', notified ?? moved, state.deadline)
      return { ...days, value: { state: state.state, ...(value as object), now: state.now } }
    },
  },
  {
    name: 'continued-use',
    rule: 'continued-use',
    ids: [],
    options: [day('moved-in')],
    answer: (given, book) => untilOpen(book, 'JP', given.date('moved-in'), atCounter(book, lastDayFrom(given.date('moved-in'), valueOn(book, 'continued-use', given.today)))),
  },
  {
    name: 'stay-extension',
    rule: 'stay-extension',
    ids: [],
    options: [day('card-until'), day('applied')],
    answer(given, book) {
      const extended = stayExtension(book, given.date('card-until'), given.date('applied'))
      if (extended === null) return { value: { extended: false }, from: null, to: null }
      return { value: { extended: true, ...extended, ask: extended.safe !== extended.last }, from: given.date('card-until'), to: extended.last }
    },
  },
  {
    name: 'card-validity',
    rule: 'card-validity',
    ids: ['R034'],
    options: [birth, day('issued', 'now'), maybeDay('applied'), choice('holder', cardHolders, 'japanese'), maybeDay('stay-until')],
    answer(given, book) {
      const [born, issued, applied, stayUntil] = [given.date('birth'), given.date('issued'), given.maybe('applied'), given.maybe('stay-until')]
      const holder = given.text('holder') as CardHolder
      if (issued < born) return { at: 'issued', reason: 'is before --birth' }
      if (applied !== null && applied > issued) return { at: 'applied', reason: 'is after --issued' }
      const hasPeriod = holder === 'other' || holder === 'temporary'
      if (hasPeriod && stayUntil === null) return { at: 'stay-until', reason: 'is missing' }
      if (!hasPeriod && stayUntil !== null) return { at: 'stay-until', reason: 'goes with --holder other | temporary only' }
      if (stayUntil !== null && stayUntil < issued) return { at: 'stay-until', reason: 'is before --issued' }
      const { card, certificate } = cardValidity(book, { holder, birth: born, issued, applied, stayUntil })
      return { value: { estimate: true, card: { ...card }, certificate: { ...certificate } }, from: issued, to: card.safe }
    },
  },
  {
    name: 'express-issue',
    rule: 'express-issue',
    ids: [],
    options: [day('reported')],
    answer(given, book) {
      const { fee, withoutCertificate, weeks } = valueOn(book, 'express-issue', given.today)
      const { value, ...days } = untilOpen(book, 'JP', given.date('reported'), expressDeadline(book, given.date('reported')))
      return { ...days, value: { ...(value as object), weeks, fee, withoutCertificate } }
    },
  },
  {
    name: 'application-status',
    rule: 'issue-months',
    ids: ['R020'],
    options: [day('applied'), choice('state', applicationStates, 'SUBMITTED'), maybeDay('pick-up-until'), maybeDay('stay-until')],
    answer(given, book) {
      const applied = given.date('applied')
      if (applied > given.today) return { at: 'applied', reason: 'is in the future' }
      if ((given.maybe('pick-up-until') ?? applied) < applied) return { at: 'pick-up-until', reason: 'is before --applied' }
      const facts = { state: given.text('state') as ApplicationState, applied, pickUpUntil: given.maybe('pick-up-until'), stayUntil: given.maybe('stay-until') }
      const { state, advice, postcardAbout, askFrom } = applicationStatus(book, facts, given.today)
      return { value: { state, advice, postcardAbout, askFrom }, from: postcardAbout, to: askFrom }
    },
  },
  {
    name: 'phone-lines',
    rule: 'R052',
    ids: ['R050', 'R051', 'R052', 'R053', 'R054', 'R055', 'R056', 'R057', 'R059'],
    options: [language, choice('purpose', ['suspend', 'card', 'system'], 'suspend'), moment],
    answer(given, book) {
      const purpose = given.text('purpose') as PhonePurpose
      const lines = resolvePhoneLines(book, given.text('language'), purpose, given.instant('at'))
      const today = civilDateAt(given.instant('at'), 'Asia/Tokyo')
      const own = phoneRuleFor(book, given.text('language'), purpose, today)
      return { ...onDay(lines.map((line) => ({ ...line })), today), ...(own && { rule: own }) }
    },
  },
  {
    name: 'lost-card',
    rule: 'R050',
    ids: ['R048', 'R049'],
    options: [language, choice('where', ['outside', 'home', 'fire'], 'outside'), moment],
    answer(given, book) {
      const today = civilDateAt(given.instant('at'), 'Asia/Tokyo')
      const lines = resolvePhoneLines(book, given.text('language'), 'suspend', given.instant('at')).map((line) => ({ ...line }))
      const proof = { outside: 'police-number', home: 'written-statement', fire: 'fire-certificate' }[given.text('where')] ?? null
      return onDay({ lines, proof, steps: ['suspend', 'police', 'municipality'], reissue: { ...valueOn(book, 'reissue', today) } }, today)
    },
  },
]
