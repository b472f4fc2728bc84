import { createHash, verify } from 'node:crypto'
import { apdu } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, readAuthenticationCertificate, selectFile } from './card-session.ts'
import { judgeCertificate, parseCertificate, type Authorities } from './certificate.ts'
import { approachPin, pinBytes, pinFiles, refusal, verifyOnPad, verifyPin, type PinRefusal } from './pin.ts'

/** DigestInfo of a SHA-256 hash (RFC 8017, 9.2, note 1). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const authenticationKey = 0x17

export interface SignIn {
  /** What the other side wants signed. */
  readonly challenge: Uint8Array
  /** Null: typed at the reader's own keys. */
  readonly pin: string | null
  readonly lastTry: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  readonly authorities: Authorities
}

/** What proves who holds the card. */
export interface SignedIn {
  /** DER. */
  readonly certificate: Uint8Array
  /** RSA-2048, PKCS #1 v1.5, SHA-256 over the challenge. */
  readonly signature: Uint8Array
}

/** Has a challenge signed with the card's key for users. The certificate is judged before a try is spent, and the signature is checked before it is given away. */
export async function signIn(line: CardLine, request: SignIn): Promise<SignedIn | PinRefusal> {
  const pin = request.pin === null ? null : pinBytes('authentication', request.pin)
  if (request.pin !== null && !pin) return refusal('pin-format')
  try {
    const refused = await approachPin(line, 'authentication', request.lastTry)
    if (refused) return refused
    const certificate = await readOwnCertificate(line, request)
    if ('reason' in certificate) return certificate
    const key = await selectFile(line, pinFiles.authentication)
    if (typeof key === 'string' || key.status !== ok) return refusal(typeof key === 'string' ? key : 'card-error')
    const wrong = pin ? await verifyPin(line, pin) : await verifyOnPad(line)
    return wrong ?? (await sign(line, request.challenge, certificate.der))
  } finally {
    pin?.fill(0)
  }
}

async function readOwnCertificate(line: CardLine, { now, authorities }: SignIn): Promise<{ readonly der: Uint8Array } | PinRefusal> {
  const der = await readAuthenticationCertificate(line)
  if (typeof der === 'string') return refusal(der)
  if (der.length === 0) return refusal('no-certificate')
  const certificate = parseCertificate(der)
  return certificate && judgeCertificate(certificate, now, authorities) === null ? { der: Uint8Array.from(certificate.raw) } : refusal('certificate-refused')
}

async function sign(line: CardLine, challenge: Uint8Array, certificate: Uint8Array): Promise<SignedIn | PinRefusal> {
  const key = await selectFile(line, authenticationKey)
  if (typeof key === 'string') return refusal(key)
  const hash = createHash('sha256').update(challenge).digest()
  const reply = await line.send(apdu('802A0080', Uint8Array.of(digestInfo.length + hash.length), digestInfo, hash, Uint8Array.of(0)))
  if (typeof reply === 'string') return refusal(reply)
  if (reply.status !== ok) return refusal('card-error')
  const publicKey = parseCertificate(certificate)?.publicKey
  return publicKey && verify('sha256', challenge, publicKey, reply.data) ? { certificate, signature: reply.data } : refusal('signature-wrong')
}
