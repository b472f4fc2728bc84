import { text, type Text } from '../../contract/text.ts'
import { attention, checked, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'

/** A card that has ended: a new one is applied for, at its price (B5). */
export function lapsed(situation: Situation, title: Text): Advice {
  return {
    tone: 'attention',
    title,
    blocks: [steps(text('jp-card-care.lapsed.ask'), text('jp-card-care.lapsed.apply')), ...said(situation, 'reissue').map(paragraph), ...checked(situation, 'reissue')],
  }
}

/** Days that cannot all be right. */
export function doubtful(why: Text): Advice {
  return { tone: 'attention', title: text('jp-card-care.doubtful.title'), blocks: [attention(why), paragraph(text('jp-card-care.doubtful.back'))] }
}
