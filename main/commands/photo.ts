import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { FaceEngine } from '../../face/engine.ts'
import { distance } from '../../face/geometry.ts'
import type { Measures } from '../../face/measure.ts'
import { qualityOf } from '../../face/quality.ts'
import { deviationOf, tolerance } from '../../face/window.ts'
import { reportPhoto } from '../photo/id-photo.ts'
import { largestTurnLeft, type PhotoGeometry } from '../photo/measured-photo.ts'
import { openNodeFaceEngine } from '../photo/open-face-engine.ts'
import { largestBytes } from '../photo/still.ts'

const usage = 'usage: npm run photo -- <image...> [--out dir], where dir is a folder or does not exist yet\n'

/** One check as it is printed. */
interface PrintedCheck {
  readonly id: string
  readonly value: number | string
  readonly threshold: number | string
  readonly ok: boolean
  /** Where the rule stands. */
  readonly source: string
}

/** What is said about one file. */
export interface PhotoLine {
  /** As it was named. */
  readonly file: string
  readonly faces: number
  readonly measured: PrintedMeasures | null
  /** Values of ISO/IEC 29794-5, 0 to 100, of the components that are measured as it defines them; null without a face. */
  readonly iso: ReturnType<typeof qualityOf>
  readonly checks: readonly PrintedCheck[]
  /** Whether every check is passed and a photo came of it. */
  readonly ok: boolean
  readonly output: PhotoOutput | null
}

/** Where the head is in the picture and how it is held: what checks are made of beside the light. Rounded; pixels are the picture's own. */
interface PrintedMeasures {
  readonly widthPx: number
  readonly heightPx: number
  readonly eyeDistancePx: number
  readonly eyesToChinPx: number
  /** From the crown to the chin; where the crown was not seen, from where most crowns are. */
  readonly headPx: number
  /** Clockwise. */
  readonly rollDeg: number
  /** Towards the right of the picture. */
  readonly yawDeg: number
  /** Chin towards the chest; heads that look straight ahead read 0 to 11. */
  readonly pitchDeg: number
}

interface PhotoOutput {
  /** Where the photo was written; null without `--out`: nobody's face is written anywhere unasked. */
  readonly file: string | null
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: number
  readonly headMm: number
  readonly topMm: number
  readonly centreMm: number
  readonly rollDeg: number
}

/** Why a file could not even be looked at. */
type FileError = 'missing' | 'not-a-file' | 'empty' | 'too-large' | 'unreadable'

/** The bytes of a file, or why there are none; nothing larger than a picture may be is read at all. */
async function readImage(path: string): Promise<Buffer | FileError> {
  try {
    const about = await stat(path)
    if (!about.isFile()) return 'not-a-file'
    if (about.size > largestBytes) return 'too-large'
    return about.size === 0 ? 'empty' : await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable'
  }
}

/** Of a photo that could not be written by its name. */
const nameTooLong: PrintedCheck = {
  id: 'written',
  value: 'name-too-long',
  threshold: '255 bytes',
  ok: false,
  source: 'Linux: the longest name of a file; the photo is called after the picture, with .photo.jpg behind, and nothing is shortened',
}

/**
 * Writes a photo beside whatever is there already: no file is ever written over, a photo whose name is taken gets a number. Returns its path; rejects where nothing can be
 * written.
 */
