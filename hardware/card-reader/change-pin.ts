import { apdu } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, selectApplication, selectFile } from './card-session.ts'
import type { PinKind } from './events.ts'
import { approachPin, pinBytes, pinFiles, refusal, verifyPin, type PinRefusal } from './pin.ts'

export interface PinChange {
  readonly pin: PinKind
  readonly old: string
  readonly new: string
  /** The resident agreed to spend the last try. */
  readonly lastTry: boolean
}

/**
 * Gives a PIN a new value that a second VERIFY has proved; null when that is done. Both values are looked at before a try is spent. A card that goes away between the change
 * and its proof leaves it `unsure` which of the two holds.
 */
export async function changePin(line: CardLine, change: PinChange): Promise<PinRefusal | null> {
  const old = pinBytes(change.pin, change.old)
  const fresh = pinBytes(change.pin, change.new)
  try {
    if (!old || !fresh) return refusal('pin-format')
    const refused = (await approachPin(line, change.pin, change.lastTry)) ?? (await verifyPin(line, old))
    if (refused) return refused
    return await setAndProve(line, change.pin, fresh)
  } finally {
    old?.fill(0)
    fresh?.fill(0)
  }
}

async function setAndProve(line: CardLine, pin: PinKind, fresh: Uint8Array): Promise<PinRefusal | null> {
  const command = apdu('00240180', Uint8Array.of(fresh.length), fresh)
  const reply = await line.send(command)
  command.fill(0)
  if (reply === 'refused') return refusal('refused')
  if (typeof reply === 'string') return refusal('unsure')
  if (reply.status !== ok) return refusal('not-changed')
  // Selecting the application anew forgets the old PIN, so that only the new one can pass.
  const application = await selectApplication(line, 'jpki')
  const file = typeof application === 'string' || application.status !== ok ? application : await selectFile(line, pinFiles[pin])
  if (typeof file === 'string' || file.status !== ok) return refusal('unsure')
  const proof = await verifyPin(line, fresh)
  return proof && refusal('unsure', proof.tries)
}
