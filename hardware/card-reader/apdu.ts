/** A command to a card in its short form (ISO 7816-4, 5.1). */
export interface Apdu {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  /** How many bytes are wanted, 1 to 256; null when none. */
  readonly le: number | null
}

/** Reads a command; null when it is not one of the short form: too short, a wrong length byte, or extended lengths. */
export function parseApdu(bytes: Uint8Array): Apdu | null {
  const [cla = 0, ins = 0, p1 = 0, p2 = 0, third = 0] = bytes
  if (bytes.length < 4) return null
  const head = { cla, ins, p1, p2 }
  const none = new Uint8Array(0)
  const wanted = (byte: number) => byte || 256
  if (bytes.length === 4) return { ...head, data: none, le: null }
  if (bytes.length === 5) return { ...head, data: none, le: wanted(third) }
  const end = 5 + third
  if (third === 0 || bytes.length < end || bytes.length > end + 1) return null
  const data = bytes.subarray(5, end)
  return { ...head, data, le: bytes.length === end ? null : wanted(bytes[end] ?? 0) }
}

/** What a card answered: data and status word (`9000` is success). */
export interface Reply {
  readonly data: Uint8Array
  readonly status: number
}

/** A command out of hexadecimal digits, e.g. `apdu('00A4040C0A', aid)`, and of bytes that follow them; the parts may be a PIN, and no copy of them is left behind. */
export function apdu(hex: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const all = [Uint8Array.from(Buffer.from(hex, 'hex')), ...parts]
  const command = new Uint8Array(all.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of all) {
    command.set(part, at)
    at += part.length
  }
  return command
}