async function writeAnew(folder: string, stem: string, jpeg: Uint8Array): Promise<{ readonly path: string } | 'name-too-long'> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${stem}${number === 1 ? '' : `-${number}`}.photo.jpg`)
    try {
      await writeFile(path, jpeg, { mode: 0o600, flag: 'wx' })
      return { path }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENAMETOOLONG') return 'name-too-long'
      if (code !== 'EEXIST') throw error
    }
  }
}

/** What the second measurement says of the finished photo; a crown that was not seen in it proves nothing. */
function measuredAgain(geometry: PhotoGeometry | null, refusal: string): readonly PrintedCheck[] {
  const placed = geometry?.crownSeen ? Number(deviationOf(geometry).toFixed(2)) : null
  const turned = geometry ? Number(Math.abs(geometry.rollDeg).toFixed(2)) : null
  return [
    {
      id: 'measured-again',
      value: placed ?? (geometry ? 'crown-not-seen' : refusal),
      threshold: tolerance,
      ok: placed !== null && placed <= tolerance,
      source: 'Japan passport photo figure; the farthest, mm, that the finished photo is from: head 34, 4 above it, 7 below the chin, middle of the face 17 from the left edge',
    },
    {
      id: 'upright-again',
      value: turned ?? refusal,
      threshold: largestTurnLeft,
      ok: turned !== null && turned <= largestTurnLeft,
      source: 'J-LIS photo checkpoints: head tilted; degrees that the head in the finished photo is turned',
    },
  ]
}

/** Rounded for whoever reads it. */
const rounded = (value: number) => Math.round(value * 100) / 100

/** What is printed of a head in a picture of so many pixels. */
function printedMeasures({ width, height }: { readonly width: number; readonly height: number }, { head, sourceScale }: Measures): PrintedMeasures | null {
  if (!head) return null
  const { eyeDistance, t, chin, roll, yaw, pitch } = head.geometry
  const px = (length: number) => rounded(length * sourceScale)
  return {
    ...{ widthPx: width, heightPx: height, eyeDistancePx: px(eyeDistance), eyesToChinPx: px(t), headPx: px(distance(head.crown, chin)) },
    ...{ rollDeg: rounded(roll), yawDeg: rounded(yaw), pitchDeg: rounded(pitch) },
  }
}

/** Makes the photo of one file as the booth does, and writes it into `folder` if that is given, under the file's own name. */
export async function photoOfFile(engine: FaceEngine, file: string, path: string, folder: string | null): Promise<PhotoLine> {
  const image = await readImage(path)
  const unread = typeof image === 'string' ? image : null
  const { made, picture, measured, geometry } = await reportPhoto(engine, typeof image === 'string' ? Buffer.alloc(0) : image)
  const readable: PrintedCheck = {
    id: 'picture',
    value: unread ?? picture?.format ?? (made.ok ? '' : made.code),
    threshold: 'jpeg or png, at most 32 MB and 64 million pixels',
    ok: picture !== null,
    source: 'J-LIS photo upload; a file is what its bytes say',
  }
  const wanted = made.ok && geometry ? made : null
  const written = wanted && folder !== null ? await writeAnew(folder, basename(file, extname(file)), wanted.jpeg) : null
  const checks = [
    readable,
    ...(measured?.checks ?? []),
    ...(measured?.window && measured.measures.faces === 1 ? measuredAgain(geometry, made.ok ? '' : made.code) : []),
    ...(written === 'name-too-long' ? [nameTooLong] : []),
  ]
  let output: PhotoOutput | null = null
  if (wanted && geometry && written !== 'name-too-long') {
    const { jpeg, widthPx, heightPx } = wanted
    const { headMm, topMm, centreMm, rollDeg } = geometry
    output = {
      ...{ file: written?.path ?? null, widthPx, heightPx, bytes: jpeg.length },
      ...{ headMm: rounded(headMm), topMm: rounded(topMm), centreMm: rounded(centreMm), rollDeg: rounded(rollDeg) },
    }
  }
  const measures = measured?.measures
  return {
    ...{ file, faces: measures?.faces ?? 0 },
    ...{ measured: picture && measures ? printedMeasures(picture, measures) : null, iso: measures ? qualityOf(measures) : null },
    ...{ checks, ok: output !== null && checks.every(({ ok }) => ok), output },
  }
}

/** Makes the photos of the files, one after the other; whether every one of them passed. */
async function photos(files: readonly string[], folder: string | null, from: string): Promise<boolean> {
  const engine = await openNodeFaceEngine()
  if (!engine) {
    process.stderr.write('The face models, or what runs them, are not the ones that were tried: no photo is made with others. Install the packages again (npm ci).\n')
    return false
  }
  let all = true
  for (const file of files) {
    const line = await photoOfFile(engine, file, resolve(from, file), folder)
    process.stdout.write(`${JSON.stringify(line)}\n`)
    all &&= line.ok
  }
  return all
}

/** Makes a folder and those above it. One by one: Node's own way never ends under /proc, where nothing can be made. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

/** What the command line asks for; null when it is not one of ours. */
function asked(): { readonly files: readonly string[]; readonly out: string | null } | null {
  try {
    const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true })
    return positionals.length === 0 || values.out === '' ? null : { files: positionals, out: values.out ?? null }
  } catch {
    return null
  }
}

/** The exit code: 0 when every file passed, 1 when one did not or nothing could be written, 2 when this is not how the command is used. */
async function run(): Promise<number> {
  const from = process.env['INIT_CWD'] ?? '.'
  const command = asked()
  const folder = command?.out ? resolve(from, command.out) : null
  const isFile = folder !== null && (await stat(folder).then((about) => !about.isDirectory(), () => false))
  if (!command || isFile) {
    process.stderr.write(usage)
    return 2
  }
  try {
    if (folder) await makeFolder(folder)
    return (await photos(command.files, folder, from)) ? 0 : 1
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Only what the file system refuses is anything but a bug.
    if (!code || !folder) throw error
    process.stderr.write(`photos cannot be written to ${folder}: ${message}\n`)
    return 1
  }
}

if (import.meta.main) {
  // Until it is known: nobody who stops reading is told that all is well.
  process.exitCode = 1
  process.exitCode = await run()
}
