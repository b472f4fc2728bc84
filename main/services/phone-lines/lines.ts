import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { moicaLine, phoneRuleFor, resolvePhoneLines, type PhonePurpose } from '../../rulebook/phone-lines.ts'
import { checked, heading, paragraph, said } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica } from '../taiwan.ts'

/** What somebody can speak on the telephone: Japanese and the ten foreign languages of R058. */
export const tongues = ['ja', 'en', 'zh', 'ko', 'es', 'pt', 'th', 'ne', 'id', 'vi', 'tl'] as const

/** Where each kind of line stands in the sources. */
const rulesOf: Readonly<Record<PhonePurpose, readonly string[]>> = {
  suspend: ['R053', 'R054', 'R055', 'R056'],
  card: ['R052', 'R054', 'R055', 'R056'],
  system: ['R052', 'R057'],
}

/** What to say when nobody speaks one's language: in Japanese, to read out (R059). */
function toReadOut(purpose: PhonePurpose, tongue: string): readonly Block[] {
  if (tongue === 'ja') return []
  return [
    heading(text('phone-lines.line.read-out')),
    { kind: 'sentence', text: text(`phone-lines.line.sentence.${purpose}`), language: 'ja' },
    { kind: 'sentence', text: text('phone-lines.line.sentence.tongue', { tongue }), language: 'ja' },
  ]
}

/** When somebody answers in the resident's language, and in Japanese, all week (R052–R057; "usually" where the sources leave days out, X14). */
function hours(situation: Situation, purpose: PhonePurpose, tongue: string): readonly Block[] {
  const rules = [tongue, 'ja'].map((one) => phoneRuleFor(situation.rulebook, one, purpose, situation.today)).filter((rule) => rule !== null)
  return said(situation, ...new Set(rules)).map(paragraph)
}

/** Which line to call now, which else there is, and what to say on it. */
export function adviseLine(situation: Situation): Advice {
  const { answers, rulebook, now } = situation
  const purpose = (answers['topic'] ?? 'card') as PhonePurpose
  const tongue = answers['tongue'] ?? 'ja'
  const lines = resolvePhoneLines(rulebook, tongue, purpose, now)
  const open = lines.filter((line) => line.open)
  const own = open.find(({ language }) => language === tongue)
  return {
    tone: own ? 'good' : 'attention',
    title: text(`phone-lines.line.${own ? 'open' : open.length > 0 ? 'other' : 'closed'}`),
    blocks: [
      ...lines.map((line): Block => ({ kind: 'line', line })),
      ...hours(situation, purpose, tongue),
      ...(own || tongue === 'ja' ? [] : said(situation, 'R059').map(paragraph)),
      ...toReadOut(purpose, tongue),
      ...(purpose === 'suspend' ? said(situation, 'R050', 'R051').map(paragraph) : []),
      ...said(situation, 'R058').map(paragraph),
      ...checked(situation, ...rulesOf[purpose]),
    ],
  }
}

/** Taiwan's line for certificates, in Chinese. */
export function certificateLine(situation: Situation): Advice {
  const { open } = moicaLine(situation.rulebook, situation.now)
  return {
    tone: open ? 'good' : 'attention',
    title: text(open ? 'phone-lines.line.open' : 'phone-lines.certificate.closed'),
    blocks: [...moica(situation), ...checked(situation, 'R094', 'R120')],
  }
}
