import sharp from 'sharp'
import { photograph, type Shot } from './demo/camera.ts'
import { drawForm } from './demo/form.ts'
import { seededRandom } from './demo/random.ts'

/** One picture of the measuring set. */
export interface CodeImage {
  readonly condition: Condition
  readonly level: number
  readonly seed: number
  readonly width: number
  readonly height: number
  /** What the code says; null where there is none. */
  readonly text: string | null
  readonly jpeg: Uint8Array
}

type Change = Partial<Omit<Shot, 'width' | 'height'>> & { readonly inverted?: true; readonly quietZone?: number; readonly empty?: true }

/** What makes a code hard to read, each up to three levels from easy to hard. */
const conditions = {
  nominal: [{}],
  size: [{ codeHeight: 0.22 }, { codeHeight: 0.32 }, { codeHeight: 0.75 }],
  rotation: [{ turn: 17 }, { turn: 45 }, { turn: 180 }],
  blur: [{ blur: 0.45 }, { blur: 0.65 }, { blur: 0.85 }],
  motion: [{ smear: 1 }, { smear: 1.6 }, { smear: 2.2 }],
  noise: [{ noise: 12 }, { noise: 25 }, { noise: 40 }],
  contrast: [{ ink: 111 }, { ink: 154 }, { ink: 177 }],
  tilt: [{ tilt: 25 }, { tilt: 40 }, { tilt: 52 }],
  glare: [{ glare: 0.03 }, { glare: 0.07 }, { glare: 0.12 }],
  shadow: [{ shadow: 0.5 }, { shadow: 0.7 }, { shadow: 0.85 }],
  damage: [{ damage: 0.02 }, { damage: 0.05 }, { damage: 0.09 }],
  inverted: [{ inverted: true }],
  moire: [{ grid: 0.35 }, { grid: 0.6 }],
  'quiet-zone': [{ quietZone: 2 }, { quietZone: 1 }, { quietZone: 0.5 }],
  'low-light': [
    { paper: 60, ink: 14, noise: 14 },
    { paper: 40, ink: 10, noise: 16 },
    { paper: 28, ink: 7, noise: 16 },
  ],
  empty: [{ empty: true }, { empty: true, turn: 30, noise: 12 }],
} as const satisfies Record<string, readonly Change[]>

export type Condition = keyof typeof conditions

const sizes = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const

export interface CodeImagesOptions {
  /** How many different sheets and hands a condition is tried with; 4 make the whole set of 480 pictures with a code and 24 without. */
  readonly seeds?: number
  readonly only?: readonly Condition[]
  readonly widths?: readonly number[]
}

/**
 * The measuring set: a version-7 code of level M (an address of 119 bytes with 23 digits) on a form with text, in conditions that booths meet, at
 * three sizes of picture, as JPEG of quality 80. Every picture is the same on every machine with the same library versions.
 */
export async function* codeImages({ seeds = 4, only, widths }: CodeImagesOptions = {}): AsyncGenerator<CodeImage> {
  for (const [name, levels] of Object.entries(conditions) as readonly [Condition, readonly Change[]][]) {
    if (only && !only.includes(name)) continue
    for (const [level, change] of levels.entries())
      for (let seed = 0; seed < seeds; seed += 1) {
        const text = change.empty ? null : codeText(seed * 100 + level)
        const form = drawForm({ text, inverted: change.inverted ?? false, quietZone: change.quietZone ?? null })
        for (const size of sizes) {
          if (widths && !widths.includes(size.width)) continue
          const random = seededRandom(hash(`${name} ${level} ${seed} ${size.width}`))
          const shot: Shot = {
            ...size,
            codeHeight: 0.45,
            turn: random.between(-4, 4),
            tilt: 0,
            tiltAxis: random.between(0, 180),
            shiftX: random.between(-0.04, 0.04),
            shiftY: random.between(-0.04, 0.04),
            paper: 200,
            ink: 40,
            blur: 0,
            smear: 0,
            smearAngle: random.between(0, 180),
            noise: 3,
            glare: 0,
            shadow: 0,
            damage: 0,
            grid: 0,
            ...change,
          }
          const { data, width, height } = photograph(form, shot, random)
          const jpeg = await sharp(data, { raw: { width, height, channels: 1 } }).jpeg({ quality: 80 }).toBuffer()
          yield { condition: name, level, seed, width, height, text, jpeg }
        }
      }
  }
}

const digits = '0123456789'
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'

/** An address of 119 bytes with one run of 23 digits, in the manner of the application forms. */
function codeText(seed: number): string {
  const random = seededRandom(hash(`text ${seed}`))
  const pick = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[Math.floor(random.next() * alphabet.length)]).join('')
  return `https://net.kojinbango-card.go.jp/apprec/entry?id=${pick(digits, 23)}&k=${pick(letters, 43)}`
}

function hash(words: string): number {
  let mixed = 0x811c9dc5
  for (const character of words) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return mixed >>> 0
}
