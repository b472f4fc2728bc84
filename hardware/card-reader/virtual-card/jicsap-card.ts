import { randomBytes } from 'node:crypto'
import type { CardApplication, CardFile, Opens } from './card-files.ts'
import type { CardState } from './card-state.ts'
import { readCommand, type CommandApdu } from './command-apdu.ts'
import { signatureScheme } from './rsa-signature.ts'
import { sw, type Handled, type VirtualCard } from './virtual-card.ts'

/** The answer to one command, before its status word becomes bytes. */
interface Answer {
  readonly status: number
  readonly data?: Uint8Array
}
type Command = (apdu: CommandApdu) => Answer

const hex4 = (number: number) => number.toString(16).toUpperCase().padStart(4, '0')
const answer = (status: number): Answer => ({ status })
/** The short file identifiers: 0001..001E. */
const isShort = (id: number) => id >= 1 && id <= 0x1e

export interface JicsapCardPorts {
  readonly applications: readonly CardApplication[]
  /** What GET DATA gives while no application is selected, by tag. */
  readonly objects: ReadonlyMap<number, Uint8Array>
  readonly pins: CardState['pins']
  /** Called when a PIN or its counter changed. */
  changed(): void
}

/** The name of the state before any application is selected, and of the security domain that leads back to it. */
export const cardManager = 'card'
const cardManagerAid = 'a0000001510000'

/**
 * The operating system of a Japanese card: ISO/IEC 7816-4 as the JICSAP specification 1.1 (1998) narrows it, logical channel 0, no secure messaging.
 * Nothing that it answers depends on who asks: only on what is selected and which PINs were shown since.
 */
