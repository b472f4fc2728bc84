import { text } from '../../contract/text.ts'
import type { Sheet } from '../../contract/sheet.ts'

const words = (name: string) => text(`jp-card-lost.sheet.${name}`)

/** For the police box: what was lost, in Japanese, and room for what only the resident knows (R048). */
export const policeSheet: Sheet = {
  id: 'police',
  name: words('police'),
  native: 'ja',
  draft: true,
  blocks: [
    { kind: 'sentence', text: words('police.sentence'), language: 'ja' },
    { kind: 'field', label: words('thing'), value: words('thing.card') },
    { kind: 'blank', label: words('when') },
    { kind: 'blank', label: words('place'), lines: 2 },
    { kind: 'blank', label: words('name') },
    { kind: 'blank', label: words('phone') },
    { kind: 'rule' },
    { kind: 'paragraph', text: words('police.number'), tone: 'attention' },
    { kind: 'blank', label: words('police.acceptance') },
    { kind: 'blank', label: words('police.station') },
    { kind: 'paragraph', text: words('no-number') },
  ],
}

/** For the counter of the municipality: the report, what proves it, and which new card is wanted (R049, B4). */
export function counterSheet(proof: 'police' | 'statement' | 'fire'): Sheet {
  return {
    id: 'counter',
    name: words('counter'),
    native: 'ja',
    draft: true,
    blocks: [
      { kind: 'sentence', text: words('counter.sentence'), language: 'ja' },
      { kind: 'blank', label: words('name') },
      { kind: 'blank', label: words('birth') },
      { kind: 'blank', label: words('address'), lines: 2 },
      { kind: 'blank', label: words('when') },
      { kind: 'blank', label: words(`proof.${proof}`), lines: proof === 'statement' ? 4 : 1 },
      { kind: 'ticks', label: words('wish'), options: [words('wish.express'), words('wish.normal')] },
      { kind: 'ticks', label: words('certificates'), options: [words('certificates.yes'), words('certificates.no')] },
      { kind: 'paragraph', text: words('no-number') },
    ],
  }
}
