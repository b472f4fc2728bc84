import { text } from '../../contract/text.ts'
import type { Service, Situation } from '../service.ts'
import { adviseLine, certificateLine, tongues } from './lines.ts'

const isTaiwan = ({ answers }: Situation) => answers['topic'] === 'certificate'

/** Whom to call (B8; R052–R059, R094): the line that is open now, in the language that somebody speaks and not only reads. */
export const phoneLines: Service = {
  id: 'phone-lines',
  zone: 'Asia/Tokyo',
  group: 'help',
  needs: ['remember', 'know-the-day'],
  sections: 2,
  bring: [text('phone-lines.bring.telephone')],
  lines: ['suspend', 'card', 'system', 'certificate'],
  application: null,
  steps: [
    { id: 'topic', section: 1, kind: 'choice', picture: null, options: ['suspend', 'card', 'system', 'certificate'] },
    { id: 'tongue', section: 1, kind: 'choice', picture: null, options: tongues, when: (at) => !isTaiwan(at) },
    { id: 'line', section: 2, kind: 'advice', advise: adviseLine, when: (at) => !isTaiwan(at) },
    { id: 'certificate', section: 2, kind: 'advice', advise: certificateLine, when: isTaiwan },
  ],
}
