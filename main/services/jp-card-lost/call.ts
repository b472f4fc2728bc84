import { text } from '../../contract/text.ts'
import { resolvePhoneLines } from '../../rulebook/phone-lines.ts'
import { checked, paragraph, said } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'

/** Whom to call now, what to say there, and what that does (R050, R051, R053, R054, R059). The open lines come first, the resident's own language before others. */
export function adviseCall(situation: Situation): Advice {
  const { rulebook, language, now } = situation
  const lines = resolvePhoneLines(rulebook, language, 'suspend', now)
  return {
    tone: 'attention',
    title: text('jp-card-lost.call.title'),
    blocks: [
      ...lines.map((line) => ({ kind: 'line' as const, line })),
      ...(language === 'ja' ? [] : [{ kind: 'sentence' as const, text: text('jp-card-lost.call.sentence'), language: 'ja' as const }]),
      ...said(situation, 'R050', 'R051').map(paragraph),
      paragraph(text('jp-card-lost.call.effect')),
      paragraph(text('jp-card-lost.call.then')),
      ...checked(situation, 'R050'),
    ],
  }
}
