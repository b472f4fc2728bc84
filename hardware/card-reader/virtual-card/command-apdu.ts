/** A command as a card reads it (ISO/IEC 7816-4 5.1). */
export interface CommandApdu {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  /** How many bytes the answer may have, 1..65536; null when none are expected. */
  readonly le: number | null
  /** Whether its lengths are in the extended form. */
  readonly extended: boolean
}

/** The header and the body of `bytes`; null when there is no whole header, and a null body when its lengths do not add up. */
export function readCommand(bytes: Uint8Array): (Omit<CommandApdu, 'data' | 'le' | 'extended'> & { readonly body: Body | null }) | null {
  const [cla, ins, p1, p2, ...rest] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null
  return { cla, ins, p1, p2, body: readBody(Uint8Array.from(rest)) }
}

type Body = Pick<CommandApdu, 'data' | 'le' | 'extended'>

function readBody(body: Uint8Array): Body | null {
  const none = new Uint8Array(0)
  const [first = 0] = body
  if (body.length === 0) return { data: none, le: null, extended: false }
  if (body.length === 1) return { data: none, le: first || 0x100, extended: false }
  if (first > 0) {
    const data = body.slice(1, 1 + first)
    if (body.length === 1 + first) return { data, le: null, extended: false }
    return body.length === 2 + first ? { data, le: body[1 + first] || 0x100, extended: false } : null
  }
  const word = (at: number) => (body[at] ?? 0) * 256 + (body[at + 1] ?? 0)
  if (body.length === 3) return { data: none, le: word(1) || 0x10000, extended: true }
  const length = word(1)
  const data = body.slice(3, 3 + length)
  if (length === 0 || body.length < 3 + length) return null
  if (body.length === 3 + length) return { data, le: null, extended: true }
  return body.length === 5 + length ? { data, le: word(3 + length) || 0x10000, extended: true } : null
}