export function makeJicsapCard({ applications, objects, pins, changed }: JicsapCardPorts): VirtualCard {
  let application: CardApplication | null = null
  let current: number | null = null
  let touched: number | null = null
  let spent: string | null = null
  const verified = new Set<string>()

  const fileAt = (id: number | null): CardFile | undefined => (id === null ? undefined : application?.files.get(id))
  const isOpen = (opens: Opens) => opens === 'free' || (opens !== 'never' && opens.some((pin) => verified.has(pin)))

  const forget = () => {
    application = null
    current = null
    verified.clear()
  }

  /** The file that a command names by a short identifier, which makes it the current one, or the current file; a status word when neither is there. */
  const named = (short: number): CardFile | number => {
    if (short !== 0) {
      if (!isShort(short)) return sw.wrongParameters
      touched = short
      if (!fileAt(short)) return sw.notFound
      current = short
    }
    touched = current
    return fileAt(current) ?? sw.noCurrentFile
  }
  /** The same, named in P2 of the commands for keys: `80` for the current file, else `80` and the short identifier. */
  const namedKey = (p2: number): CardFile | number => ((p2 & 0xe0) === 0x80 ? named(p2 & 0x1f) : sw.wrongParameters)

  const selectApplication = ({ data: name, p2, le }: CommandApdu): Answer => {
    if ((p2 & ~0x0c) !== 0) return answer(sw.wrongParameters)
    if (name.length === 0 || name.length > 16) return answer(sw.wrongLength)
    const wanted = Buffer.from(name).toString('hex')
    const found = applications.find(({ aid }) => aid.startsWith(wanted))
    if (!found && !cardManagerAid.startsWith(wanted)) return answer(sw.notFound)
    forget()
    application = found ?? null
    const aid = Buffer.from(found?.aid ?? cardManagerAid, 'hex')
    const template = Uint8Array.of(0x6f, aid.length + 2, 0x84, aid.length, ...aid)
    return { status: sw.ok, data: (p2 & 0x0c) === 0 && le !== null ? template.slice(0, le) : new Uint8Array(0) }
  }

  const select: Command = (apdu) => {
    const { p1, p2, data } = apdu
    if (p1 === 4) return selectApplication(apdu)
    if (p1 === 0) return answer(data.length > 0 ? sw.notFound : application ? sw.ok : sw.wrongParameters)
    if (p1 !== 2 || (p2 & ~0x0c) !== 0) return answer(sw.wrongParameters)
    const [high, low] = data
    if (data.length !== 2 || high === undefined || low === undefined) return answer(sw.wrongLength)
    touched = high * 256 + low
    if (!fileAt(touched)) return answer(sw.notFound)
    current = touched
    return answer(sw.ok)
  }

  const readBinary: Command = ({ p1, p2, data, le }) => {
    if (le === null || data.length > 0) return answer(sw.wrongLength)
    const short = p1 >= 0x80
    if (short && (p1 & 0x60) !== 0) return answer(sw.wrongParameters)
    const file = named(short ? p1 & 0x1f : 0)
    if (typeof file === 'number') return answer(file)
    if (file.kind !== 'transparent') return answer(sw.structureConflict)
    if (!isOpen(file.opens)) return answer(sw.securityNotSatisfied)
    const content = file.content()
    const offset = short ? p2 : p1 * 256 + p2
    return offset < content.length ? { status: sw.ok, data: content.slice(offset, offset + le) } : answer(sw.outsideFile)
  }

  const readRecord: Command = ({ p1, p2, data, le }) => {
    if (le === null || data.length > 0) return answer(sw.wrongLength)
    const mode = p2 & 7
    if (mode !== 4 && mode !== 5) return answer(sw.wrongParameters)
    const file = named(p2 >> 3)
    if (typeof file === 'number') return answer(file)
    if (file.kind !== 'records') return answer(sw.structureConflict)
    if (!isOpen(file.opens)) return answer(sw.securityNotSatisfied)
    const records = file.records()
    if (p1 === 0 || p1 > records.length) return answer(sw.recordNotFound)
    const wanted = records.slice(p1 - 1, mode === 4 ? p1 : records.length)
    return { status: sw.ok, data: new Uint8Array(Buffer.concat(wanted)).slice(0, le) }
  }

  /** The PIN that P2 names, and what is known of it; a status word when there is none. */
  const namedPin = (p2: number) => {
    const file = namedKey(p2)
    if (typeof file === 'number') return file
    if (file.kind !== 'pin') return sw.structureConflict
    const state = pins[file.pin]
    return state ? { file, state } : sw.referenceNotFound
  }

  const verify: Command = ({ p1, p2, data }) => {
    if (p1 !== 0) return answer(sw.wrongParameters)
    const found = namedPin(p2)
    if (typeof found === 'number') return answer(found)
    const { file, state } = found
    if (data.length === 0) return answer(sw.triesLeft + state.left)
    if (state.left === 0) return answer(sw.referenceBlocked)
    if (Buffer.from(data).toString('latin1') === state.value) {
      state.left = state.most
      verified.add(file.pin)
    } else {
      state.left -= 1
      spent = file.pin
      verified.delete(file.pin)
    }
    changed()
    return answer(spent === null ? sw.ok : sw.triesLeft + state.left)
  }

  /** The two commands that change a PIN want the old one shown before. */
  const change = (how: 'reference-data' | 'key', p1Wanted: number): Command => ({ p1, p2, data }) => {
    if (p1 !== p1Wanted) return answer(sw.wrongParameters)
    const found = namedPin(p2)
    if (typeof found === 'number') return answer(found)
    const { file, state } = found
    if (file.change !== how) return answer(sw.conditionsNotSatisfied)
    if (state.left === 0) return answer(sw.referenceBlocked)
    if (!verified.has(file.pin)) return answer(sw.securityNotSatisfied)
    const value = Buffer.from(data).toString('latin1')
    if (!file.format.test(value)) return answer(sw.wrongData)
    state.value = value
    state.left = state.most
    changed()
    return answer(sw.ok)
  }

  const computeSignature: Command = ({ p1, p2, data, le }) => {
    const scheme = signatureScheme(p1)
    if (!scheme) return answer(sw.wrongParameters)
    const own = p2 === 0 ? application?.ownKey : undefined
    const file: CardFile | number = own ? { kind: 'key', opens: 'free', key: own, use: 'sign' } : namedKey(p2)
    if (typeof file === 'number') return answer(file)
    if (file.kind !== 'key') return answer(sw.structureConflict)
    if (!isOpen(file.opens)) return answer(sw.securityNotSatisfied)
    if (file.use !== 'sign') return answer(sw.conditionsNotSatisfied)
    if (le === null || data.length === 0) return answer(sw.wrongLength)
    if (data.length < scheme.least || data.length > scheme.most) return answer(sw.conditionsNotSatisfied)
    return le < 256 ? answer(sw.rightLength) : { status: sw.ok, data: scheme.sign(file.key, data) }
  }

  const internalAuthenticate: Command = ({ p1, p2, data, le }) => {
    if (p1 !== 0) return answer(sw.wrongParameters)
    const file = namedKey(p2)
    if (typeof file === 'number') return answer(file)
    if (file.kind !== 'key') return answer(sw.structureConflict)
    if (!isOpen(file.opens)) return answer(sw.securityNotSatisfied)
    if (file.use !== 'authenticate') return answer(sw.conditionsNotSatisfied)
    const scheme = signatureScheme(3)
    if (!scheme || le === null || data.length < scheme.least || data.length > scheme.most) return answer(sw.wrongLength)
    return le < 256 ? answer(sw.rightLength) : { status: sw.ok, data: scheme.sign(file.key, data) }
  }

  const getChallenge: Command = ({ p1, p2, data, le, extended }) => {
    if (p1 !== 0 || p2 !== 0) return answer(sw.wrongParameters)
    if (le === null || data.length > 0) return answer(sw.wrongLength)
    return extended ? answer(sw.conditionsNotSatisfied) : { status: sw.ok, data: new Uint8Array(randomBytes(le)) }
  }

  const getData: Command = ({ p1, p2, data, le }) => {
    const tag = p1 * 256 + p2
    const object = (application?.objects ?? objects).get(tag)
    if (!object) return answer(sw.referenceNotFound)
    touched = tag
    // What an application gives is asked for with two zero bytes and without a length (the health-insurance card).
    if (le === null && !(application && data.length === 2)) return answer(sw.wrongLength)
    return { status: sw.ok, data: object.slice(0, le ?? object.length) }
  }

  /** Issuer's work, behind the issuer's keys: nobody outside gets past it. */
  const issuersOnly: Command = () => answer(sw.securityNotSatisfied)

  const commands: ReadonlyMap<number, Command> = new Map<number, Command>([
    [0x00a4, select],
    [0x00b0, readBinary],
    [0x00b2, readRecord],
    [0x0020, verify],
    [0x0024, change('reference-data', 1)],
    [0x0084, getChallenge],
    [0x0088, internalAuthenticate],
    [0x00ca, getData],
    [0x802a, computeSignature],
    [0x8032, change('key', 0)],
    ...[0x06, 0x50, 0x52, 0x54, 0x8a, 0xae].map((ins): readonly [number, Command] => [0x8000 + ins, issuersOnly]),
  ])

  /** What a class byte other than `00` and `80` is answered; null when the class is one of these. */
  const refusedClass = (cla: number): number | null => {
    if ((cla & 0x70) !== 0) return sw.unknownClass
    if ((cla & 0x03) !== 0) return sw.channelNotSupported
    if ((cla & 0x0c) === 0x08) return sw.noSecureSession
    return (cla & 0x0c) === 0 ? null : sw.secureMessagingNotSupported
  }

  const carryOut = (bytes: Uint8Array): Answer => {
    const command = readCommand(bytes)
    if (!command) return answer(sw.wrongLength)
    const refused = refusedClass(command.cla)
    if (refused !== null) return answer(refused)
    const act = commands.get(command.cla * 256 + command.ins)
    if (!act) return answer(sw.unknownInstruction)
    return command.body ? act({ ...command, ...command.body }) : answer(sw.wrongLength)
  }

  const handled = (act: () => Answer): Handled => {
    touched = null
    spent = null
    const { status, data } = act()
    const response = new Uint8Array(Buffer.concat([data ?? new Uint8Array(0), Uint8Array.of(status >> 8, status & 0xff)]))
    return { response, df: application?.name ?? cardManager, ef: touched === null ? null : hex4(touched), spent }
  }

  return {
    reset: forget,
    transmit: (command) => handled(() => carryOut(command)),
    interrupt: (bytes) =>
      handled(() => {
        const command = readCommand(bytes)
        const found = command?.body && command.cla === 0 && command.ins === 0x20 && command.body.data.length > 0 ? namedPin(command.p2) : null
        if (found && typeof found === 'object' && found.state.left > 0) {
          found.state.left -= 1
          spent = found.file.pin
          changed()
        }
        return answer(0)
      }),
  }
}
