import { text } from '../../contract/text.ts'
import { addDays, addYears } from '../../rulebook/civil-date.ts'
import type { Service, Situation, Step } from '../service.ts'
import { delegationAdvice } from './acts.ts'
import { canApply, counterAdvice, eligibilityAdvice, flowAdvice, readIdentityNumber } from './apply.ts'
import { firstPinAdvice, unlockAdvice } from './pin.ts'
import { readCard, statusAdvice, statusInquiry } from './status.ts'
import { usesAdvice } from './uses.ts'
import { isStoppedAsked, readingAdvice, validityAdvice } from './validity.ts'

/** For who answered a question in one of these ways. */
const when =
  (question: string, ...answered: readonly string[]) =>
  ({ answers }: Situation): boolean =>
    answered.includes(answers[question] ?? '')

const birthDays = (today: string) => ({ from: addDays(addYears(today, -131), 1), to: today })
/** The first certificates ended in 2008; none ends later than what is issued today. */
const expiryDays = (today: string) => ({ from: '2008-01-01', to: addYears(today, 8) })
const issueDays = (today: string) => ({ from: '2003-01-01', to: today })

/** A number of the resident's own: read and forgotten, and never needed to go on. */
const number = { kind: 'field', keys: 'letters', secret: true, optional: true } as const

/** Who can apply, what to bring, how to go about it, what happens at the counter (R100–R112). */
const apply: readonly Step[] = [
  { id: 'birth', section: 2, kind: 'date', eras: ['roc', 'western'], range: birthDays, when: when('need', 'apply') },
  { id: 'household', section: 2, kind: 'choice', picture: 'family', options: ['yes', 'no'], when: when('need', 'apply') },
  { id: 'guardianship', section: 2, kind: 'choice', picture: 'family', options: ['no', 'yes'], when: when('need', 'apply') },
  { id: 'identity-number', section: 2, ...number, longest: 10, read: readIdentityNumber, when: canApply },
  { id: 'eligibility', section: 3, kind: 'advice', advise: eligibilityAdvice, when: when('need', 'apply') },
  { id: 'counter', section: 3, kind: 'advice', advise: counterAdvice, when: canApply },
  { id: 'flow', section: 3, kind: 'advice', advise: flowAdvice, when: canApply },
]

/** How to read the expiry, and what it means today: wait, extend, renew, a new card, or ask (R123–R135). */
const validity: readonly Step[] = [
  { id: 'where', section: 2, kind: 'choice', picture: 'card', options: ['card', 'screen', 'unknown'], when: when('need', 'validity') },
  { id: 'expiry', section: 2, kind: 'date', eras: ['western', 'roc'], range: expiryDays, when: when('where', 'card', 'screen') },
  { id: 'extended', section: 2, kind: 'choice', picture: 'clock', options: ['no', 'yes', 'unsure'], when: when('where', 'card', 'screen') },
  { id: 'stopped', section: 2, kind: 'choice', picture: 'card', options: ['no', 'suspended', 'revoked', 'unsure'], when: isStoppedAsked },
  { id: 'reading', section: 3, kind: 'advice', advise: readingAdvice, when: when('where', 'unknown') },
  { id: 'advice', section: 3, kind: 'advice', advise: validityAdvice, when: when('where', 'card', 'screen') },
]

const origins = ['counter-default', 'counter-own', 'online', 'reset', 'unsure']

/** Which PIN a card has, and how to open a locked one, without ever asking for PIN or code (R115–R122). */
const pin: readonly Step[] = [
  { id: 'pin', section: 2, kind: 'choice', picture: 'card', options: ['first', 'locked', 'code'], when: when('need', 'pin') },
  { id: 'origin', section: 2, kind: 'choice', picture: 'counter', options: origins, when: when('pin', 'first') },
  { id: 'issued', section: 2, kind: 'date', eras: ['western', 'roc'], range: issueDays, when: when('origin', 'counter-default') },
  { id: 'code', section: 2, kind: 'choice', picture: 'card', options: ['remembered', 'forgotten'], when: when('pin', 'locked') },
  { id: 'site', section: 2, kind: 'choice', picture: 'card', options: ['works', 'fails'], when: when('code', 'remembered') },
  { id: 'first-pin', section: 3, kind: 'advice', advise: firstPinAdvice, when: when('pin', 'first') },
  { id: 'unlock', section: 3, kind: 'advice', advise: unlockAdvice, when: when('pin', 'locked', 'code') },
]

/** Three of these ask once more. */
const actGroups = ['stop', 'contact', 'reset-code', 'extend', 'unlock', 'card']

/** Who may do what with a certificate, and what a delegate brings (R136–R138). */
const acts: readonly Step[] = [
  { id: 'act', section: 2, kind: 'choice', picture: 'counter', options: actGroups, when: when('need', 'acts') },
  { id: 'stop', section: 2, kind: 'choice', picture: 'card', options: ['suspend', 'resume', 'revoke'], when: when('act', 'stop') },
  { id: 'contact', section: 2, kind: 'choice', picture: 'envelope', options: ['mobile', 'email', 'publication'], when: when('act', 'contact') },
  { id: 'card', section: 2, kind: 'choice', picture: 'card', options: ['apply', 'renew'], when: when('act', 'card') },
  { id: 'delegation', section: 3, kind: 'advice', advise: delegationAdvice, when: when('need', 'acts') },
]

/** Asks MOICA for a certificate where the operator has a line to it; else says where to look it up (R135). */
const status: readonly Step[] = [
  { id: 'card-number', section: 2, ...number, longest: 16, exempt: /^[A-Z]{2}[0-9]{14}$/, read: readCard, when: when('need', 'status') },
  { id: 'look-up', section: 2, kind: 'ask', inquiry: statusInquiry, when: ({ answers }) => answers['card-number'] !== undefined },
  { id: 'status', section: 3, kind: 'advice', advise: statusAdvice, when: when('need', 'status') },
]

/** The certificate of Taiwan's citizens (自然人憑證): checks, counts days, explains, prepares; to act is for office and MOICA (B10). */
export const citizenCertificate: Service = {
  id: 'tw-citizen-certificate',
  zone: 'Asia/Taipei',
  group: 'taiwan',
  needs: ['remember', 'know-the-day'],
  sections: 3,
  bring: [text('tw-citizen-certificate.bring.card'), text('tw-citizen-certificate.bring.secrets')],
  lines: ['certificate'],
  application: null,
  steps: [
    { id: 'need', section: 1, kind: 'choice', picture: 'card', options: ['apply', 'validity', 'pin', 'acts', 'status', 'uses'] },
    ...apply,
    ...validity,
    ...pin,
    ...acts,
    ...status,
    { id: 'uses', section: 3, kind: 'advice', advise: usesAdvice, when: when('need', 'uses') },
  ],
}
