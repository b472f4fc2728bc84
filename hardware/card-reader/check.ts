import { createHash } from 'node:crypto'
import { apdu } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, readAuthenticationCertificate, readBinary, selectApplication, selectFile } from './card-session.ts'
import { certificateFacts, type Authorities } from './certificate.ts'
import type { CardFacts, CardFault } from './events.ts'
import { parseCardExpiry, parsePresence, parseTokenInfo } from './files.ts'
import { checkFirstMoica, checkSecondMoica } from './moica.ts'
import { readTries } from './pin.ts'

export interface CheckOptions {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly authorities: Authorities
  /** The card's answer to reset; of a card that nobody knows, its hash is all that is told. */
  readonly atr: Uint8Array
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * Finds out what a card is and what it says without a PIN: by the applications that it has, never by its answer to reset alone. Nothing is written and no try is spent. A card
 * that has the application but none of its content is a card that nobody knows.
 */
export async function checkCard(line: CardLine, options: CheckOptions): Promise<CardFacts | CardFault> {
  const jpki = await selectApplication(line, 'jpki')
  if (typeof jpki === 'string') return jpki
  const found = jpki.status === ok ? await checkMyNumber(line, options) : await checkOthers(line, options)
  return found ?? { kind: 'unknown', atrHash: hashOf(options.atr).slice(0, 16) }
}

async function checkOthers(line: CardLine, options: CheckOptions): Promise<CardFacts | CardFault | null> {
  const found = (await checkSecondMoica(line, options)) ?? (await checkFirstMoica(line, options))
  if (found) return found
  const nhi = await selectApplication(line, 'nhi')
  if (typeof nhi === 'string') return nhi
  return nhi.status === ok ? { kind: 'health-insurance' } : null
}

async function readFile(line: CardLine, file: number, length: number): Promise<Uint8Array | CardFault> {
  const selected = await selectFile(line, file)
  if (typeof selected === 'string') return selected
  return selected.status === ok ? readBinary(line, length) : new Uint8Array(0)
}

async function checkMyNumber(line: CardLine, { now, authorities }: CheckOptions): Promise<CardFacts | CardFault | null> {
  const info = await readFile(line, 0x06, 160)
  if (typeof info === 'string') return info
  const token = parseTokenInfo(info)
  if (!token) return null
  const presence = await readFile(line, 0x08, 3)
  if (typeof presence === 'string') return presence
  const present = parsePresence(presence)
  const authenticationTries = await readTries(line, 'authentication')
  if (typeof authenticationTries === 'string') return authenticationTries
  const signatureTries = await readTries(line, 'signature')
  if (typeof signatureTries === 'string') return signatureTries
  const der = await readAuthenticationCertificate(line)
  if (typeof der === 'string') return der
  const expiry = await readExpiry(line)
  if (typeof expiry === 'string') return expiry
  const absent = present?.authentication === false || der.length === 0
  return {
    kind: 'my-number',
    token,
    expiry: expiry.day,
    signature: present && present.signature,
    authentication: absent ? null : certificateFacts(der, { now, authorities, naming: false }),
    tries: { authentication: authenticationTries.tries, signature: signatureTries.tries },
  }
}

async function readExpiry(line: CardLine): Promise<{ readonly day: string | null } | CardFault> {
  const none = { day: null }
  const application = await selectApplication(line, 'common')
  if (typeof application === 'string') return application
  if (application.status !== ok) return none
  const file = await selectFile(line, 0x01)
  if (typeof file === 'string') return file
  if (file.status !== ok) return none
  const record = await line.send(apdu('00B2010400'))
  if (typeof record === 'string') return record
  const day = record.status === ok ? parseCardExpiry(record.data) : null
  // What stands there instead of a day tells nobody anything: the day is not known.
  return { day: day !== null && /^\d{4}-/.test(day) ? day : null }
}
