import { verify, type X509Certificate } from 'node:crypto'
import { readDer, readSequence, readTime, type DerElement } from './der.ts'

/** A revocation list (RFC 5280, 5.1), not yet believed. */
export interface RevocationList {
  /** Of the issuer, as it is written. */
  readonly issuer: Uint8Array
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
  /** Serial numbers in lower-case hexadecimal without leading zeros. */
  readonly serials: ReadonlySet<string>
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** A serial number written one way: as Node and openssl write it, in lower case and without leading zeros. */
export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '')

/** The lists in a PEM file; null when one of them is none, has no day on which the next one comes, or is one of changes or of some cards only. */
export function readRevocationLists(pem: string): readonly RevocationList[] | null {
  const blocks = pem.split('-----BEGIN X509 CRL-----').slice(1).map((block) => {
    const [text = '', end] = block.split('-----END X509 CRL-----')
    return end === undefined ? null : readList(Buffer.from(text, 'base64'))
  })
  const lists = blocks.filter((list) => list !== null)
  return lists.length === blocks.length ? lists : null
}

function readList(der: Uint8Array): RevocationList | null {
  const outer = readDer(der)
  const [content, , signature] = (outer?.length === 1 && readSequence(outer[0])) || []
  // Version 1 has no version number in front.
  const fields = readSequence(content)?.filter(({ tag }, index) => !(index === 0 && tag === 0x02))
  if (!content || !fields || signature?.tag !== 0x03 || signature.content[0] !== 0) return null
  const [, issuer, thisUpdate, nextUpdate, ...others] = fields
  const revoked = others.find(({ tag }) => tag === 0x30)
  if (isCritical(others.find(({ tag }) => tag === 0xa0))) return null
  const from = readTime(thisUpdate)
  const until = readTime(nextUpdate)
  const serials = revoked ? readSerials(revoked) : new Set<string>()
  if (!issuer || from === null || until === null || !serials) return null
  return { issuer: issuer.bytes, from, until, serials, signed: content.bytes, signature: signature.content.subarray(1) }
}

/** Whether an extension says what must be understood, and is not here: that the list is one of changes only, or of some cards (RFC 5280, 5.2). */
function isCritical(extensions: DerElement | undefined): boolean {
  if (!extensions) return false
  const each = readSequence(readDer(extensions.content)?.[0])?.map(readSequence)
  // In DER a value that is the default, here false, is left out.
  return each?.every((extension) => extension !== null && extension[1]?.tag !== 0x01) !== true
}

function readSerials(revoked: DerElement): ReadonlySet<string> | null {
  const entries = readSequence(revoked)?.map((entry) => readSequence(entry)?.[0])
  if (!entries || entries.some((serial) => serial?.tag !== 0x02)) return null
  return new Set(entries.map((serial) => plainSerial(Buffer.from(serial?.content ?? []).toString('hex'))))
}

/** The name of a certificate's subject as it is written in it; null when that cannot be found. */
function subjectOf(certificate: X509Certificate): Uint8Array | null {
  const content = readSequence(readSequence(readDer(certificate.raw)?.[0])?.[0])
  const fields = content?.[0]?.tag === 0xa0 ? content.slice(1) : content
  // Serial, algorithm, issuer, validity, subject.
  return fields?.[4]?.bytes ?? null
}

/** Whether `authority` issued and signed this list. */
export function isListOf(list: RevocationList, authority: X509Certificate): boolean {
  const subject = subjectOf(authority)
  return subject !== null && Buffer.from(subject).equals(list.issuer) && verify('sha256', list.signed, authority.publicKey, list.signature)
}
