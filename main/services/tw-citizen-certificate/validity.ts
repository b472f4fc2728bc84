import type { Block } from '../../contract/block.ts'
import type { CivilDate } from '../../contract/date.ts'
import { text, type Text } from '../../contract/text.ts'
import { daysBetween, partsOf } from '../../rulebook/civil-date.ts'
import { knowsHolidays } from '../../rulebook/closed-days.ts'
import { westernToRoc } from '../../rulebook/roc-year.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { citizenState, extendedState, extensionWindow, renewalOrder, renewalWindow, type CitizenState } from '../../rulebook/taiwan-citizens.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import { reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { authorisation } from './acts.ts'
import { offices } from './offices.ts'

/** A certificate that is known by the end of its first five years, or by the end of its eight. */
export type KnownCertificate =
  | { readonly expiry: CivilDate; readonly extended: false; readonly wasValid: boolean }
  | { readonly expiry: CivilDate; readonly extended: true }

/** What to tell about a certificate. */
type Outcome =
  | 'wait-extend'
  | 'extend'
  | 'extend-lapsed'
  | 'extend-late'
  | 'ask-extension'
  | 'wait-renew'
  | 'renew'
  | 'ask-renewal'
  | 'new-card'
  | 'resume-first'
  | 'look-up'

const word = (name: string): Text => text(`tw-citizen-certificate.validity.${name}`)

/** The certificate of the answers, as if never suspended: the first expiry is printed on the card, MOICA's page has the one that holds (R134, R135). */
function certificateOf({ answers, today, rulebook }: Situation, extended = answers['extended'] === 'yes'): KnownCertificate {
  const expiry = answers['expiry'] ?? today
  if (!extended) return { expiry, extended, wasValid: true }
  return { expiry: answers['where'] === 'screen' ? expiry : extensionWindow(rulebook, expiry).newExpiry, extended }
}

function stateOf({ rulebook, today }: Situation, certificate: KnownCertificate): CitizenState {
  return certificate.extended ? extendedState(rulebook, certificate.expiry, today) : citizenState(rulebook, certificate, today)
}

/** Whether it changes anything that a certificate was suspended or revoked: not where it only has to wait, and not where it is over (R125). */
export function isStoppedAsked(situation: Situation): boolean {
  const { where, extended } = situation.answers
  if (where === undefined || where === 'unknown' || extended === undefined || extended === 'unsure') return false
  return ['EXTENDABLE', 'LAPSED_EXTENDABLE', 'RENEWABLE'].includes(stateOf(situation, certificateOf(situation)).state)
}

const ofAdvice: Readonly<Record<Exclude<CitizenState['advice'], 'wait' | 'ask' | 'extend'>, Outcome>> = {
  'extend-or-new-card': 'extend-late',
  'renew-online': 'renew',
  counter: 'new-card',
}

function outcomeOf({ state, advice }: CitizenState, stopped: string): Outcome {
  if (stopped === 'revoked') return 'new-card'
  if (stopped === 'unsure') return 'look-up'
  // A suspended certificate that has lapsed was not valid until its end (R125).
  if (stopped === 'suspended') return state === 'LAPSED_EXTENDABLE' ? 'new-card' : 'resume-first'
  if (advice === 'wait') return state === 'VALID' ? 'wait-extend' : 'wait-renew'
  if (advice === 'ask') return state === 'DEAD' ? 'ask-renewal' : 'ask-extension'
  if (advice === 'extend') return state === 'EXTENDABLE' ? 'extend' : 'extend-lapsed'
  return ofAdvice[advice]
}

/** The days to extend, the new expiry, and the fee (R124, R127, R129, X6). */
function extension({ rulebook, today }: Situation, expiry: CivilDate): readonly Block[] {
  const { from, to, newExpiry } = extensionWindow(rulebook, expiry)
  const left = Math.max(0, daysBetween(today, newExpiry))
  return [
    field(word('expiry'), taiwanDate(expiry)),
    field(word('extend-from'), taiwanDate(from)),
    field(word('extend-to'), taiwanDate(to.safe)),
    ...(to.last === to.safe ? [] : [field(word('extend-last'), taiwanDate(to.last)), paragraph(word('grey-day'))]),
    field(word('new-expiry'), taiwanDate(newExpiry)),
    ...(from <= today && today <= to.last ? [field(word('left'), text('tw-citizen-certificate.validity.left.days', { left }))] : []),
    field(word('extend-fee'), text('tw-citizen-certificate.fee', { fee: valueOn(rulebook, 'R129', today) })),
  ]
}

/** The days to renew online, and the fee with its postage (R131, R132). */
function renewal({ rulebook, today }: Situation, expiry: CivilDate): readonly Block[] {
  const { from, to } = renewalWindow(rulebook, expiry)
  const { card, postage, total } = valueOn(rulebook, 'renewal-order', today)
  return [
    field(word('last-expiry'), taiwanDate(expiry)),
    field(word('renew-from'), taiwanDate(from)),
    field(word('renew-to'), taiwanDate(to)),
    field(word('renew-fee'), text('tw-citizen-certificate.fee.parts', { card, postage, total })),
  ]
}

/** How an online renewal goes if it is ordered today (B10): to be paid at once, mailed, and activated with the subscriber code. */
function renewalSteps({ rulebook, today }: Situation): readonly Block[] {
  const { pay, arrivesAbout } = renewalOrder(rulebook, today)
  return [
    steps(
      word('renew.order'),
      text('tw-citizen-certificate.validity.renew.pay', { ...pay }),
      text('tw-citizen-certificate.validity.renew.arrive', { date: arrivesAbout }),
      word('renew.activate'),
    ),
    ...(knowsHolidays(rulebook, 'TW', arrivesAbout) ? [] : [paragraph(word('holidays-unknown'))]),
    attention(word('renew.deleted')),
  ]
}

/** From when to when it can be done; an extension leads to its own last day, so a closed office does not move that (R127, B0.6). */
function windowOf({ rulebook }: Situation, { expiry, extended }: KnownCertificate): { readonly from: CivilDate; readonly closes: CivilDate } {
  if (extended) return { from: renewalWindow(rulebook, expiry).from, closes: expiry }
  const { from, to } = extensionWindow(rulebook, expiry)
  return { from, closes: to.safe }
}

/** What to do to extend, and who can (R128). */
function waysToExtend(situation: Situation): readonly Block[] {
  const { url } = valueOn(situation.rulebook, 'R135', situation.today)
  return [...said(situation, 'R128').map(paragraph), { kind: 'code', payload: url, caption: text('tw-citizen-certificate.site', { url }) }]
}

const newCard = (situation: Situation): readonly Block[] => [...said(situation, 'R133').map(paragraph), ...offices(situation)]

function blocksOf(outcome: Outcome, situation: Situation, certificate: KnownCertificate): readonly Block[] {
  const { rulebook, today } = situation
  const { expiry, extended } = certificate
  const days = extended ? renewal(situation, expiry) : extension(situation, expiry)
  const { from, closes } = windowOf(situation, certificate)
  const remind = (...coming: readonly (readonly [day: CivilDate, title: 'opens' | 'closes' | 'ends'])[]) =>
    reminders(situation, coming.map(([day, title]) => ({ day, title: word(`remind.${title}`) })))
  switch (outcome) {
    case 'wait-extend':
      return [...days, ...said(situation, 'R126', 'R127').map(paragraph), paragraph(word('mail')), ...remind([from, 'opens'], [expiry, 'ends'])]
    case 'wait-renew':
      return [...days, ...said(situation, 'R130', 'R131').map(paragraph), ...remind([from, 'opens'], [expiry, 'closes'])]
    case 'extend':
      return [...waysToExtend(situation), ...days, ...said(situation, 'R126', 'R127').map(paragraph), attention(word('mail')), ...remind([expiry, 'ends'])]
    case 'extend-lapsed':
      return [...waysToExtend(situation), ...days, ...said(situation, 'R126', 'R127').map(paragraph), ...remind([closes, 'closes'])]
    case 'extend-late': {
      const { first } = valueOn(rulebook, 'R123', today)
      const late = attention(text('tw-citizen-certificate.validity.late', { years: first }))
      return [late, ...days, heading(word('late.new-card')), ...newCard(situation), heading(word('late.extend')), ...waysToExtend(situation)]
    }
    case 'renew':
      return [...renewalSteps(situation), ...days, heading(word('renew.else')), ...newCard(situation), ...remind([closes, 'closes'])]
    case 'ask-extension':
    case 'ask-renewal':
      return [...said(situation, ...(extended ? ['renewal-after-expiry'] : [])).map(paragraph), ...moica(situation), ...days, heading(word('else')), ...newCard(situation)]
    case 'new-card':
      return [...newCard(situation), ...said(situation, ...(extended ? ['R130', 'R131'] : ['R124', 'R125'])).map(paragraph)]
    case 'resume-first':
      return [paragraph(word('resume')), ...moica(situation), ...days]
    case 'look-up':
      return [...lookUp(situation), ...days]
  }
}

function lookUp(situation: Situation): readonly Block[] {
  return [...said(situation, 'R135').map(paragraph), page(situation, 'R135'), ...moica(situation)]
}

/** What somebody else may do as well, with the letter of authorisation (R137). */
const isDelegated: readonly Outcome[] = ['extend', 'extend-lapsed', 'extend-late', 'resume-first']

/** What is to be told of a certificate that is known: also what an authority's answer comes to. */
export function certificateAdvice(situation: Situation, certificate: KnownCertificate, stopped: string): Advice {
  const state = stateOf(situation, certificate)
  const outcome = outcomeOf(state, stopped)
  const { from, closes } = windowOf(situation, certificate)
  const left = Math.max(0, daysBetween(situation.today, closes))
  const title = text(`tw-citizen-certificate.validity.title.${outcome}`, { from, expiry: certificate.expiry, until: closes, left })
  const isAsked = ['ask-extension', 'ask-renewal', 'resume-first', 'look-up'].includes(outcome)
  return {
    tone: isAsked || ['extend-lapsed', 'extend-late', 'new-card'].includes(outcome) ? 'attention' : 'good',
    title,
    blocks: [
      ...blocksOf(outcome, situation, certificate),
      ...(isAsked ? [] : moica(situation)),
      ...checked(situation, ...(certificate.extended ? ['R130', 'R131', 'R133', 'renewal-order'] : ['R123', 'R124', 'R127', 'R129', 'R133'])),
    ],
    ...(isDelegated.includes(outcome) && { sheets: [authorisation(situation)] }),
  }
}

/** What the expiry means today: wait, extend, renew, get a new card, or ask (R123–R133). Who does not know whether it was extended is told both. */
export function validityAdvice(situation: Situation): Advice {
  const { extended, stopped, where } = situation.answers
  if (extended !== 'unsure') return certificateAdvice(situation, certificateOf(situation), stopped ?? 'no')
  // MOICA's page shows the expiry that holds: whether it is the first or the last, only the record says.
  const both = [false, true].map((one) => certificateAdvice(situation, certificateOf(situation, one), 'no'))
  return {
    tone: 'attention',
    title: word('title.look-up'),
    blocks: [
      ...lookUp(situation),
      ...both.flatMap(({ title }, index) => [heading(word(index === 0 ? 'if-not-extended' : 'if-extended')), paragraph(title)]),
      ...(where === 'card' ? said(situation, 'R126').map(paragraph) : []),
      ...checked(situation, 'R123', 'R124', 'R131', 'R135'),
    ],
  }
}

/** How the expiry is read: on the card, on MOICA's page, and in years of the Republic (R123, R134, R135, X7). */
export function readingAdvice(situation: Situation): Advice {
  const { year } = partsOf(situation.today)
  const { year: rocYear } = westernToRoc(situation.today)
  return {
    tone: 'plain',
    title: word('reading'),
    blocks: [
      heading(word('reading.card')),
      ...said(situation, 'R134').map(paragraph),
      paragraph(word('reading.extended')),
      heading(word('reading.screen')),
      ...said(situation, 'R135').map(paragraph),
      page(situation, 'R135'),
      heading(word('reading.roc')),
      paragraph(text('tw-citizen-certificate.validity.reading.roc.how', { add: String(year - rocYear), roc: String(rocYear), year: String(year) })),
      ...said(situation, 'R123').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R123', 'R134', 'R135'),
    ],
  }
}
