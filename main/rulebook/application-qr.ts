import type { ApplicationCodePatterns } from './rulebook.ts'
import { containsIndividualNumber, hasTwelveDigits, withAsciiDigits } from './individual-number.ts'

/** The length of an application form ID (申請書ID, R047). It has no public check digit. */
export const applicationFormIdDigits = 23

/** How the ID is grouped to be read and typed. */
export const applicationFormIdGroups: readonly number[] = [4, 4, 4, 4, 4, 3]

/** Whether `text` is an application form ID: exactly 23 ASCII digits. */
export function isApplicationFormId(text: string): boolean {
  return /^[0-9]{23}$/.test(text)
}

/** The ID in groups of four with spaces between, the last of three. */
export function groupId(id: string): string {
  return id.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** The last 4 digits: all of an ID that may be shown, printed or said. */
export function maskId(id: string): string {
  return id.slice(-4)
}

/**
 * Why a code was not taken. `individual-number`: 12 digits that may be someone's number, to be dropped without any trace (B9);
 * `too-long`: not even looked at, so it may hold one as well; `not-application`: anything else.
 */
export type CodeReason = 'individual-number' | 'too-long' | 'not-application'

/** An application form ID, or why there is none. A refusal never holds anything of what was read. */
export type CodeReading = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: CodeReason }

const notApplication: CodeReading = { ok: false, reason: 'not-application' }

/** UTF-8, or else the Shift_JIS of Japanese codes; no byte sequence fails. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

function withoutSuffix(text: string, suffixes: readonly string[]): string {
  const suffix = suffixes.filter((end) => text.endsWith(end)).sort((a, b) => b.length - a.length)[0]
  return suffix === undefined ? text : text.slice(0, text.length - suffix.length)
}

/** `text` with its percent escapes taken out once; null when they are broken. */
function unescapedOnce(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Rows of 22 to 24 digits stand where the ID stands: a misprinted or misread ID is "not the code on the form", not someone's number. */
function mayHoldNumber(text: string): boolean {
  const likeAnId = (run: string) => Math.abs(run.length - applicationFormIdDigits) <= 1
  return containsIndividualNumber(withAsciiDigits(text).replace(/[0-9]+/g, (run) => (likeAnId(run) ? '#' : run)))
}

/** A machine writes printable ASCII; whatever else is in a code, it is not the form's. */
function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/** Taken apart by hand because the platform's URL parser forgives what must be refused here: backslashes, tabs, dots, user names. */
const address = /^([a-z]+):\/\/([a-z0-9.-]+)(\/[^?#\\]*)?(?:\?([^#]*))?$/i

/** The ID in a web address of the application site; null when it is not one or says anything twice. */
function idInAddress(text: string, { schemes, hosts, pathPrefixes }: ApplicationCodePatterns): string | null {
  const [whole, scheme = '', writtenHost = '', rawPath = '', rawQuery = ''] = address.exec(text) ?? []
  const host = writtenHost.toLowerCase()
  const path = unescapedOnce(rawPath)
  const query = unescapedOnce(rawQuery)
  if (whole === undefined || path === null || query === null || !isPrintable(path + query)) return null
  if (!schemes.includes(scheme.toLowerCase())) return null
  if (!hosts.some(({ name, subdomains }) => host === name || (subdomains && host.endsWith(`.${name}`)))) return null
  if (!pathPrefixes.some((prefix) => (path || '/').startsWith(prefix)) || /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(path)) return null

  const names = query.split('&').map((pair) => pair.split('=')[0])
  if (new Set(names).size !== names.length) return null
  const ids = `${path}?${query}`.match(/[0-9]+/g)?.filter(isApplicationFormId) ?? []
  return ids.length === 1 ? ids[0]! : null
}

/**
 * The application form ID in the bytes of one QR code (C3). Never opens, fetches or keeps anything; linear in the length, which is bounded first.
 * The 12-digit guard sees the code with its ID taken out, as it is written and with its percent escapes taken out once.
 */
export function readApplicationCode(bytes: Uint8Array, patterns: ApplicationCodePatterns): CodeReading {
  if (bytes.length > patterns.maxBytes) return { ok: false, reason: 'too-long' }
  const text = withoutSuffix(textOf(bytes), patterns.suffixes)
  if ([text, unescapedOnce(text) ?? ''].some(mayHoldNumber)) return { ok: false, reason: 'individual-number' }
  const id = isApplicationFormId(text) && patterns.bareId ? text : idInAddress(text, patterns)
  return id === null ? notApplication : { ok: true, id }
}

/** The one application form ID among all codes in view; two different ones are refused, for the booth must not choose between forms. */
export function readApplicationCodes(
  codes: readonly Uint8Array[],
  patterns: ApplicationCodePatterns,
): CodeReading | { readonly ok: false; readonly reason: 'two-codes' } {
  const readings = codes.map((bytes) => readApplicationCode(bytes, patterns))
  const ids = new Set(readings.flatMap((reading) => (reading.ok ? [reading.id] : [])))
  if (ids.size > 1) return { ok: false, reason: 'two-codes' }
  const refused = (reason: CodeReason) => readings.find((reading) => !reading.ok && reading.reason === reason)
  return readings.find(({ ok }) => ok) ?? refused('individual-number') ?? refused('too-long') ?? notApplication
}

/** The typed ID, or why it is none: `individual-number` for 12 digits in any script and spacing, right or wrong; `length` for all else. */
export type TypedReading = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: 'individual-number' | 'length' }

/** The application form ID that someone typed; full-width digits and spaces are forgiven (B9.2). */
export function readTypedId(text: string): TypedReading {
  const id = text.normalize('NFKC').replace(/\s/g, '')
  if (isApplicationFormId(id)) return { ok: true, id }
  return { ok: false, reason: hasTwelveDigits(text) ? 'individual-number' : 'length' }
}
