import { lstatSync, readFileSync, statSync } from 'node:fs'
import { parseStrictJson } from '../contract/strict-json.ts'

/** A file larger than this is refused unread. */
const largestBytes = 1_000_000
/** Deeper than this nothing of ours is nested. */
const deepest = 32
/** As some editors put it before UTF-8. */
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** What a file says, word for word and as JSON; or what is wrong with it, with the line where there is one. */
export type JsonFile = { readonly ok: true; readonly text: string; readonly content: unknown } | { readonly ok: false; readonly reason: string }

/**
 * Reads a file that a person wrote: UTF-8 with or without a byte order mark, any line ends, strict JSON and no name twice in one object. `plain`: it must
 * be a file itself and not lead elsewhere.
 */
export function readJsonFile(file: string, { plain = false } = {}): JsonFile {
  let bytes: Buffer
  try {
    if (plain && lstatSync(file).isSymbolicLink()) return problem('is a link to another file')
    const { size } = statSync(file)
    if (size > largestBytes) return problem(`is larger than ${largestBytes} bytes`)
    bytes = readFileSync(file)
  } catch (error) {
    return problem(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
  return readJsonBytes(bytes)
}

const problem = (reason: string): JsonFile => ({ ok: false, reason })

/** The same of a file that was read already. */
export function readJsonBytes(bytes: Buffer): JsonFile {
  if (bytes.length > largestBytes) return problem(`is larger than ${largestBytes} bytes`)
  const marked = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
  const content = marked ? bytes.subarray(byteOrderMark.length) : bytes
  const text = content.toString()
  const read = parseStrictJson(content)
  if (read.ok) return depthOf(read.value) > deepest ? problem(`is nested deeper than ${deepest}`) : { ok: true, text, content: read.value }
  if (read.reason === 'encoding') return problem(`is not UTF-8, line ${lineAt(text, text.indexOf('\uFFFD'))}`)
  return read.reason === 'twice' ? problem('has a name twice in one object') : problem(`is not JSON, ${whereNotJson(text)}`)
}

/** What V8 says of a word that does not belong there: it cites what stands around it, which may be a secret, and names no place. */
const strayToken = /^Unexpected token [^,]+|^Unexpected token ','/

function whereNotJson(text: string): string {
  const message = whyNotJson(text)
  const [stray] = strayToken.exec(message) ?? []
  const position = /position (\d+)/.exec(message)?.[1]
  const place = stray === undefined ? Number(position ?? text.length) : placeOfStray(text)
  return `line ${lineAt(text, place)}: ${stray ?? message}`
}

function whyNotJson(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

/** A text that is cut before its stray token is merely not complete: halving finds where. */
function placeOfStray(text: string): number {
  let before = 0
  let behind = text.length
  while (behind - before > 1) {
    const middle = (before + behind) >> 1
    if (strayToken.test(whyNotJson(text.slice(0, middle)))) behind = middle
    else before = middle
  }
  return before
}

function lineAt(text: string, position: number): number {
  return text.slice(0, Math.max(0, position)).split('\n').length
}

/** How deep a value is nested; without recursion, because whoever wrote the file chose the depth. */
function depthOf(value: unknown): number {
  let depth = 0
  let level = [value]
  while (level.length > 0) {
    const inside = level.filter((part) => typeof part === 'object' && part !== null).flatMap((part) => Object.values(part as object) as unknown[])
    if (inside.length > 0) depth += 1
    level = inside
  }
  return depth
}
