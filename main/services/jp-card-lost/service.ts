import { text } from '../../contract/text.ts'
import { addYears } from '../../rulebook/civil-date.ts'
import type { Service, Situation } from '../service.ts'
import { adviseCall } from './call.ts'
import { adviseNext } from './next.ts'

const isFound = ({ answers }: Situation) => answers['where'] === 'found'

/** A lost card (B4; R048–R051, R059): the line that is open now comes before any question, then whom to report to and how to get a new card. */
export const cardLost: Service = {
  id: 'jp-card-lost',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['remember', 'know-the-day'],
  sections: 3,
  bring: [text('jp-card-lost.bring.nothing')],
  lines: ['suspend'],
  application: null,
  steps: [
    { id: 'call', section: 1, kind: 'advice', advise: adviseCall },
    { id: 'where', section: 2, kind: 'choice', picture: 'card', options: ['outside', 'home', 'fire', 'found'] },
    { id: 'reported', section: 2, kind: 'choice', picture: 'counter', options: ['no', 'yes'], when: (at) => !isFound(at) },
    {
      id: 'reported-on',
      section: 2,
      kind: 'date',
      eras: ['western', 'reiwa'],
      range: (today) => ({ from: addYears(today, -20), to: today }),
      when: (at) => !isFound(at) && at.answers['reported'] === 'yes',
    },
    { id: 'next', section: 3, kind: 'advice', advise: adviseNext },
  ],
}
