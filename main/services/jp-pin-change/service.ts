import type { Block } from '../../contract/block.ts'
import type { PinKind } from '../../contract/pin.ts'
import { text } from '../../contract/text.ts'
import { attention, checked, heading, paragraph, said } from '../blocks.ts'
import { cardLines } from '../jp-card-check/my-number.ts'
import type { Advice, Answers, Service, Situation } from '../service.ts'
import { moica } from '../taiwan.ts'

const name = (rest: string) => text(`jp-pin-change.${rest}`)
const chosen = (answers: Answers): PinKind => (answers['which'] === 'signature' ? 'signature' : 'authentication')

/** Why the PIN of this card cannot be changed here; null when it can be tried. */
export function obstacle({ card, answers }: Pick<Situation, 'card' | 'answers'>): 'moica' | 'wrong-card' | 'no-certificate' | 'blocked' | null {
  if (card?.kind === 'moica') return 'moica'
  if (card?.kind !== 'my-number' || card.token !== 'card') return 'wrong-card'
  const kind = chosen(answers)
  if (kind === 'signature' ? card.signature === false : card.authentication === null) return 'no-certificate'
  return card.tries[kind] === 0 ? 'blocked' : null
}

/** What is left to do when the booth cannot do it: it never unblocks a PIN (B5; section 0, 20). */
const ways: Readonly<Record<'moica' | 'wrong-card' | 'no-certificate' | 'blocked' | 'unsure', (situation: Situation) => readonly Block[]>> = {
  moica: (situation) => [...said(situation, 'R118', 'R119', 'R120', 'R121').map(paragraph), ...moica(situation), ...checked(situation, 'R119')],
  'wrong-card': () => [],
  'no-certificate': (situation) => cardLines(situation),
  blocked: (situation) => [heading(name('instead')), ...said(situation, 'pin-reset').map(paragraph), ...cardLines(situation), ...checked(situation, 'pin-reset')],
  unsure: (situation) => [...said(situation, 'pin-reset').map(paragraph), ...cardLines(situation), ...checked(situation, 'pin-reset')],
}

/** How it ended, and what to do instead where it did not go. */
export function advisePinChange(situation: Situation): Advice {
  const { answers } = situation
  const end = answers['pin'] ?? obstacle(situation) ?? 'unsure'
  if (end === 'changed') return { tone: 'good', title: name(`changed.${chosen(answers)}`), blocks: [paragraph(name('changed.body')), paragraph(name('changed.other'))] }
  const reason = end as keyof typeof ways
  return { tone: 'attention', title: name(`${reason}.title`), blocks: [attention(name(`${reason}.body`)), ...ways[reason](situation)] }
}

/** Gives one of the two PINs of a My Number Card a new value; who knows the old one can. */
export const pinChange: Service = {
  id: 'jp-pin-change',
  agreement: 'pin-change',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['read-card', 'remember'],
  sections: 4,
  bring: [name('bring.card'), name('bring.pin')],
  lines: ['card'],
  application: null,
  steps: [
    { id: 'which', section: 1, kind: 'choice', picture: 'card', options: ['authentication', 'signature'] },
    { id: 'card', section: 2, kind: 'card' },
    { id: 'pin', section: 3, kind: 'pin', pin: chosen, when: (situation) => obstacle(situation) === null },
    { id: 'result', section: 4, kind: 'advice', advise: advisePinChange },
  ],
}
