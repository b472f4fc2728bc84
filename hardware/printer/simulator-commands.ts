/** One ESC/POS command as it stood in the byte stream. */
export interface EscPosCommand {
  /** As in the reference: `ESC @`, `GS v`, `GS ( L`; `text` for printable characters, `unknown` for what no command begins with. */
  readonly name: string
  /** What follows the name: parameters and data. */
  readonly parameters: Uint8Array
  readonly length: number
}

type Size = (bytes: Uint8Array) => number | null

/** As many parameters as said. */
const fixed =
  (count: number): Size =>
  () =>
    count
/** A two-byte count, low byte first, and that many bytes. */
const counted: Size = (bytes) => (bytes.length < 2 ? null : 2 + (bytes[0] ?? 0) + (bytes[1] ?? 0) * 256)
const untilNul: Size = (bytes) => (bytes.indexOf(0) === -1 ? null : bytes.indexOf(0) + 1)
/** By the value of a parameter: `pick` gets the parameters once there are `least` of them. */
const depending =
  (least: number, pick: (bytes: Uint8Array) => number): Size =>
  (bytes) =>
    bytes.length < least ? null : pick(bytes)

const word = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256

const sizes = new Map<string, Size>()
const define = (lead: string, letters: string, size: Size) => {
  for (const letter of letters) sizes.set(`${lead} ${letter}`, size)
}
define('ESC', '@2<LSimv\f', fixed(0))
define('ESC', ' !%-3=?EGJKMRTUVadert{', fixed(1))
define('ESC', '$\\c', fixed(2))
define('ESC', 'p', fixed(3))
define('ESC', 'W', fixed(8))
define('ESC', 'D', untilNul)
define('ESC', '*', depending(3, (bytes) => 3 + word(bytes, 1) * ((bytes[0] ?? 0) < 32 ? 1 : 3)))
define('GS', ':', fixed(0))
define('GS', '!/BEHITabfhrw', fixed(1))
define('GS', '$LPW\\', fixed(2))
define('GS', '^', fixed(3))
define('GS', '*', depending(2, (bytes) => 2 + (bytes[0] ?? 0) * (bytes[1] ?? 0) * 8))
define('GS', 'V', depending(1, (bytes) => ([0, 1, 48, 49].includes(bytes[0] ?? 0) ? 1 : 2)))
define('GS', 'k', (bytes) => {
  if (bytes.length < 2) return null
  if ((bytes[0] ?? 0) >= 65) return 2 + (bytes[1] ?? 0)
  return bytes.indexOf(0) === -1 ? null : bytes.indexOf(0) + 1
})
// GS v 0 m xL xH yL yH and x times y bytes of dots
define('GS', 'v', depending(6, (bytes) => 6 + word(bytes, 2) * word(bytes, 4)))
define('FS', '&.', fixed(0))
define('FS', '!-CW', fixed(1))
define('FS', 'Sp', fixed(2))
// Real-time commands again, as they come up in their turn: they were obeyed on arrival and are passed over now.
define('DLE', '\x04', depending(1, (bytes) => ([7, 8, 18].includes(bytes[0] ?? 0) ? 2 : 1)))
define('DLE', '\x05', fixed(1))
define('DLE', '\x14', depending(1, (bytes) => ({ 1: 3, 2: 3, 3: 6, 7: 2, 8: 8 })[bytes[0] ?? 0] ?? 1))

const leads = new Map([
  [0x10, 'DLE'],
  [0x1b, 'ESC'],
  [0x1c, 'FS'],
  [0x1d, 'GS'],
])

/** The first command of `bytes`; null when its end has not arrived yet. */
export function nextCommand(bytes: Uint8Array): EscPosCommand | null {
  const [first, second, third] = bytes
  if (first === undefined) return null
  const lead = leads.get(first)
  if (!lead) {
    const name = first === 0x0a ? 'LF' : first < 0x20 || first === 0x7f ? 'control' : 'text'
    return { name, parameters: bytes.subarray(0, 1), length: 1 }
  }
  if (second === undefined) return null
  let name = `${lead} ${String.fromCharCode(second)}`
  let begin = 2
  let size: Size | undefined = sizes.get(name)
  if (second === 0x28 || name === 'GS 8') {
    if (third === undefined) return null
    name += ` ${String.fromCharCode(third)}`
    begin = 3
    size = second === 0x28 ? counted : depending(4, (rest) => 4 + word(rest, 0) + word(rest, 2) * 65_536)
  }
  if (!size) return { name: 'unknown', parameters: bytes.subarray(0, 2), length: 2 }
  const rest = bytes.subarray(begin)
  const length = size(rest)
  if (length === null || rest.length < length) return null
  return { name, parameters: rest.subarray(0, length), length: begin + length }
}

/** Real-time commands, found wherever they stand in the stream, in the data of other commands too. */
export type RealTimeCommand =
  | { readonly kind: 'ask'; readonly status: 1 | 2 | 3 | 4 }
  | { readonly kind: 'recover'; readonly restart: boolean }
  | { readonly kind: 'clear' }

const patterns: readonly (readonly [readonly number[], RealTimeCommand])[] = [
  [[0x10, 0x04, 1], { kind: 'ask', status: 1 }],
  [[0x10, 0x04, 2], { kind: 'ask', status: 2 }],
  [[0x10, 0x04, 3], { kind: 'ask', status: 3 }],
  [[0x10, 0x04, 4], { kind: 'ask', status: 4 }],
  [[0x10, 0x05, 1], { kind: 'recover', restart: true }],
  [[0x10, 0x05, 2], { kind: 'recover', restart: false }],
  [[0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8], { kind: 'clear' }],
]

/** Watches a stream a byte at a time; says when a real-time command is complete. */
export function realTimeWatch(): (byte: number) => RealTimeCommand | null {
  let seen: number[] = []
  const begins = (pattern: readonly number[]) => seen.every((byte, index) => pattern[index] === byte)
  return (byte) => {
    // Nearly every byte is a picture's.
    if (seen.length === 0 && byte !== 0x10) return null
    seen.push(byte)
    while (seen.length > 0 && !patterns.some(([pattern]) => begins(pattern))) seen.shift()
    const found = patterns.find(([pattern]) => seen.length === pattern.length && begins(pattern))
    if (!found) return null
    seen = []
    return found[1]
  }
}
