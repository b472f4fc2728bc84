import type { MakeDriver } from '../device.ts'
import type { DeviceSettings } from '../wire.ts'
import { codeStream } from './code-stream.ts'
import type { QrScannerCommand, QrScannerEvent } from './events.ts'

/** The longest code that is passed on, in bytes; the largest QR symbol holds 2953. */
const maximumCodeBytes = 4096
/** A code whose bytes pause this long is not going to end. */
const gapMs = 500
/** The same code again within this time is the same paper still under the lamp. */
const repeatMs = 2000
/** How many codes of the last `repeatMs` are remembered: more than hands can hold under a lamp. */
const recentCodes = 8
/** A line that babbles this long without a code is broken. */
const babbleMs = 3000

const hexBytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
/** Reads the array in place: `Buffer.from(bytes)` would leave a copy behind that nobody wipes. */
const hexText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
const nothing = new Uint8Array(0)

/**
 * A driver for a serial (CDC-ACM) code scanner. The content of a code goes into its event and nowhere else: traces carry lengths, buffers are wiped.
 * Serial scanners cannot be asked whether they are there: one is there as long as its port is open.
 */
export function makeQrScannerDriver(settings: NonNullable<DeviceSettings['qr-scanner']>): MakeDriver<QrScannerCommand, QrScannerEvent> {
  const suffix = hexBytes(settings.suffixHex)
  if (suffix.length === 0) throw new RangeError('a scanner without a suffix: the end of a code could not be seen')
  const listenCommand = hexBytes(settings.listenHex)
  const restCommand = hexBytes(settings.restHex)

  return (wire, ports) => {
    const stream = codeStream(suffix, maximumCodeBytes)
    const recent: { readonly code: Uint8Array; readonly cancel: () => void }[] = []
    let connected = true
    let listening = false
    let cancelGap = () => {}
    let cancelBabble: (() => void) | null = null

    const forgetOldest = () => {
      const oldest = recent.shift()
      oldest?.cancel()
      oldest?.code.fill(0)
    }

    const pass = (code: Uint8Array) => {
      if (recent.some((seen) => Buffer.compare(seen.code, code) === 0)) return void code.fill(0)
      if (recent.length === recentCodes) forgetOldest()
      recent.push({ code, cancel: ports.clock.after(repeatMs, forgetOldest) })
      ports.emit({ kind: 'code', bytesHex: hexText(code) })
    }

    const babbling = () => {
      cancelBabble ??= ports.clock.after(babbleMs, () => ports.report(['qr-scanner-lost']))
    }
    const sane = () => {
      if (!cancelBabble) return
      cancelBabble()
      cancelBabble = null
      ports.report([])
    }

    /** Nothing has come for `gapMs`: what came before is no code. */
    const gap = () => {
      const unfinished = stream.state === 'filling'
      stream.restart()
      sane()
      if (unfinished && listening) ports.emit({ kind: 'garbage' })
    }

    wire.onClose(() => {
      connected = false
    })
    wire.onData((bytes) => {
      ports.trace('in', nothing, `${bytes.length} bytes`)
      for (const outcome of stream.push(bytes)) {
        if (outcome.kind === 'overflow') {
          babbling()
          if (listening) ports.emit({ kind: 'garbage' })
        } else {
          sane()
          if (listening) pass(outcome.bytes)
          else outcome.bytes.fill(0)
        }
      }
      cancelGap()
      // What is too long and ends is a long code, and no line that babbles.
      if (stream.state === 'empty') sane()
      else cancelGap = ports.clock.after(gapMs, gap)
    })

    const send = async (command: Uint8Array): Promise<boolean> => {
      if (command.length === 0) return connected
      ports.trace('out', command)
      return wire.write(command)
    }
    /** A code that was under way when the lamp went on or off belongs to neither time. */
    const turn = (on: boolean): Promise<boolean> => {
      if (listening !== on) stream.drop()
      listening = on
      return send(on ? listenCommand : restCommand)
    }

    return {
      async start() {
        if (await turn(false)) return { manufacturer: '', product: 'Serial code scanner', serial: '', software: '' }
        ports.report(['qr-scanner-lost'])
        return null
      },
      heartbeat: () => Promise.resolve(connected),
      async execute(command) {
        await turn(command.kind === 'listen')
      },
      async stop() {
        await turn(false)
        cancelGap()
        cancelBabble?.()
        stream.restart()
        while (recent.length > 0) forgetOldest()
      },
    }
  }
}
