import type { CardFacts } from '../../../hardware/card-reader/events.ts'
import { text } from '../../contract/text.ts'
import { attention, paragraph, said } from '../blocks.ts'
import type { Advice, Service, Situation } from '../service.ts'
import { adviseMoica, moicaLastDay } from './moica.ts'
import { adviseMyNumber } from './my-number.ts'

const isMoica = ({ card }: Situation) => card?.kind === 'moica' && moicaLastDay(card) !== null

/** A card that is none of those that are checked here: which one it is, as far as that can be told, and nothing that stands on it. */
function adviseOther(which: 'juki' | 'health-insurance' | 'unknown', situation: Situation): Advice {
  const name = (rest: string) => text(`jp-card-check.${which}.${rest}`)
  return {
    tone: 'attention',
    title: name('title'),
    blocks: [attention(name('body')), paragraph(text('jp-card-check.known')), ...(which === 'juki' ? said(situation, 'R030').map(paragraph) : [])],
  }
}

/** What the card in the reader is and says, what to do about it and until when. */
export function adviseCard(situation: Situation): Advice {
  const card: CardFacts = situation.card ?? { kind: 'unknown', atrHash: '' }
  if (card.kind === 'my-number') return card.token === 'juki' ? adviseOther('juki', situation) : adviseMyNumber(card, situation)
  return card.kind === 'moica' ? adviseMoica(card, situation) : adviseOther(card.kind, situation)
}

/** Reads a chip card without a PIN and says in plain words what holds of it; free, and nothing is kept. */
export const cardCheck: Service = {

  id: 'jp-card-check',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['read-card', 'remember', 'know-the-day'],
  sections: 2,
  bring: [text('jp-card-check.bring.card')],
  lines: ['card', 'certificate'],
  application: null,
  steps: [
    { id: 'card', section: 1, kind: 'card' },
    { id: 'holder', section: 1, kind: 'choice', picture: 'card', options: ['citizen', 'foreign'], when: isMoica },
    { id: 'extended', section: 1, kind: 'choice', picture: 'clock', options: ['no', 'yes', 'unknown'], when: (at) => isMoica(at) && at.answers['holder'] === 'citizen' },
    { id: 'result', section: 2, kind: 'advice', advise: adviseCard },
  ],
}
