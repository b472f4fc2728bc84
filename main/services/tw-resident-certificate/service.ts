import { text } from '../../contract/text.ts'
import type { CivilDate } from '../../contract/date.ts'
import { addDays, addYears } from '../../rulebook/civil-date.ts'
import type { Service, Situation } from '../service.ts'
import { afterwardsAdvice, applyAdvice, obstaclesOf } from './apply.ts'
import { activationAdvice, deliveryAdvice } from './card.ts'
import { expiryAdvice } from './expiry.ts'
import { numberLength, readNumber } from './number.ts'
import { payAdvice } from './pay.ts'
import { statusAdvice, statusInquiry } from './status.ts'
import { lostAdvice, resumeAdvice, suspendAdvice } from './suspension.ts'

type When = (situation: Situation) => boolean

/** Whether the resident came for `topic`, and answered this so far. */
const about =
  (topic: string, answered: Readonly<Record<string, string>> = {}): When =>
  ({ answers }) =>
    answers['topic'] === topic && Object.entries(answered).every(([step, value]) => answers[step] === value)
const either =
  (...conditions: readonly When[]): When =>
  (situation) =>
    conditions.some((holds) => holds(situation))

const canApply: When = (situation) => about('apply')(situation) && obstaclesOf(situation).obstacles.length === 0
const suspends = about('stop', { need: 'suspend' })
const resumes = about('stop', { need: 'resume' })

const day = { kind: 'date', eras: ['western', 'roc'] } as const
/** A day in the last `years`, today among them. */
const past = (years: number) => ({ ...day, range: (today: CivilDate) => ({ from: addYears(today, -years), to: today }) }) as const
/** A day that is printed on a card that may have expired. */
const printed = { ...day, range: (today: CivilDate) => ({ from: addYears(today, -20), to: addYears(today, 20) }) } as const
const number = { kind: 'field', keys: 'letters', longest: numberLength, secret: true, read: readNumber } as const

/**
 * The certificate of foreign residents in Taiwan (R070–R099, machine B7): whether it can be applied for, the countdown to the payment, the card and its
 * activation, suspending and resuming, its expiry, and where an order stands. Nothing is applied for, paid or activated here (section 0, 19).
 */
export const residentCertificate: Service = {
  id: 'tw-resident-certificate',
  zone: 'Asia/Taipei',
  group: 'taiwan',
  needs: ['remember', 'know-the-day'],
  sections: 3,
  bring: [text('tw-resident-certificate.bring.papers')],
  lines: ['certificate'],
  application: null,
  steps: [
    { id: 'topic', section: 1, kind: 'choice', picture: 'card', options: ['apply', 'pay', 'card', 'stop', 'expiry', 'status'] },

    {
      id: 'birth',
      section: 2,
      ...day,
      range: (today) => ({ from: addDays(addYears(today, -131), 1), to: today }),
      when: about('apply'),
    },
    { id: 'document', section: 2, kind: 'choice', picture: 'card', options: ['chip', 'other', 'none'], when: about('apply') },
    { id: 'document-until', section: 2, ...printed, when: about('apply', { document: 'chip' }) },
    { id: 'who', section: 2, kind: 'choice', picture: 'counter', options: ['self', 'other'], when: about('apply') },
    { id: 'number', section: 2, ...number, optional: true, when: about('apply') },
    { id: 'can-apply', section: 3, kind: 'advice', advise: applyAdvice, when: about('apply') },
    { id: 'afterwards', section: 3, kind: 'advice', advise: afterwardsAdvice, when: canApply },

    { id: 'applied', section: 2, ...past(5), when: about('pay') },
    { id: 'pay', section: 3, kind: 'advice', advise: payAdvice, when: about('pay') },

    { id: 'arrived', section: 2, kind: 'choice', picture: 'envelope', options: ['no', 'yes'], when: about('card') },
    { id: 'paid', section: 2, ...past(5), when: about('card', { arrived: 'no' }) },
    { id: 'where', section: 2, kind: 'choice', picture: 'envelope', options: ['main', 'islands'], when: about('card', { arrived: 'no' }) },
    { id: 'delivery', section: 3, kind: 'advice', advise: deliveryAdvice, when: about('card', { arrived: 'no' }) },
    { id: 'activation', section: 3, kind: 'advice', advise: activationAdvice, when: about('card', { arrived: 'yes' }) },

    { id: 'need', section: 2, kind: 'choice', picture: 'card', options: ['lost', 'suspend', 'resume'], when: about('stop') },
    { id: 'lost', section: 3, kind: 'advice', advise: lostAdvice, when: about('stop', { need: 'lost' }) },
    { id: 'taken', section: 2, kind: 'choice', picture: 'clock', options: ['no', 'yes'], when: either(suspends, resumes) },
    { id: 'accepted', section: 2, ...past(5), when: about('stop', { taken: 'yes' }) },
    { id: 'both', section: 2, kind: 'choice', picture: 'form', options: ['yes', 'no'], when: about('stop', { taken: 'no' }) },

    { id: 'known', section: 2, kind: 'choice', picture: 'card', options: ['printed', 'issued'], when: about('expiry') },
    { id: 'issued', section: 2, ...past(20), when: about('expiry', { known: 'issued' }) },
    { id: 'card-until', section: 2, ...printed, when: either(resumes, about('expiry', { known: 'printed' })) },
    { id: 'suspend', section: 3, kind: 'advice', advise: suspendAdvice, when: suspends },
    { id: 'resume', section: 3, kind: 'advice', advise: resumeAdvice, when: resumes },
    { id: 'expiry', section: 3, kind: 'advice', advise: expiryAdvice, when: about('expiry') },

    { id: 'order-number', section: 2, ...number, optional: false, when: about('status') },
    { id: 'ask', section: 2, kind: 'ask', inquiry: statusInquiry, when: about('status') },
    { id: 'status', section: 3, kind: 'advice', advise: statusAdvice, when: about('status') },
  ],
}
