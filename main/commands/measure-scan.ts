import { readBarcodes } from 'zxing-wasm/reader'
import { luminanceOf } from '../../renderer/decoder/luminance.ts'
import { codeImages, type CodeImagesOptions } from './code-images.ts'
import { openDecoder, readPixels } from './open-decoder.ts'

/** One measurement, as `npm run bench` prints it. */
export interface ScanMeasurement {
  readonly area: 'scan'
  readonly name: string
  readonly n: number
  readonly p50: number
  readonly p95: number | null
  readonly p98: number | null
  /** Ours divided by the peer's. */
  readonly ratio: number | null
  readonly peer: 'zxing-wasm'
  readonly unit: '%' | 'points' | 'ms' | 'codes'
}

interface Tally {
  n: number
  ours: number
  theirs: number
}

/**
 * Measures the decoder on the measuring set beside zxing-wasm alone (its own `readBarcodes`, QR codes only, all its tries) on the very same pixels:
 * `rate` and `gain` over all pictures with a code, `rate <condition>`, `cpu` of the pictures that zxing-wasm reads, `wrong` codes over all pictures.
 */
export async function* measureScan(options: CodeImagesOptions = {}): AsyncGenerator<ScanMeasurement> {
  const decoder = await openDecoder()
  const conditions = new Map<string, Tally>()
  const all: Tally = { n: 0, ours: 0, theirs: 0 }
  const cpu: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  let [pictures, wrong] = [0, 0]
  for await (const { condition, text, jpeg } of codeImages(options)) {
    const { data, width, height } = await readPixels(jpeg)
    const rgba = withAlpha(data)
    const ours = async () => decoder.still(luminanceOf(rgba, width, height, 4)).map(({ bytes }) => bytes)
    const image = { data: rgba, width, height } as Parameters<typeof readBarcodes>[0]
    const theirs = async () => (await readBarcodes(image, { formats: ['QRCode'] })).map(({ bytes }) => bytes)
    // In turns, so that neither always finds the memory that the other has warmed.
    const before = pictures % 2 === 0 ? await timed(theirs) : null
    const mine = await timed(ours)
    const peers = before ?? (await timed(theirs))
    pictures += 1
    wrong += mine.texts.filter((read) => read !== text).length
    const iRead = text !== null && mine.texts.includes(text)
    const theyRead = text !== null && peers.texts.includes(text)
    if (theyRead) {
      // The better of two, because a machine is never quite alone.
      cpu.ours.push(Math.min(mine.ms, (await timed(ours)).ms))
      cpu.theirs.push(Math.min(peers.ms, (await timed(theirs)).ms))
    }
    if (text === null) continue
    const own = conditions.get(condition) ?? { n: 0, ours: 0, theirs: 0 }
    conditions.set(condition, own)
    for (const tally of [all, own]) {
      tally.n += 1
      tally.ours += iRead ? 1 : 0
      tally.theirs += theyRead ? 1 : 0
    }
  }
  const line = (name: string, n: number, unit: ScanMeasurement['unit'], p50: number, rest: Partial<ScanMeasurement> = {}): ScanMeasurement => ({
    area: 'scan',
    name,
    n,
    p50,
    p95: null,
    p98: null,
    ratio: null,
    peer: 'zxing-wasm',
    unit,
    ...rest,
  })
  const rate = (name: string, { n, ours, theirs }: Tally) =>
    line(name, n, '%', round((100 * ours) / n), { ratio: theirs === 0 ? null : round(ours / theirs) })
  for (const [name, tally] of conditions) yield rate(`rate ${name}`, tally)
  yield rate('rate', all)
  yield line('gain', all.n, 'points', round((100 * (all.ours - all.theirs)) / all.n))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const times = cpu.ours.sort((a, b) => a - b)
  const at = (part: number) => round(times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0)
  yield line('cpu', times.length, 'ms', at(0.5), { p95: at(0.95), p98: at(0.98), ratio: round(sum(cpu.ours) / sum(cpu.theirs)) })
  yield line('wrong', pictures, 'codes', wrong)
}

/** Runs `read` and gives its texts and the CPU time that it took. */
async function timed(read: () => Promise<readonly Uint8Array[]>): Promise<{ readonly texts: readonly string[]; readonly ms: number }> {
  const from = process.cpuUsage()
  const codes = await read()
  const { user, system } = process.cpuUsage(from)
  return { texts: codes.map((bytes) => Buffer.from(bytes).toString('latin1')), ms: (user + system) / 1000 }
}

function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255)
  for (let from = 0, to = 0; from < rgb.length; from += 1, to += from % 3 === 0 ? 2 : 1) rgba[to] = rgb[from] ?? 0
  return rgba
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
