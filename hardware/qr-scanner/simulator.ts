import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'

/** How the simulated scanner is set up; must match the booth's settings. */
export interface QrScannerSimulatorOptions {
  /** What it sends after each code; `0d` when not given. */
  readonly suffixHex?: string
  /** What lights it and what darkens it. With the first it starts dark; without, it always looks. */
  readonly listenHex?: string
  readonly restHex?: string
}

const help =
  'show <text> | show-hex <hex> | flood <text> <times> (60 a second) | split <text> (a byte at a time) | garbage <bytes> | unplug | plug | help'

const concat = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const fromHex = (hex = '') => new Uint8Array(Buffer.from(hex, 'hex'))

/** A serial code scanner at the far end of `wire`. */
export function makeQrScannerSimulator(wire: ByteTransport, clock: Clock, options: QrScannerSimulatorOptions = {}): Simulator {
  const suffix = fromHex(options.suffixHex ?? '0d')
  const listenCommand = fromHex(options.listenHex)
  const restCommand = fromHex(options.restHex)
  let plugged = true
  let lit = listenCommand.length === 0
  let heard: Uint8Array = new Uint8Array(0)
  let cancelFlood = () => {}

  const heardLast = (command: Uint8Array) => command.length > 0 && Buffer.compare(heard.subarray(-command.length), command) === 0
  wire.onData((bytes) => {
    if (!plugged) return
    for (const byte of bytes) {
      heard = concat(heard, Uint8Array.of(byte)).slice(-16)
      if (heardLast(listenCommand)) lit = true
      else if (heardLast(restCommand) && listenCommand.length > 0) lit = false
    }
  })

  const send = async (bytes: Uint8Array): Promise<string> => {
    if (!plugged) return 'unplugged: nothing was sent'
    return (await wire.write(bytes)) ? `sent ${bytes.length} bytes` : 'the line is closed: nothing was sent'
  }
  const show = async (code: Uint8Array): Promise<string> => (lit ? send(concat(code, suffix)) : 'dark: the scanner did not look')

  const flood = (code: Uint8Array, times: number): string => {
    const next = (left: number) => {
      if (left === 0) return
      void show(code)
      cancelFlood = clock.after(1000 / 60, () => next(left - 1))
    }
    cancelFlood()
    next(times)
    return `flooding ${times} times`
  }

  const split = async (code: Uint8Array): Promise<string> => {
    if (!lit) return show(code)
    for (const byte of concat(code, suffix)) await send(Uint8Array.of(byte))
    return `sent ${code.length + suffix.length} bytes one at a time`
  }

  return {
    async hand(line) {
      const [word = '', ...rest] = line.trim().split(' ')
      const text = new Uint8Array(Buffer.from(rest.join(' ')))
      switch (word) {
        case 'show':
          return show(text)
        case 'show-hex':
          return /^(?:[0-9a-f]{2})+$/i.test(rest.join('')) ? show(fromHex(rest.join(''))) : 'error: not hexadecimal'
        case 'flood': {
          const times = Number(rest.pop())
          if (!Number.isInteger(times) || times < 1) return 'error: flood <text> <times>'
          return flood(new Uint8Array(Buffer.from(rest.join(' '))), times)
        }
        case 'split':
          return split(text)
        case 'garbage': {
          const count = Number(rest[0])
          if (!Number.isInteger(count) || count < 1 || count > 1_000_000) return 'error: garbage <bytes>'
          // Upper-half bytes only, so that the line noise never spells a suffix.
          return send(Uint8Array.from({ length: count }, (_, index) => 0x80 | ((index * 37) & 0x7f)))
        }
        case 'unplug':
          plugged = false
          return 'unplugged: nothing passes either way'
        case 'plug':
          plugged = true
          lit = listenCommand.length === 0
          return 'plugged in'
        case 'help':
          return help
        default:
          return `error: not understood; ${help}`
      }
    },
    stop() {
      plugged = false
      cancelFlood()
      return Promise.resolve()
    },
  }
}
