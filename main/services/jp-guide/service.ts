import { text } from '../../contract/text.ts'
import { addYears } from '../../rulebook/civil-date.ts'
import type { Service, Situation } from '../service.ts'
import { adviseCard, adviseNotice, adviseNumber } from './facts.ts'
import { adviseRoute } from './route-advice.ts'

const about =
  (topic: string, further: (situation: Situation) => boolean = () => true) =>
  (situation: Situation) =>
    situation.answers['topic'] === topic && further(situation)

/** Whether the card itself is asked for, and not only its certificates, which the counter renews without further questions. */
const isNewCard = ({ answers }: Situation) => answers['cause'] !== 'certificate-letter'
const isOfBaby = ({ answers }: Situation) => answers['who'] === 'infant'
const because = (cause: string) => about('route', (situation) => situation.answers['cause'] === cause && !isOfBaby(situation))

/** A day in the past, of whoever is here. */
const pastDay = { kind: 'date', eras: ['western', 'reiwa'], range: (today: string) => ({ from: addYears(today, -100), to: today }) } as const

/** What the number and the card are (R001–R035), why the notice has not come (R008–R011), and which way of applying fits (R036–R046, C5). */
export const guide: Service = {
  id: 'jp-guide',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['know-the-day'],
  sections: 2,
  bring: [text('jp-guide.bring.nothing')],
  lines: ['system', 'card'],
  application: null,
  steps: [
    { id: 'topic', section: 1, kind: 'choice', picture: 'envelope', options: ['number', 'notice', 'card', 'route'] },

    { id: 'number', section: 2, kind: 'advice', advise: adviseNumber, when: about('number') },
    { id: 'card', section: 2, kind: 'advice', advise: adviseCard, when: about('card') },

    { id: 'slip', section: 1, kind: 'choice', picture: 'envelope', options: ['no', 'yes'], when: about('notice') },
    { id: 'registered', section: 1, ...pastDay, when: about('notice', ({ answers }) => answers['slip'] === 'no') },
    { id: 'notice', section: 2, kind: 'advice', advise: adviseNotice, when: about('notice') },

    { id: 'who', section: 1, kind: 'choice', picture: 'family', options: ['adult', 'minor', 'ward', 'infant'], when: about('route') },
    { id: 'cause', section: 1, kind: 'choice', picture: 'card', options: ['first', 'arrived', 'renewal-letter', 'certificate-letter', 'lost'], when: about('route', (at) => !isOfBaby(at)) },
    { id: 'arrived-on', section: 1, ...pastDay, when: because('arrived') },
    { id: 'reported-on', section: 1, ...pastDay, when: because('lost') },
    { id: 'residence', section: 1, kind: 'choice', picture: 'counter', options: ['no', 'soon'], when: (at) => because('first')(at) || because('renewal-letter')(at) },
    { id: 'form', section: 1, kind: 'choice', picture: 'form-code', options: ['with-code', 'handwritten', 'none'], when: about('route', (at) => isNewCard(at) && !isOfBaby(at)) },
    {
      id: 'japanese',
      section: 1,
      kind: 'choice',
      picture: 'form',
      options: ['no', 'yes'],
      when: about('route', (at) => isNewCard(at) && !isOfBaby(at) && at.answers['form'] === 'with-code'),
    },
    { id: 'route', section: 2, kind: 'advice', advise: adviseRoute, when: about('route') },
  ],
}
