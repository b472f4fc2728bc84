import { createPrivateKey, createPublicKey, privateEncrypt, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseApdu } from '../../../hardware/card-reader/apdu.ts'
import type { ApduTransport, Slot, SlotFailure } from '../../../hardware/transport.ts'
import { plainAtr } from './vpcd-card.ts'

const pem = (name: string) => readFileSync(fileURLToPath(new URL(`../../fixtures/cards/${name}.pem`, import.meta.url)), 'utf8')
/** A test certificate (DER) of test/fixtures/cards. */
export const certificate = (name: string) => Uint8Array.from(new X509Certificate(pem(name)).raw)
export const authorityPem = pem('authority')
export const userKey = createPrivateKey(pem('user-key'))
export const userPublicKey = createPublicKey(userKey)

export const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const status = (word: number) => Uint8Array.of(word >> 8, word & 0xff)
const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))

/** What a scripted card answers; a failure is what the reader says instead. */
export type Answer = (command: Uint8Array) => Uint8Array | SlotFailure

/** A reader in memory, with a card that is one function. */
export interface ScriptedReader extends ApduTransport {
  /** Everything that went to the card, as hexadecimal digits; `reset` where it was let go. */
  readonly sent: string[]
  insert(answer: Answer, atr?: Uint8Array): void
  remove(): void
  show(slot: Slot): void
}

export function scriptedReader(control: (code: number, data: Uint8Array) => Uint8Array | SlotFailure = () => 'card-error'): ScriptedReader {
  let answer: Answer | null = null
  let slot: Slot = { state: 'empty' }
  let connected = false
  const slotListeners: ((slot: Slot) => void)[] = []
  const closeListeners: (() => void)[] = []
  const sent: string[] = []
  const reader: ScriptedReader = {
    name: 'Scripted reader',
    sent,
    show(next) {
      slot = next
      for (const listen of slotListeners) listen(next)
    },
    insert(next, atr = plainAtr) {
      answer = next
      reader.show({ state: 'card', atr })
    },
    remove() {
      answer = null
      connected = false
      reader.show({ state: 'empty' })
    },
    onSlot(listen) {
      slotListeners.push(listen)
      listen(slot)
    },
    onClose: (listen) => void closeListeners.push(listen),
    connect() {
      if (slot.state !== 'card') return Promise.resolve(slot.state === 'empty' ? 'no-card' : slot.state)
      connected = true
      return Promise.resolve(null)
    },
    transmit(command) {
      if (!answer || !connected) return Promise.resolve('no-card')
      sent.push(text(command))
      const given = answer(Uint8Array.from(command))
      if (typeof given === 'string' || given.length < 2) connected = false
      if (typeof given === 'string') return Promise.resolve(given)
      return Promise.resolve(given.length < 2 ? 'card-error' : given)
    },
    control: (code, data) => Promise.resolve(control(code, data)),
    disconnect() {
      connected = false
      sent.push('reset')
      return Promise.resolve()
    },
    close() {
      for (const listen of closeListeners) listen()
      return Promise.resolve()
    },
  }
  return reader
}

export interface MyNumberOptions {
  readonly token?: string
  readonly certificate?: Uint8Array
  readonly presence?: string
  readonly expiry?: string
  readonly pin?: string
  readonly password?: string
  readonly tries?: { authentication: number; signature: number }
}

/** As much of a My Number Card as the driver is allowed to see, answering by the tables of the JICSAP cards. */
export function myNumberCard(options: MyNumberOptions = {}) {
  const { token = 'JPKIAPICCTOKEN2', presence = '8f8f00', expiry = '20310331' } = options
  const secrets: Record<number, { value: string; left: number; readonly most: number }> = {
    0x18: { value: options.pin ?? '1234', left: options.tries?.authentication ?? 3, most: 3 },
    0x1b: { value: options.password ?? 'ABC123', left: options.tries?.signature ?? 5, most: 5 },
  }
  const files: Record<string, Uint8Array> = {
    'jpki/06': join(Buffer.from(token.padEnd(32)), new Uint8Array(128)),
    'jpki/08': hex(presence),
    'jpki/0a': options.certificate ?? certificate('user'),
    'common/01': join(hex('011c'), Buffer.from(`123456789012345${'13101'}${expiry}`)),
  }
  const applications: Record<string, string> = { d392f000260100000001: 'jpki', d3921000310001010100: 'common' }
  let at = ''
  let file = 0
  let verified = 0

  const answer = (command: Uint8Array): Uint8Array => {
    const apdu = parseApdu(command)
    if (!apdu) return status(0x6700)
    const { cla, ins, p1, p2, data, le } = apdu
    if (cla !== 0 && !(cla === 0x80 && ins === 0x2a)) return status(0x6e00)
    const content = files[`${at}/${file.toString(16).padStart(2, '0')}`]
    const secret = secrets[file]
    switch (ins) {
      case 0xa4: {
        if (p1 === 4) {
          const found = applications[text(data)]
          if (!found) return status(0x6a82)
          at = found
          file = 0
          verified = 0
          return status(0x9000)
        }
        file = data[1] ?? 0
        return status(0x9000)
      }
      case 0xb0: {
        if (!content) return status(0x6982)
        const offset = (p1 << 8) | p2
        return offset > content.length ? status(0x6b00) : join(content.subarray(offset, offset + (le ?? 0)), status(0x9000))
      }
      case 0xb2:
        return content ? join(content, status(0x9000)) : status(0x6a83)
      case 0x20: {
        if (!secret) return status(0x6a86)
        if (data.length === 0) return status(secret.left > 0 ? 0x63c0 | secret.left : 0x6984)
        if (secret.left === 0) return status(0x6984)
        if (Buffer.from(data).toString() !== secret.value) {
          secret.left -= 1
          return status(0x63c0 | secret.left)
        }
        secret.left = secret.most
        verified = file
        return status(0x9000)
      }
      case 0x24:
        if (!secret || verified !== file) return status(0x6982)
        secret.value = Buffer.from(data).toString()
        return status(0x9000)
      case 0x2a:
        if (verified !== 0x18 || file !== 0x17) return status(0x6982)
        return join(privateEncrypt(userKey, data), status(0x9000))
      default:
        return status(0x6d00)
    }
  }
  return { answer, secrets }
}
