import { apdu, type Reply } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, selectApplication, selectFile } from './card-session.ts'
import type { CardFault, PinKind } from './events.ts'

/** Where the two secrets stand in the JPKI application. */
export const pinFiles: Readonly<Record<PinKind, number>> = { authentication: 0x18, signature: 0x1b }

/** How many tries a status word leaves (63Cx, 6983, 6984); null when it does not say. */
export function triesOf(status: number): number | null {
  if (status >> 4 === 0x63c) return status & 0x0f
  return status === 0x6983 || status === 0x6984 ? 0 : null
}

/**
 * The bytes of a PIN as the card wants them, or null when no card of this kind has such a PIN: 4 digits; 6 to 16 letters and digits with at least one of each, which go out
 * in upper case. Nothing else is mended, so that no try is spent on a slip.
 */
export function pinBytes(kind: PinKind, pin: string): Uint8Array | null {
  const upper = kind === 'signature' ? pin.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : pin
  const fits = kind === 'authentication' ? /^[0-9]{4}$/ : /^(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,16}$/
  return fits.test(upper) ? Uint8Array.from(upper, (character) => character.charCodeAt(0)) : null
}

/** Asks how many tries a PIN has left, which costs none; null when the card does not say. */
export async function readTries(line: CardLine, kind: PinKind): Promise<{ readonly tries: number | null } | CardFault> {
  const selected = await selectFile(line, pinFiles[kind])
  if (typeof selected === 'string') return selected
  if (selected.status !== ok) return { tries: null }
  const reply = await line.send(apdu('00200080'))
  return typeof reply === 'string' ? reply : { tries: triesOf(reply.status) }
}

/** Why a PIN was not taken, and what is left. */
export interface PinRefusal {
  readonly reason: CardFault
  readonly tries: number | null
}

export const refusal = (reason: CardFault, tries: number | null = null): PinRefusal => ({ reason, tries })

/** Whether an outcome is a refusal. */
export const isRefusal = (outcome: object | null): outcome is PinRefusal => outcome !== null && 'reason' in outcome && 'tries' in outcome

/** Selects the JPKI application and a PIN of it, and refuses when a try must not be spent: none is left, or one and nobody agreed. */
export async function approachPin(line: CardLine, kind: PinKind, lastTry: boolean): Promise<PinRefusal | null> {
  const application = await selectApplication(line, 'jpki')
  if (typeof application === 'string') return refusal(application)
  if (application.status !== ok) return refusal('wrong-card')
  const left = await readTries(line, kind)
  if (typeof left === 'string') return refusal(left)
  if (left.tries === 0) return refusal('pin-blocked', 0)
  return left.tries === 1 && !lastTry ? refusal('last-try', 1) : null
}

/** What the answer to a VERIFY means; null when the PIN was right. 6400 and 6401 come from a reader's own keys: too late, or cancelled. */
function judgeVerify(reply: Reply | CardFault): PinRefusal | null {
  if (typeof reply === 'string') return refusal(reply)
  if (reply.status === ok) return null
  if (reply.status === 0x6400 || reply.status === 0x6401) return refusal('pin-cancelled')
  const tries = triesOf(reply.status)
  if (tries === null) return refusal('card-error')
  return refusal(tries === 0 ? 'pin-blocked' : 'pin-wrong', tries)
}

/** Shows the selected PIN to the card, once. The bytes are the caller's to wipe. */
export async function verifyPin(line: CardLine, pin: Uint8Array): Promise<PinRefusal | null> {
  const command = apdu('00200080', Uint8Array.of(pin.length), pin)
  const reply = await line.send(command)
  command.fill(0)
  return judgeVerify(reply)
}

/** Digits of the PIN that can be typed at a reader's own keys, which have no letters. */
export const padDigits = 4

/** Has the selected PIN, one of digits, typed at the reader's own keys and shown to the card, once. */
export async function verifyOnPad(line: CardLine): Promise<PinRefusal | null> {
  return judgeVerify(await line.typedOnPad('verify', apdu('0020008004FFFFFFFF'), padDigits))
}
