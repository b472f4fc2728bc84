import { text } from '../../contract/text.ts'
import { addDays, addYears, dayOfAge } from '../../rulebook/civil-date.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import type { Service, Situation } from '../service.ts'
import { adviseMove, adviseUpdate } from './changes.ts'
import { adviseStay } from './stay.ts'
import { adviseValidity } from './validity.ts'

const about =
  (...topics: readonly string[]) =>
  ({ answers }: Situation) =>
    topics.includes(answers['topic'] ?? '')

const hasPeriod = ({ answers }: Situation) => answers['topic'] === 'validity' && (answers['holder'] === 'other' || answers['holder'] === 'temporary')

/** Cities judge the age of 18 on the day of issue or on that of the application (X9): only who turned so shortly before is asked for the second. */
function isAdultOnlyJust({ answers, rulebook, today }: Situation): boolean {
  const { topic, birth, issued } = answers
  if (topic !== 'validity' || birth === undefined || issued === undefined || birth > issued) return false
  const adult = dayOfAge(birth, valueOn(rulebook, 'card-validity', today).adultAge)
  return adult <= issued && addYears(issued, -1) < adult
}

const paper = ['western', 'reiwa', 'heisei'] as const
const day = { kind: 'date', eras: paper } as const
const pastDay = { ...day, range: (today: string) => ({ from: addYears(today, -20), to: today }) }
const anyDay = { ...day, range: (today: string) => ({ from: addYears(today, -20), to: addYears(today, 20) }) }

/** Keeping a card alive (B5; R033, R034): the update after a change, a move, the stay, and how long the card is good for, each with its days. */
export const cardCare: Service = {
  id: 'jp-card-care',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['remember', 'know-the-day'],
  sections: 2,
  bring: [text('jp-card-care.bring.card')],
  lines: ['card'],
  application: null,
  steps: [
    { id: 'topic', section: 1, kind: 'choice', picture: 'card', options: ['changed', 'moved', 'stay-renewed', 'stay-pending', 'validity'] },

    { id: 'changed', section: 1, ...anyDay, when: about('changed') },
    { id: 'update', section: 2, kind: 'advice', advise: adviseUpdate, when: about('changed') },

    { id: 'moved', section: 1, ...anyDay, when: about('moved') },
    { id: 'planned', section: 1, ...anyDay, when: about('moved') },
    { id: 'notice', section: 1, kind: 'choice', picture: 'counter', options: ['no', 'yes', 'again'], when: about('moved') },
    { id: 'notified', section: 1, ...pastDay, when: (at) => about('moved')(at) && at.answers['notice'] === 'yes' },
    { id: 'move', section: 2, kind: 'advice', advise: adviseMove, when: about('moved') },

    { id: 'card-until', section: 1, ...anyDay, when: about('stay-renewed', 'stay-pending') },
    { id: 'stay', section: 2, kind: 'advice', advise: adviseStay, when: about('stay-renewed', 'stay-pending') },

    { id: 'holder', section: 1, kind: 'choice', picture: 'card', options: ['japanese', 'permanent', 'highly-skilled-2', 'other', 'temporary'], when: about('validity') },
    {
      id: 'birth',
      section: 1,
      kind: 'date',
      eras: ['reiwa', 'heisei', 'showa', 'taisho', 'western'],
      range: (today) => ({ from: addDays(addYears(today, -131), 1), to: today }),
      when: about('validity'),
    },
    { id: 'issued', section: 1, ...pastDay, when: about('validity') },
    { id: 'applied', section: 1, ...pastDay, when: isAdultOnlyJust },
    { id: 'stay-until', section: 1, ...anyDay, when: hasPeriod },
    { id: 'validity', section: 2, kind: 'advice', advise: adviseValidity, when: about('validity') },
  ],
}
