import { addDays, addYears } from '../../rulebook/civil-date.ts'
import { text } from '../../contract/text.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import type { Service, Situation } from '../service.ts'
import { adviceTexts, judgeAnswers, needsRepresentative } from './rules.ts'
import { reviewItems } from './fields.ts'
import { applicationFields } from './payload.ts'

const stayIsPrinted = ({ answers }: Situation) => answers['stay'] === 'same' || answers['stay'] === 'pending'

/** Asked for only since there is the combined card (X8). */
const mayBeCombined = (situation: Situation) => stayIsPrinted(situation) && valueOn(situation.rulebook, 'combined-card', situation.today)

/**
 * The application for a My Number Card at the booth (R040–R047, state machine B1): everything that could stop it is asked before any money, then pay, scan,
 * details, photo, review.
 */
export const myNumberApplication: Service = {
  id: 'jp-mynumber-application',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['take-coins', 'take-photo', 'print-receipt', 'submit', 'remember', 'know-the-day'],
  sections: 7,
  bring: [text('jp-mynumber-application.bring.form'), text('jp-mynumber-application.bring.money'), text('jp-mynumber-application.bring.time')],
  steps: [
    { id: 'privacy', section: 1, kind: 'consent', boxes: ['privacy', 'terms', 'age'] },
    {
      id: 'number',
      section: 1,
      kind: 'info',
      picture: 'fold-number',
      body: () => ['not-needed', 'fold', 'nobody', 'ask-why'].map((line) => text(`jp-mynumber-application.number.${line}`)),
    },
    { id: 'applicant', section: 1, kind: 'choice', picture: 'family', options: ['adult', 'minor', 'ward', 'infant'] },
    { id: 'representative', section: 1, kind: 'choice', picture: 'family', options: ['here', 'absent'], when: ({ answers, today, rulebook }) => needsRepresentative(answers, today, rulebook) },
    { id: 'cause', section: 1, kind: 'choice', picture: 'envelope', options: ['first', 'renewal-letter', 'certificate-letter', 'lost'] },
    { id: 'form', section: 1, kind: 'choice', picture: 'form-code', options: ['with-code', 'handwritten', 'none'] },
    { id: 'printed', section: 1, kind: 'choice', picture: 'form', options: ['same', 'name', 'address', 'other'] },
    { id: 'stay', section: 1, kind: 'choice', picture: 'form-dates', options: ['none', 'same', 'changed', 'pending'] },
    {
      id: 'stay-until',
      section: 1,
      kind: 'date',
      eras: ['western', 'reiwa', 'heisei'],
      range: (today) => ({ from: addYears(today, -20), to: addYears(today, 20) }),
      when: stayIsPrinted,
    },
    { id: 'combined-card', section: 1, kind: 'choice', picture: 'card', options: ['no', 'yes'], when: mayBeCombined },
    {
      id: 'advice',
      section: 1,
      kind: 'info',
      picture: 'clock',
      body: ({ answers, today, rulebook }) => adviceTexts(answers, today, rulebook),
      when: ({ answers, today, rulebook }) => adviceTexts(answers, today, rulebook).length > 0,
    },
    { id: 'later', section: 1, kind: 'choice', picture: 'clock', options: ['agree', 'no'], when: ({ sendsLater }) => sendsLater },
    { id: 'pay', section: 2, kind: 'payment' },
    { id: 'scan', section: 3, kind: 'scan' },
    { id: 'identifier', section: 3, kind: 'identifier' },
    {
      id: 'birth',
      section: 4,
      kind: 'date',
      eras: ['reiwa', 'heisei', 'showa', 'taisho', 'western'],
      range: (today) => ({ from: addDays(addYears(today, -131), 1), to: today }),
    },
    { id: 'certificates', section: 4, kind: 'choice', picture: 'card', options: ['both', 'authentication', 'none'] },
    { id: 'braille', section: 4, kind: 'choice', picture: 'card', options: ['no', 'yes'] },
    { id: 'photo', section: 5, kind: 'photo' },
    { id: 'review', section: 6, kind: 'review' },
  ],
  lines: ['card'],
  judge: judgeAnswers,
  application: {
    required: ['applicant', 'representative', 'cause', 'birth', 'certificates', 'braille'],
    review: reviewItems,
    fields: applicationFields,
  },
}
