import { describe, expect, it } from 'vitest'
import { guideKeys } from '../../face/guide.ts'
import type { CoinAcceptorEvent } from '../../hardware/coin-acceptor/events.ts'
import { deviceKinds, type DeviceState } from '../../hardware/device.ts'
import type { HopperState } from '../../hardware/hopper/events.ts'
import type { Era } from '../../main/contract/date.ts'
import { languages } from '../../main/contract/language.ts'
import type { refusalReasons } from '../../main/contract/submission.ts'
import type { CardState, PhoneLine, Screen } from '../../main/contract/view.ts'
import type { IdPhotoError } from '../../main/photo/id-photo.ts'
import type { readApplicationCodes, TypedReading } from '../../main/rulebook/application-qr.ts'
import type { Step } from '../../main/services/service.ts'
import type { ClaimReason } from '../../main/session/records.ts'
import type { Stage } from '../../main/session/state.ts'
import type { TillCounter } from '../../main/journal/till.ts'
import { messagesOf } from './catalogue-files.ts'

type Of<Kind extends Screen['screen']> = Extract<Screen, { screen: Kind }>
type Reason<Reading> = Reading extends { readonly ok: false; readonly reason: infer Why extends string } ? Why : never
/** Every member of a closed list; the compiler asks for a member that is missing here. */
type All<Member extends string> = Readonly<Record<Member, true>>

const refusals: All<(typeof refusalReasons)[number]> = {
  malformed: true,
  'too-large': true,
  'wrong-office': true,
  'unknown-booth': true,
  closed: true,
}
const codes: All<Reason<ReturnType<typeof readApplicationCodes>>> = {
  'individual-number': true,
  'too-long': true,
  'not-application': true,
  'two-codes': true,
}
const typed: All<Exclude<Reason<TypedReading>, 'individual-number'>> = { length: true }
const claims: All<ClaimReason> = { cancelled: true, abandoned: true, change: true, refused: true, returned: true, 'not-delivered': true, unclear: true }
const notices: All<Extract<CoinAcceptorEvent, { kind: 'notice' }>['group']> = {
  returned: true,
  slower: true,
  jam: true,
  swallowed: true,
  lever: true,
  fraud: true,
  hardware: true,
}
const photoErrors: All<IdPhotoError> = {
  ...{ 'not-a-picture': true, 'too-large': true, 'too-flat': true, 'no-face': true },
  ...{ 'out-of-frame': true, 'not-as-measured': true, 'models-altered': true },
}
const places: All<Step['kind'] | Exclude<Stage['at'], 'step'>> = {
  ...{ consent: true, info: true, choice: true, date: true, payment: true, scan: true, identifier: true, photo: true, review: true },
  ...{ field: true, ask: true, advice: true, card: true, pin: true, 'sign-in': true, deliver: true, delivering: true },
  ...{ languages: true, menu: true, offer: true, 'code-test': true, typing: true, 'making-photo': true, 'photo-review': true, sending: true, 'paying-out': true },
  ...{ stop: true, receipt: true, claim: true, held: true, leave: true, goodbye: true },
}
const receipts: All<Of<'receipt'>['status']> = { received: true, 'not-confirmed': true, parked: true, refused: true }
const readings: All<Exclude<Of<'scan'>['result'], 'waiting'>> = { readable: true, 'not-readable': true }
const kept: All<Of<'goodbye'>['kept']> = { nothing: true, 'locked-copy': true, 'for-a-person': true }
const purposes: All<PhoneLine['purpose']> = { suspend: true, card: true, system: true, certificate: true, booth: true }
const eras: All<Era> = { western: true, meiji: true, taisho: true, showa: true, heisei: true, reiwa: true, roc: true }

const cards: All<Exclude<CardState, 'insert'>> = { reading: true, mute: true, several: true, silent: true, busy: true, lost: true, failed: true, left: true }

const states: All<DeviceState> = { starting: true, ready: true, limited: true, lost: true, off: true }
const levels: All<HopperState['level']> = { unknown: true, low: true, middle: true, high: true }
const counters: All<TillCounter> = {
  ...{ 'coins-in': true, 'coins-to-box': true, 'coins-to-hoppers': true, 'notes-in': true, 'paid-out': true, refilled: true, collected: true },
  ...{ sales: true, 'sales-number': true, claims: true, 'claims-redeemed': true },
}

const keys = (list: Readonly<Record<string, true>>, ...patterns: readonly string[]) =>
  Object.keys(list).flatMap((member) => patterns.map((pattern) => pattern.replace('*', member)))

describe('closed lists', () => {
  const wanted = [
    ...guideKeys.map((key) => `ui.guide.${key}`),
    ...keys(refusals, 'refusal.*'),
    ...keys(codes, 'scan.*'),
    ...keys(typed, 'typing.*'),
    ...keys(claims, 'slip.claim.why.*'),
    ...keys(notices, 'coin.*'),
    ...keys(photoErrors, 'photo.*'),
    ...keys(places, 'help.*'),
    ...keys(receipts, 'ui.receipt.*', 'ui.receipt.*.hint', 'slip.*.title', 'slip.*.body'),
    ...keys(readings, 'ui.scan.*', 'ui.scan.*.hint'),
    ...keys(kept, 'ui.goodbye.*'),
    ...keys(purposes, 'ui.phone.*'),
    ...keys(eras, 'ui.era.*'),
    ...keys(cards, 'card.*.title', 'card.*.hint'),
    ...deviceKinds.map((kind) => `staff.device.${kind}`),
    ...keys(states, 'staff.state.*'),
    ...keys(levels, 'staff.level.*'),
    ...keys(counters, 'staff.counter.*'),
  ]

  it.each(languages)('have words in %s for each of their members', (language) => {
    const known = new Set(messagesOf(language).map(({ key }) => key))
    expect(wanted.filter((key) => !known.has(key))).toEqual([])
  })
})
