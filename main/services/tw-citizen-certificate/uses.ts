import { text } from '../../contract/text.ts'
import { checked, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica } from '../taiwan.ts'

/** What the certificate is good for, and what using it needs (R113, R114). */
export function usesAdvice(situation: Situation): Advice {
  const need = (name: string) => text(`tw-citizen-certificate.uses.${name}`)
  return {
    tone: 'plain',
    title: need('title'),
    blocks: [
      ...said(situation, 'R114').map(paragraph),
      paragraph(need('ibon')),
      heading(need('needs')),
      ...said(situation, 'R113').map(paragraph),
      steps(need('reader'), need('network'), need('install'), need('enable'), need('begin')),
      ...moica(situation),
      ...checked(situation, 'R113', 'R114'),
    ],
  }
}
