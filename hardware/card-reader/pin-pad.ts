import { parseTlv } from './tlv.ts'

/** Asks a reader which features it has: CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10, 2.2) as pcsc-lite counts control codes. */
export const padQuestion = 0x42000000 + 3400
/** FEATURE_VERIFY_PIN_DIRECT. */
const verifyDirect = 0x06

/** The control code by which a reader takes a PIN at its own keys and shows it to the card; null when it has none. */
export function padFeature(features: Uint8Array): number | null {
  const list = parseTlv(features)
  if (typeof list === 'string') return null
  const value = list.find(({ tag }) => tag === verifyDirect)?.value
  return value?.length === 4 ? Buffer.from(value).readUInt32BE() : null
}

/**
 * A PIN_VERIFY_STRUCTURE (PC/SC part 10, 2.5.2) around the VERIFY `command`, whose data is room for `digits` ASCII digits, left-justified; the resident ends the entry
 * with the reader's own key.
 */
export function verifyByPad(command: Uint8Array, digits: number): Uint8Array {
  const timeoutSeconds = 30
  const head = Buffer.alloc(19)
  head[0] = timeoutSeconds
  head[1] = timeoutSeconds
  // ASCII, left-justified, positions counted in bytes.
  head[2] = 0x82
  head[3] = digits
  head[4] = 0x00
  // wPINMaxExtraDigit: least and most digits.
  head[5] = digits
  head[6] = digits
  // Ended by the key.
  head[7] = 0x02
  // The reader's own first message, in Japanese.
  head[8] = 0x01
  head.writeUInt16LE(0x0411, 9)
  head.writeUInt32LE(command.length, 15)
  return new Uint8Array(Buffer.concat([head, command]))
}
