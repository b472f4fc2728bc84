import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { FaceEngine } from '../../face/engine.ts'
import { reportPhoto } from '../photo/id-photo.ts'
import { openNodeFaceEngine } from '../photo/open-face-engine.ts'

const usage = 'usage: npm run photo -- <image...> [--out dir]\n'

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
  readonly checks: readonly PrintedCheck[]
  /** Whether every check is passed and a photo came of it. */
  readonly ok: boolean
  readonly output: PhotoOutput | null
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

/** Makes the photo of one file as the booth does, and writes it to the file `target` if that is given. */
export async function photoOfFile(engine: FaceEngine, file: string, path: string, target: string | null): Promise<PhotoLine> {
  // A file that is not there, or a folder, is no picture either.
  const image = await readFile(path).catch(() => Buffer.alloc(0))
  const { made, format, measured, geometry } = await reportPhoto(engine, image)
  const picture: PrintedCheck = {
    id: 'picture',
    value: format ?? (made.ok ? '' : made.code),
    threshold: 'jpeg or png, at most 32 MB and 64 million pixels',
    ok: format !== null,
    source: 'J-LIS photo upload; a file is what its bytes say',
  }
  const placed: PrintedCheck = {
    id: 'measured-again',
    value: made.ok ? 1 : 0,
    threshold: 1,
    ok: made.ok,
    source: 'Japan passport photo figure, on the finished photo: head 34±2 mm, 4±2 mm above it, middle 17.5±2 mm from the edge',
  }
  const checks = [
    picture,
    ...(measured?.checks ?? []),
    ...(made.ok || geometry ? [placed] : []),
  ]
  let output: PhotoOutput | null = null
  if (made.ok && geometry) {
    const { jpeg, widthPx, heightPx } = made
    if (target) await writeFile(target, jpeg, { mode: 0o600 })
    const { headMm, topMm, centreMm, rollDeg } = geometry
    const round = (value: number) => Math.round(value * 100) / 100
    output = {
      ...{ file: target, widthPx, heightPx, bytes: jpeg.length },
      ...{ headMm: round(headMm), topMm: round(topMm), centreMm: round(centreMm), rollDeg: round(rollDeg) },
    }
  }
  return { file, faces: measured?.measures.faces ?? 0, checks, ok: output !== null && checks.every(({ ok }) => ok), output }
}

/** Makes the photos of the files, one after the other; whether every one of them passed. */
async function photos(files: readonly string[], out: string | null): Promise<boolean> {
  const engine = await openNodeFaceEngine()
  if (!engine) {
    process.stderr.write('The face models are not the ones that were tried: no photo is made with others. Install the packages again (npm ci).\n')
    return false
  }
  const from = process.env['INIT_CWD'] ?? '.'
  const folder = out === null ? null : resolve(from, out)
  if (folder) await mkdir(folder, { recursive: true })
  let all = true
  const names = new Set<string>()
  /** A name for each file's photo; a second file of the same name gets a number. */
  const nameFor = (file: string) => {
    const stem = basename(file, extname(file))
    let name = `${stem}.photo.jpg`
    for (let number = 2; names.has(name); number += 1) name = `${stem}-${number}.photo.jpg`
    names.add(name)
    return name
  }
  for (const file of files) {
    const line = await photoOfFile(engine, file, resolve(from, file), folder && join(folder, nameFor(file)))
    process.stdout.write(`${JSON.stringify(line)}\n`)
    all &&= line.ok
  }
  return all
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true })
  if (positionals.length === 0) {
    process.stderr.write(usage)
    process.exitCode = 2
  } else process.exitCode = (await photos(positionals, values.out ?? null)) ? 0 : 1
}
