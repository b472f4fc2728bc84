/** What was read, or why not: `encoding` is not UTF-8 (or has a byte order mark), `syntax` is no JSON, `twice` has a name twice in one object. */
export type StrictJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: 'encoding' | 'syntax' | 'twice' }

/**
 * Reads JSON from a stranger: UTF-8 without byte order mark only (RFC 8259, 8.1), and no name twice in one object, where two readers could see two
 * different messages. What the values may be is the schema's matter.
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { ok: false, reason: 'encoding' }
  }
  if (text.startsWith('\uFEFF')) return { ok: false, reason: 'encoding' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'syntax' }
  }
  return namesIn(text) === namesOf(value) ? { ok: true, value } : { ok: false, reason: 'twice' }
}

/** How many names stand in the text; it is known to be JSON. */
function namesIn(text: string): number {
  let names = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    at = endOfString(text, at)
    if (nextSign(text, at + 1) === ':') names += 1
  }
  return names
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}

function nextSign(text: string, from: number): string {
  let at = from
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1
  return text[at] ?? ''
}

/** How many names the value has, in all its depth; without recursion, because a stranger chooses the depth. */
function namesOf(value: unknown): number {
  let names = 0
  const left = [value]
  while (left.length > 0) {
    const part = left.pop()
    if (typeof part !== 'object' || part === null) continue
    const inside: readonly unknown[] = Object.values(part)
    if (!Array.isArray(part)) names += inside.length
    for (const one of inside) left.push(one)
  }
  return names
}
