import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { sayAlive } from './alive.ts'
import { realClock } from './clock.ts'
import { cabinetRoles } from './cabinet/events.ts'
import { endAtBug } from './end-at-bug.ts'
import { createDeviceHost, type HostPorts } from './host.ts'
import { onceAMinute } from './once-a-minute.ts'
import { outliveLog } from './outlive-log.ts'
import { stackOf } from './stack-of.ts'
import { openCards, openRealCards } from './transports/cards.ts'
import { pcscWaits } from './transports/pcsc.ts'
import { isPseudoTerminal } from './transports/pseudo-terminal.ts'
import { openSerial } from './transports/serial.ts'
import { deviceCommand } from './wire-check.ts'
import type { DeviceSettings } from './wire.ts'

/** The process ends this long after it was told to, whatever the devices do. */
const longestStopMs = 1900

/** What this process reads of the booth's configuration; the booth checks every key of it and none of it reaches a device unchecked. */
const configuration = z.looseObject({
  mode: z.string(),
  devices: z.looseObject({
    'coin-acceptor': z
      .looseObject({
        path: z.string(),
        address: z.int().default(2),
        checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
        echo: z.enum(['auto', 'on', 'off']).default('auto'),
        baudRate: z.int().default(9600),
        pollMs: z.int().default(100),
      })
      .optional(),
    hopper: z
      .looseObject({
        path: z.string(),
        checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
        echo: z.enum(['auto', 'on', 'off']).default('auto'),
        baudRate: z.int().default(9600),
        hoppers: z.array(z.looseObject({ address: z.int(), coin: z.string() })),
      })
      .optional(),
    'bill-validator': z
      .looseObject({
        path: z.string(),
        protocol: z.enum(['id003', 'cctalk']),
        address: z.int().default(40),
        checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
        echo: z.enum(['auto', 'on', 'off']).default('auto'),
        baudRate: z.int().default(9600),
        pollMs: z.int().default(100),
      })
      .optional(),
    cabinet: z
      .looseObject({
        path: z.string(),
        baudRate: z.int().default(9600),
        parity: z.enum(['none', 'even']).default('none'),
        address: z.int().default(1),
        pollMs: z.int().default(100),
        inputs: z.array(z.object({ input: z.int(), role: z.enum(cabinetRoles), name: z.string(), active: z.literal([0, 1]) })).default([]),
        lamp: z.int().nullable().default(null),
      })
      .optional(),
    'qr-scanner': z
      .looseObject({
        path: z.string(),
        baudRate: z.int().default(9600),
        suffixHex: z.string().default('0d'),
        listenHex: z.string().default(''),
        restHex: z.string().default(''),
      })
      .optional(),
    'card-reader': z
      .looseObject({ reader: z.string(), vpcd: z.number().or(z.string()).optional(), authorities: z.string().optional() })
      .optional(),
    printer: z.looseObject({ path: z.string(), baudRate: z.int().default(115_200), widthDots: z.int().default(576) }).optional(),
    'sheet-printer': z
      .looseObject({ server: z.string(), queue: z.string(), options: z.array(z.string()).default([]), printMs: z.int().default(120_000) })
      .optional(),
    'still-camera': z
      .looseObject({
        program: z.string().default('gphoto2'),
        model: z.string().default(''),
        configuration: z.array(z.string()).default([]),
        captureMs: z.int().default(20_000),
      })
      .optional(),
  }),
})

/** Devices that take or pay money. */
const cash: ReadonlySet<string> = new Set(['coin-acceptor', 'hopper', 'bill-validator'])

/** Exit code of a start that no restart can mend (sysexits EX_CONFIG). */
const exitConfiguration = 78

function readDevices(file: string): z.infer<typeof configuration> | null {
  try {
    return configuration.safeParse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))).data ?? null
  } catch {
    return null
  }
}

/**
 * The device process: devices of `--config FILE`, commands and messages as JSON over the parent's channel. It ends, with coins inhibited and devices
 * at rest, within 2 s of SIGTERM, SIGINT or the end of that channel.
 */
export async function runDeviceHost(words: readonly string[]): Promise<void> {
  const file = words[0] === '--config' ? words[1] : undefined
  if (file === undefined) throw new Error('usage: host-entry --config FILE')
  const read = readDevices(file)
  // The booth says what is wrong with the file, with the exact path; a second voice would only bury it.
  if (!read) process.exit(exitConfiguration)
  const { mode, devices } = read
  const clock = realClock()
  sayAlive(clock)
  const open: HostPorts['open'] =
    (device, { path, baudRate, parity }) =>
    async () => {
      // A demonstration never meets real money: the path is looked at each time, because what it leads to can change.
      if (mode === 'demo' && cash.has(device) && !isPseudoTerminal(path)) return null
      return openSerial(path, { baudRate, parity, clock })
    }
  const failed = (event: 'driver-failed' | 'process-failed', stack: readonly string[], device?: string) =>
    void process.stderr.write(`${JSON.stringify({ at: clock.now(), event, device, stack })}\n`)
  const isNew = onceAMinute(clock)
  const leave = (code: number) => {
    // A card that does not answer holds a thread, and exit would wait for it for ever.
    if (pcscWaits()) process.kill(process.pid, 'SIGKILL')
    process.exit(code)
  }
  outliveLog()
  endAtBug((stack) => failed('process-failed', stack), leave)
  const host = createDeviceHost(devices as DeviceSettings, {
    clock,
    open,
    openCards: (own) => (mode === 'demo' ? openCards(own, clock) : openRealCards(own, clock)),
    onThrow(device, error) {
      const stack = stackOf(error)
      if (isNew([device, ...stack].join())) failed('driver-failed', stack, device)
    },
  })

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    clock.after(longestStopMs, () => leave(1))
    await host.stop()
    leave(0)
  }
  host.onMessage((message) => {
    // A channel that breaks while it is written to is told by `disconnect`.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
  })
  process.on('message', (message) => {
    // What no booth of ours says is dropped: a command that is half understood moves no device.
    const command = deviceCommand.safeParse(message).data
    if (command) host.send(command)
  })
  process.on('disconnect', () => void end())
  process.on('SIGTERM', () => void end())
  process.on('SIGINT', () => void end())
}
