import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { photograph, type Shot } from './camera.ts'
import { demoFormCode } from './form-code.ts'
import { drawForm } from './form.ts'
import { demoPortrait } from './portrait.ts'
import { seededRandom } from './random.ts'

/** What a simulated camera sees: somebody before it, or a form held to it. */
export type FilmKind = 'portrait' | 'form'

export interface FilmOptions {
  /** What the form's code says; null for a form without one. Our own sample by default. */
  readonly code?: string | null
  /** How many different pictures the film has, 1 or more; a film of one picture is a frozen camera. */
  readonly pictures?: number
}

const size = { width: 1280, height: 720 } as const
/** Chromium plays a Motion JPEG of 30 frames a second in a loop; a hand moves slower than that. */
const framesAPicture = 3

/** Writes a film for Chromium's simulated camera (`--use-file-for-fake-video-capture`), Motion JPEG of 1280 × 720, to `file`. */
export async function makeFilm(kind: FilmKind, file: string, { code = demoFormCode, pictures = 12 }: FilmOptions = {}): Promise<void> {
  const picture = kind === 'portrait' ? await portraitPicture() : formPicture(code)
  const frames: Buffer[] = []
  for (let index = 0; index < pictures; index += 1) {
    const jpeg = await picture((2 * Math.PI * index) / pictures)
    for (let repeat = 0; repeat < framesAPicture; repeat += 1) frames.push(jpeg)
  }
  await writeFile(file, Buffer.concat(frames), { mode: 0o600 })
}

/** Writes the film that the demonstration's camera sees into `dir`; resolves with its path. */
export async function portraitFilm(dir: string): Promise<string> {
  const file = join(dir, 'camera.mjpeg')
  await makeFilm('portrait', file)
  return file
}

/** A picture of the film; `angle` goes round once a film. */
type Picture = (angle: number) => Promise<Buffer>

/** Somebody who sits quietly and sways a little. */
async function portraitPicture(): Promise<Picture> {
  const { data, info } = await sharp(demoPortrait).resize(size.width + 16, size.height + 9, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true })
  return (angle) =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .extract({ left: Math.round(8 + 6 * Math.sin(angle)), top: Math.round(4 + 3 * Math.cos(angle)), ...size })
      .jpeg({ quality: 90 })
      .toBuffer()
}

/** The sample form in a hand that is not quite still. */
function formPicture(code: string | null): Picture {
  const form = drawForm({ text: code })
  return (angle) => {
    const shot: Shot = {
      ...size,
      codeHeight: 0.42,
      turn: 3 * Math.sin(angle),
      tilt: 12,
      tiltAxis: 20,
      shiftX: 0.02 * Math.cos(angle),
      shiftY: 0.02 * Math.sin(angle),
      paper: 205,
      ink: 45,
      blur: 0.1,
      smear: 0,
      smearAngle: 0,
      noise: 3,
      glare: 0,
      shadow: 0,
      damage: 0,
      grid: 0,
    }
    const { data, width, height } = photograph(form, shot, seededRandom(Math.round(angle * 1000)))
    return sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('srgb').jpeg({ quality: 90 }).toBuffer()
  }
}
