import { resolve } from 'node:path'
import { realClock, type Clock } from '../../hardware/clock.ts'
import type { CodeDecoder } from '../../renderer/decoder/code-decoder.ts'
import { luminanceOf } from '../../renderer/decoder/luminance.ts'
import { builtInRulebook } from '../rulebook/built-in.ts'
import { maskId, readApplicationCode, readApplicationCodes } from '../rulebook/application-qr.ts'
import { openDecoder, readPixels, type Pixels } from './open-decoder.ts'

const usage = 'usage: npm run scan -- <image...>\n'

type Refusal = Exclude<ReturnType<typeof readApplicationCodes>, { readonly ok: true }>['reason']

/** What is said about one file. */
export interface ScanLine {
  /** As it was named. */
  readonly file: string
  /** The code's text: null where none was read, where its bytes are no UTF-8, and where an Individual Number was or may have been refused. */
  readonly text: string | null
  /** The code's bytes, under the same reserve. */
  readonly bytesHex: string | null
  /** How long the reading took, without unpacking the file. */
  readonly ms: number
  readonly accepted: boolean
  readonly reason: Refusal | 'not-a-picture' | 'no-code' | null
  readonly applicationIdLast4: string | null
}

/** Reads one picture as the booth does: its decoder, its rules. */
export async function scanFile(file: string, path: string, decoder: CodeDecoder, clock: Clock): Promise<ScanLine> {
  const nothing = { file, text: null, bytesHex: null, ms: 0, accepted: false, reason: null, applicationIdLast4: null }
  let pixels: Pixels
  try {
    pixels = await readPixels(path)
  } catch {
    return { ...nothing, reason: 'not-a-picture' }
  }
  const from = clock.monotonic()
  const codes = decoder.still(luminanceOf(pixels.data, pixels.width, pixels.height, 3)).map(({ bytes }) => bytes)
  const ms = Math.round((clock.monotonic() - from) * 10) / 10
  if (codes.length === 0) return { ...nothing, ms, reason: 'no-code' }
  const reading = readApplicationCodes(codes, builtInRulebook.applicationCode)
  const [first = new Uint8Array(), ...others] = codes
  if (reading.ok) {
    const taken = codes.find((bytes) => readApplicationCode(bytes, builtInRulebook.applicationCode).ok) ?? first
    return { ...nothing, ...shown(taken), ms, accepted: true, reason: null, applicationIdLast4: maskId(reading.id) }
  }
  // Only a refusal that was read to its end, and of the one code in view, may be shown.
  return { ...nothing, ...(reading.reason === 'not-application' && others.length === 0 ? shown(first) : {}), ms, reason: reading.reason }
}

function shown(bytes: Uint8Array): Pick<ScanLine, 'text' | 'bytesHex'> {
  let text: string | null = null
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not UTF-8: the bytes say it all.
  }
  return { text, bytesHex: Buffer.from(bytes).toString('hex') }
}

/** Scans the files one after the other; whether every one of them was accepted. */
async function scan(files: readonly string[]): Promise<boolean> {
  const [decoder, clock] = [await openDecoder(), realClock()]
  let all = true
  for (const file of files) {
    const line = await scanFile(file, resolve(process.env['INIT_CWD'] ?? '.', file), decoder, clock)
    process.stdout.write(`${JSON.stringify(line)}\n`)
    all &&= line.accepted
  }
  return all
}

if (import.meta.main) {
  const files = process.argv.slice(2)
  if (files.length === 0) {
    process.stderr.write(usage)
    process.exitCode = 2
  } else process.exitCode = (await scan(files)) ? 0 : 1
}
