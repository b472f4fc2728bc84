import { SerialPort } from 'serialport'
import type { Clock } from '../clock.ts'
import type { ByteTransport } from '../transport.ts'

/** How long the operating system may take to open or close a port. */
const openTimeoutMs = 5000
const closeTimeoutMs = 1000

export interface SerialSettings {
  /** Bits a second, 1200..115200. */
  readonly baudRate: number
  /** `none` unless told. */
  readonly parity?: 'none' | 'even' | undefined
  readonly clock: Clock
  /** What a write may take beyond twice its time on the line (10 bits a byte), in milliseconds; a second unless told. */
  readonly writeSlackMs?: number | undefined
}

/**
 * Opens the serial port at `path` with 8 data bits, 1 stop bit and no parity unless told; null when that is not possible now. Each call makes a new port object,
 * because serialport keeps what was written to a closed port and sends it after the next `open` of the same object.
 */
export async function openSerial(path: string, settings: SerialSettings): Promise<ByteTransport | null> {
  const { baudRate, clock, parity = 'none', writeSlackMs = 1000 } = settings
  let port: SerialPort
  try {
    port = new SerialPort({ path, baudRate, dataBits: 8, parity, stopBits: 1, autoOpen: false })
  } catch {
    return null
  }

  let listener: ((bytes: Uint8Array) => void) | null = null
  const early: Uint8Array[] = []
  const closeListeners = new Set<() => void>()
  let gone = false
  const lose = () => {
    if (gone) return
    gone = true
    for (const listen of closeListeners) listen()
  }
  // A port notices that its device is gone only while something reads, and an error nobody listens to would end the process.
  port.on('data', (bytes: Buffer) => (listener ? listener(bytes) : early.push(bytes)))
  port.on('error', () => close())
  port.on('close', lose)
  port.on('end', () => close())

  const close = async (): Promise<void> => {
    lose()
    if (!port.isOpen) return
    await within(clock, closeTimeoutMs, (done) => port.close(() => done(null)))
  }

  const opened = await within(clock, openTimeoutMs, (done: (opened: true) => void, late) =>
    port.open((error) => {
      if (error) gone = true
      if (error || !late()) done(true)
      else void close()
    }),
  )
  if (!opened || gone) return null

  return {
    async write(bytes) {
      if (gone || !port.isOpen) return false
      const limitMs = writeSlackMs + (bytes.length * 20_000) / baudRate
      let giveUp: () => void = () => undefined
      const written = await within(clock, limitMs, (done: (written: boolean) => void) => {
        giveUp = () => done(false)
        closeListeners.add(giveUp)
        port.write(Buffer.from(bytes), (error) => done(!error))
      })
      closeListeners.delete(giveUp)
      // What is still queued must not come out later, behind a newer command.
      if (written === null) await close()
      return written === true && !gone
    },
    onData(listen) {
      listener = listen
      for (const bytes of early.splice(0)) listen(bytes)
    },
    onClose(listen) {
      if (gone) queueMicrotask(listen)
      else closeListeners.add(listen)
    },
    close,
  }
}

/** What `act` hands to `done`, or null after `ms`; `late` says whether that time is over. */
function within<Value>(clock: Clock, ms: number, act: (done: (value: Value) => void, late: () => boolean) => void): Promise<Value | null> {
  return new Promise((resolve) => {
    let over = false
    const cancel = clock.after(ms, () => {
      over = true
      resolve(null)
    })
    act(
      (value) => {
        cancel()
        resolve(value)
      },
      () => over,
    )
  })
}
