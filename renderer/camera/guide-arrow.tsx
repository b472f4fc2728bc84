import type { GuideKey } from '../../face/guide.ts'

/** Which way an arrow points, degrees clockwise from the right of the mirrored picture. */
const turns: Readonly<Partial<Record<GuideKey, number>>> = { right: 0, down: 90, left: 180, up: 270 }

/** An arrow beside an instruction to move; towards the camera and away from it, one that grows or shrinks. */
export function GuideArrow({ guide }: { readonly guide: GuideKey }) {
  const path = guide === 'closer' ? 'M6 14 12 8 18 14M3 22 12 13 21 22' : guide === 'further' ? 'M3 2 12 11 21 2M6 10 12 16 18 10' : 'M2 12H21M13 4 21 12 13 20'
  if (turns[guide] === undefined && guide !== 'closer' && guide !== 'further') return null
  return (
    <svg className="guide-arrow" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} transform={`rotate(${turns[guide] ?? 0} 12 12)`} />
    </svg>
  )
}
