import { parseTlv } from './tlv.ts'

/** Asks a reader which features it has: CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10, 2.2) as pcsc-lite counts control codes. */
export const padQuestion = 0x42000000 + 3400

/** What a reader can do at its own keys: show a PIN to the card (FEATURE_VERIFY_PIN_DIRECT), and give it a new one (FEATURE_MODIFY_PIN_DIRECT). */
const features = { verify: 0x06, modify: 0x07 } as const
export type PadFeature = keyof typeof features
/** The control codes of what a reader can do; null where it cannot. */
export type PadCodes = Readonly<Record<PadFeature, number | null>>

/** Reads a reader's list of features; a list that cannot be read is none. */
export function padCodes(bytes: Uint8Array): PadCodes {
  const list = parseTlv(bytes)
  const codeOf = (feature: number) => {
    const value = typeof list === 'string' ? undefined : list.find(({ tag }) => tag === feature)?.value
    return value?.length === 4 ? Buffer.from(value).readUInt32BE() : null
  }
  return { verify: codeOf(features.verify), modify: codeOf(features.modify) }
}

const timeoutSeconds = 30
/** ASCII, left-justified, positions counted in bytes. */
const asAscii = 0x82
/** The entry ends with the reader's own key. */
const endedByKey = 0x02
const japanese = 0x0411

/** How a reader asks for digits, the same in both structures: how long it waits, and in what form they go into the command. */
const entry = (digits: number): readonly number[] => [timeoutSeconds, timeoutSeconds, asAscii, digits, 0x00]

/** The end of both structures: no T=1 prologue of the reader's own, and the command with room for the digits. */
function around(head: readonly number[], command: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(command.length)
  return Uint8Array.from([...head, 0, 0, 0, ...length, ...command])
}

const language = [japanese & 0xff, japanese >> 8]

/**
 * A PIN_VERIFY_STRUCTURE (PC/SC part 10, 2.5.2) around the VERIFY `command`, whose data is room for `digits` ASCII digits, left-justified; the resident ends the entry
 * with the reader's own key.
 */
export function verifyByPad(command: Uint8Array, digits: number): Uint8Array {
  // Least and most digits; one message, the reader's first: "the PIN".
  return around([...entry(digits), digits, digits, endedByKey, 1, ...language, 0], command)
}

/** A PIN_MODIFY_STRUCTURE (2.5.3) around the CHANGE `command`, which takes the new PIN alone: the reader asks for it twice, and sends it when both are the same. */
export function modifyByPad(command: Uint8Array, digits: number): Uint8Array {
  const [confirmed, newPin, newPinAgain] = [0x01, 1, 2]
  // No offset of an old PIN, which is not in the command, nor of the new one, which begins its data.
  return around([...entry(digits), 0, 0, digits, digits, confirmed, endedByKey, 2, ...language, newPin, newPinAgain, 0], command)
}
