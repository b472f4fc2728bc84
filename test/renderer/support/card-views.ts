import { text } from '../../../main/contract/text.ts'
import type { Screen } from '../../../main/contract/view.ts'
import { adviseCard } from '../../../main/services/jp-card-check/service.ts'
import { moicaCard, myNumber } from '../../support/card-facts.ts'
import { situation } from '../../support/situation.ts'

const card = { screen: 'card', step: 'card' } as const
const pin = { screen: 'pin', step: 'pin', act: 'change-pin', title: text('jp-pin-change.pin.title'), hint: text('jp-pin-change.pin.hint'), pad: false, shuffled: false, ready: true, working: false } as const
const advice = { screen: 'advice', step: 'result', print: 'possible', last: true, others: true } as const
const soon = myNumber({ expiry: '2027-01-10', tries: { authentication: 1, signature: 0 } })

/** The screens that have to do with chip cards, by name. */
export const cardScreens: Readonly<Record<string, Screen>> = {
  'card-insert': { ...card, state: 'insert', title: text('jp-card-check.card.title'), hint: text('jp-card-check.card.hint') },
  ...Object.fromEntries(
    (['reading', 'mute', 'left'] as const).map((state) => [`card-${state}`, { ...card, state, title: text(`card.${state}.title`), hint: text(`card.${state}.hint`) }]),
  ),
  'pin-digits': { ...pin, pin: 'authentication', tries: 3 },
  'pin-letters': { ...pin, pin: 'signature', tries: 5 },
  'pin-last-try': { ...pin, pin: 'authentication', tries: 1 },
  'pin-working': { ...pin, pin: 'authentication', tries: 3, ready: false, working: true },
  'pin-sign-in': { ...pin, act: 'sign-in', step: 'sign-in', pin: 'authentication', tries: 3, pad: true, shuffled: true, title: text('jp-linking.sign-in.title'), hint: text('jp-linking.sign-in.hint') },
  'card-advice-good': { ...advice, ...adviseCard(situation({ card: myNumber() })), sheets: [] },
  'card-advice-attention': { ...advice, ...adviseCard(situation({ card: soon })), sheets: [] },
  'card-advice-moica': { ...advice, ...adviseCard(situation({ card: moicaCard('2026-12-24'), answers: { holder: 'citizen', extended: 'no' } })), sheets: [] },
  'leave-card': { screen: 'leave', card: true },
}
