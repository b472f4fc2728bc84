import type { HeadMeasures, Measures } from './measure.ts'
import { checkIds, defaultThresholds, type CheckId, type Thresholds } from './thresholds.ts'
import { largestOverhang } from './window.ts'

/** One thing that an office may refuse a photo for, and how this photo stands. */
export interface Check {
  readonly id: CheckId
  readonly value: number
  readonly threshold: number
  readonly ok: boolean
  /** Where the rule stands. */
  readonly source: string
}

interface Rule {
  readonly source: string
  /** Whether the value may be at most the threshold, at least, or nothing else. */
  readonly must: 'be' | 'not-exceed' | 'reach'
  readonly value: (head: HeadMeasures, measures: Measures) => number
}

/** Where heads that look straight ahead stand in the mesh's pitch, degrees: they read 0 to 11. */
const pitchOfStraightAhead = 5

const rules: Readonly<Record<Exclude<CheckId, 'one-face'>, Rule>> = {
  'cut-off': {
    source: 'J-LIS photo checkpoints: the face from crown to chin',
    must: 'not-exceed',
    value: ({ pointsOutside }) => pointsOutside,
  },
  'source-size': {
    source: 'ICAO Doc 9303-3: at least 90 px between the eyes',
    must: 'reach',
    value: ({ geometry }, { sourceScale }) => geometry.eyeDistance * sourceScale,
  },
  window: {
    source: 'Japan passport photo figure, 35 x 45 mm: head 34±2 mm, 4±2 mm above it, face in the middle; nothing is filled in',
    must: 'not-exceed',
    value: ({ overhang }) => largestOverhang(overhang),
  },
  crown: {
    source: 'Japan passport photo figure: measured from the crown; where it is not seen, the window stands where most crowns are',
    must: 'reach',
    value: ({ crown }) => Number(crown.seen),
  },
  roll: { source: 'J-LIS photo checkpoints: head tilted; ISO/IEC 39794-5: roll within 8°', must: 'not-exceed', value: ({ geometry }) => Math.abs(geometry.roll) },
  yaw: {
    source: 'J-LIS photo checkpoints: face turned aside; ISO/IEC 39794-5: yaw within 5°, with 3° for measuring',
    must: 'not-exceed',
    value: ({ geometry }) => Math.abs(geometry.yaw),
  },
  pitch: {
    source: 'J-LIS photo checkpoints: from the front; ISO/IEC 39794-5: pitch within 5°, with 10° for faces and measuring',
    must: 'not-exceed',
    value: ({ geometry }) => Math.abs(geometry.pitch - pitchOfStraightAhead),
  },
  'dark-glasses': { source: 'J-LIS photo checkpoints: sunglasses', must: 'reach', value: ({ light }) => light.eyeZone },
  'eyes-covered': {
    source: 'Photo rules of cities: hair, bandage or frame over an eye; ISO/IEC 29794-5: both eyes visible',
    must: 'reach',
    value: ({ light }) => light.eyeContrast,
  },
  'mouth-covered': {
    source: 'Photo rules of cities: mask, scarf; ISO/IEC 29794-5: mouth not covered',
    must: 'reach',
    value: ({ light }) => light.mouthContrast,
  },
  eyes: { source: 'J-LIS photo checkpoints; ISO/IEC 29794-5: both eyes open', must: 'reach', value: ({ geometry }) => Math.min(...geometry.eyeOpenings) },
  mouth: { source: 'ISO/IEC 39794-5: mouth closed, neutral expression', must: 'not-exceed', value: ({ geometry }) => geometry.mouthGap },
  'too-dark': { source: 'J-LIS photo checkpoints: too dark', must: 'reach', value: ({ light }) => light.brightest },
  'too-bright': { source: 'After ISO/IEC 29794-5: mean luminance of the face', must: 'not-exceed', value: ({ light }) => light.mean },
  'over-exposed': { source: 'After ISO/IEC 29794-5: over-exposure', must: 'not-exceed', value: ({ light }) => light.overExposed },
  'face-shadow': { source: 'Photo rules of cities: shadow on the face; ICAO limit 0.5', must: 'reach', value: ({ light }) => light.cheekBalance },
  colour: { source: 'After ISO/IEC 29794-5: natural colour; J-LIS takes black and white', must: 'not-exceed', value: ({ light }) => light.colourDistance },
  shades: {
    source: 'After ISO/IEC 29794-5: dynamic range of the face, bits; a drawing, or a picture of few colours, is no photo',
    must: 'reach',
    value: ({ light }) => light.entropy,
  },
  background: {
    source: 'J-LIS photo checkpoints: no background, no shadow, no pattern',
    must: 'not-exceed',
    value: ({ background }) => background.spread,
  },
  'background-light': { source: 'Japan passport photo: plain, light background', must: 'reach', value: ({ background }) => background.lightness },
  sharpness: { source: 'J-LIS photo checkpoints: out of focus or shaken', must: 'reach', value: ({ light }) => light.sharpness },
}

/** The checks of a picture, in the order of `checkIds`; without a face only the first, because nothing else could be measured. */
export function checksOf(measures: Measures, thresholds: Thresholds = defaultThresholds): readonly Check[] {
  const check = (id: CheckId, value: number, { must, source }: Pick<Rule, 'must' | 'source'>): Check => {
    const threshold = thresholds[id]
    const rounded = Number(value.toFixed(3))
    const ok = must === 'be' ? rounded === threshold : must === 'reach' ? rounded >= threshold : rounded <= threshold
    return { id, value: rounded, threshold, ok, source }
  }
  const { head } = measures
  return checkIds.flatMap((id) => {
    if (id === 'one-face') return [check(id, measures.faces, { must: 'be', source: 'J-LIS photo checkpoints: one person' })]
    return head ? [check(id, rules[id].value(head, measures), rules[id])] : []
  })
}
