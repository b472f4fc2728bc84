import { apdu } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, selectApplication, selectFile } from './card-session.ts'
import type { PinKind } from './events.ts'
import { approachPin, padDigits, pinBytes, pinFiles, refusal, verifyOnPad, verifyPin, type PinRefusal } from './pin.ts'

export interface PinChange {
  readonly pin: PinKind
  /** Both null: typed at the reader's own keys, which is for the PIN of digits alone. */
  readonly old: string | null
  readonly new: string | null
  /** The resident agreed to spend the last try. */
  readonly lastTry: boolean
}

/** How the two values come to the card. */
interface Values {
  showOld(): Promise<PinRefusal | null>
  setNew(): ReturnType<CardLine['send']>
  showNew(): Promise<PinRefusal | null>
}

/** Typed at the reader: the old one, the new one twice, and for the proof the new one once more. */
function typedThere(line: CardLine): Values {
  const set = () => line.typedOnPad('modify', apdu('0024018004FFFFFFFF'), padDigits)
  return { showOld: () => verifyOnPad(line), setNew: set, showNew: () => verifyOnPad(line) }
}

/** Typed on the glass. The bytes are the caller's to wipe. */
function typedHere(line: CardLine, old: Uint8Array, fresh: Uint8Array): Values {
  return {
    showOld: () => verifyPin(line, old),
    async setNew() {
      const command = apdu('00240180', Uint8Array.of(fresh.length), fresh)
      const reply = await line.send(command)
      command.fill(0)
      return reply
    },
    showNew: () => verifyPin(line, fresh),
  }
}

/**
 * Gives a PIN a new value that a second VERIFY has proved; null when that is done. Both values are looked at before a try is spent. A card that goes away between the change
 * and its proof leaves it `unsure` which of the two holds.
 */
export async function changePin(line: CardLine, change: PinChange): Promise<PinRefusal | null> {
  if (change.old === null || change.new === null) return change.pin === 'authentication' ? setAndProve(line, change, typedThere(line)) : refusal('pin-format')
  const old = pinBytes(change.pin, change.old)
  const fresh = pinBytes(change.pin, change.new)
  try {
    return old && fresh ? await setAndProve(line, change, typedHere(line, old, fresh)) : refusal('pin-format')
  } finally {
    old?.fill(0)
    fresh?.fill(0)
  }
}

async function setAndProve(line: CardLine, { pin, lastTry }: PinChange, { showOld, setNew, showNew }: Values): Promise<PinRefusal | null> {
  const refused = (await approachPin(line, pin, lastTry)) ?? (await showOld())
  if (refused) return refused
  const reply = await setNew()
  if (reply === 'refused') return refusal('refused')
  if (typeof reply === 'string') return refusal('unsure')
  if (reply.status !== ok) return refusal('not-changed')
  // Selecting the application anew forgets the old PIN, so that only the new one can pass.
  const application = await selectApplication(line, 'jpki')
  const file = typeof application === 'string' || application.status !== ok ? application : await selectFile(line, pinFiles[pin])
  if (typeof file === 'string' || file.status !== ok) return refusal('unsure')
  const proof = await showNew()
  return proof && refusal('unsure', proof.tries)
}
