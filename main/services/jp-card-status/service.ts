import { text } from '../../contract/text.ts'
import { addYears } from '../../rulebook/civil-date.ts'
import type { Service } from '../service.ts'
import { adviseStatus } from './advice.ts'
import { readFacts, statusInquiry } from './inquiry.ts'

/** How far an application is (B3, R020): the ID is scanned, the centre is asked where it can answer, and else the official page is handed over. */
export const cardStatus: Service = {
  id: 'jp-card-status',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['remember', 'know-the-day'],
  sections: 3,
  bring: [text('jp-card-status.bring.form')],
  lines: ['card'],
  application: null,
  steps: [
    { id: 'scan', section: 1, kind: 'scan' },
    { id: 'identifier', section: 1, kind: 'identifier' },
    { id: 'state', section: 2, kind: 'ask', inquiry: statusInquiry },
    {
      id: 'applied',
      section: 2,
      kind: 'date',
      eras: ['western', 'reiwa'],
      range: (today) => ({ from: addYears(today, -20), to: today }),
      when: ({ replies }) => readFacts(replies['state']) === null,
    },
    { id: 'status', section: 3, kind: 'advice', advise: adviseStatus },
  ],
}
