import type { Block } from '../../contract/block.ts'
import type { Sheet, SheetBlock } from '../../contract/sheet.ts'
import { text } from '../../contract/text.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { delegation, type CertificateAct } from '../../rulebook/taiwan-citizens.ts'
import { attention, checked, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page } from '../taiwan.ts'
import { offices } from './offices.ts'

/** What is to be done: three of the answers ask once more. */
function actOf({ answers }: Situation): CertificateAct {
  const act = answers['act'] ?? ''
  return (answers[act] ?? act) as CertificateAct
}

/** What a delegate takes along, and that both have signed (R138); nothing for an act that nobody else may do. */
export function pack({ rulebook, today }: Situation, act: CertificateAct): readonly Block[] {
  const { bring } = delegation(rulebook, act, today)
  if (bring.length === 0) return []
  return [
    heading(text('tw-citizen-certificate.pack')),
    steps(...bring.map((item) => text(`tw-citizen-certificate.take.${item}`))),
    attention(text('tw-citizen-certificate.pack.both')),
  ]
}

/** A line for the pen. */
export const blank = (name: string): SheetBlock => ({ kind: 'blank', label: text(`tw-citizen-certificate.sheet.${name}`) })

/** A draft of the letter of authorisation (委託書), to copy by pen where the operator has not the ministry's own (R138; section 0, 19). */
export function authorisation({ rulebook, today }: Situation): Sheet {
  const person = (who: 'principal' | 'delegate') => [
    heading(text(`tw-citizen-certificate.sheet.${who}`)),
    ...['name', 'identity-number', 'telephone', 'signature'].map(blank),
  ]
  return {
    id: 'authorisation',
    name: text('tw-citizen-certificate.sheet.authorisation'),
    native: 'zh-Hant',
    draft: true,
    blocks: [
      paragraph(text('tw-citizen-certificate.sheet.authorisation.how')),
      {
        kind: 'ticks',
        label: text('tw-citizen-certificate.sheet.acts'),
        options: valueOn(rulebook, 'R137', today).map((act) => text(`tw-citizen-certificate.sheet.act.${act}`)),
      },
      blank('card-number'),
      blank('date'),
      ...person('principal'),
      ...person('delegate'),
      {
        kind: 'ticks',
        label: text('tw-citizen-certificate.pack'),
        options: valueOn(rulebook, 'R138', today).map((item) => text(`tw-citizen-certificate.take.${item}`)),
      },
    ],
  }
}

/** Who may do what was chosen, what to take along, and everything that others may do at all (R136–R138). */
export function delegationAdvice(situation: Situation): Advice {
  const act = actOf(situation)
  const { by } = delegation(situation.rulebook, act, situation.today)
  const matrix = [heading(text('tw-citizen-certificate.delegation.matrix')), ...said(situation, 'R136', 'R137').map(paragraph)]
  const foot = [...moica(situation), ...checked(situation, 'R136', 'R137', 'R138')]
  const lost = act === 'suspend' || act === 'revoke' ? [attention(text('tw-citizen-certificate.delegation.lost'))] : []
  if (by === 'delegate')
    return {
      tone: 'good',
      title: text('tw-citizen-certificate.delegation.delegate'),
      blocks: [
        ...lost,
        ...pack(situation, act),
        paragraph(text('tw-citizen-certificate.delegation.yourself')),
        ...offices(situation),
        attention(text('tw-citizen-certificate.prepares')),
        ...matrix,
        ...foot,
      ],
      sheets: [authorisation(situation)],
    }
  if (by === 'holder-in-person')
    return {
      tone: 'attention',
      title: text('tw-citizen-certificate.delegation.in-person'),
      blocks: [...lost, steps(text('tw-citizen-certificate.take.identity-card')), ...offices(situation), ...matrix, ...foot],
    }
  const own = said(situation, ...(act === 'unlock' ? ['R119', 'R121', 'R122'] : ['R131', 'R133'])).map(paragraph)
  const where = act === 'unlock' ? [page(situation, 'R119')] : []
  return { tone: 'attention', title: text('tw-citizen-certificate.delegation.holder'), blocks: [...own, ...where, ...matrix, ...foot] }
}
