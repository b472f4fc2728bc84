import type { EscPosCommand } from './simulator-commands.ts'

const word = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256

/** Repeats each dot of a row `times` times to the right. */
function widen(row: Uint8Array, times: number): Uint8Array {
  if (times === 1) return row.slice()
  const wide = new Uint8Array(row.length * times)
  for (let dot = 0; dot < row.length * 8; dot += 1) {
    if (((row[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) === 0) continue
    for (let copy = dot * times; copy < (dot + 1) * times; copy += 1) wide[copy >> 3] = (wide[copy >> 3] ?? 0) | (0x80 >> (copy & 7))
  }
  return wide
}

function rowsOf(data: Uint8Array, rowBytes: number, count: number, across: number, down: number): Uint8Array[] {
  const rows: Uint8Array[] = []
  for (let row = 0; row < count; row += 1) {
    const dots = widen(data.subarray(row * rowBytes, (row + 1) * rowBytes), across)
    for (let copy = 0; copy < down; copy += 1) rows.push(dots)
  }
  return rows
}

/** The rows of `GS v 0`; none when its mode or size is out of range. */
export function rasterRows(command: EscPosCommand): Uint8Array[] {
  const [digit = 0, mode = 0] = command.parameters
  const rowBytes = word(command.parameters, 2)
  if (digit !== 0x30 || ![0, 1, 2, 3, 48, 49, 50, 51].includes(mode) || rowBytes === 0) return []
  return rowsOf(command.parameters.subarray(6), rowBytes, word(command.parameters, 4), mode & 1 ? 2 : 1, mode & 2 ? 2 : 1)
}

/** What `GS ( L` and `GS 8 L` ask for: function 112 stores rows, 2 and 50 print what is stored; null for other functions. */
export function graphics(command: EscPosCommand): { readonly store: Uint8Array[] } | 'print' | null {
  const body = command.parameters.subarray(command.name === 'GS 8 L' ? 4 : 2)
  const [, which, , across = 1, down = 1] = body
  if (which === 2 || which === 50) return 'print'
  if (which !== 112) return null
  return { store: rowsOf(body.subarray(10), Math.ceil(word(body, 6) / 8), word(body, 8), across, down) }
}

/** Blocks in the place of letters, 12 by 24 dots each: this printer has no fonts, but paper must show that something was printed. */
export function textRows(letters: number, widthDots: number): Uint8Array[] {
  const row = new Uint8Array(Math.ceil(widthDots / 8))
  for (let letter = 0; letter < Math.min(letters, Math.floor(widthDots / 12)); letter += 1)
    for (let dot = letter * 12 + 2; dot < letter * 12 + 10; dot += 1) row[dot >> 3] = (row[dot >> 3] ?? 0) | (0x80 >> (dot & 7))
  return Array.from({ length: 24 }, () => row)
}

/** A row cut or filled up with white to the printable width. */
export function fitRow(row: Uint8Array, widthDots: number): Uint8Array {
  const fitted = new Uint8Array(Math.ceil(widthDots / 8))
  fitted.set(row.subarray(0, fitted.length))
  return fitted
}
