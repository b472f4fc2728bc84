import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { sayAlive } from './alive.ts'
import { realClock } from './clock.ts'
import { createDeviceHost, type HostPorts } from './host.ts'
import { stackOf } from './stack-of.ts'
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
    'qr-scanner': z
      .looseObject({
        path: z.string(),
        baudRate: z.int().default(9600),
        suffixHex: z.string().default('0d'),
        listenHex: z.string().default(''),
        restHex: z.string().default(''),
      })
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
    (device, { path, baudRate }) =>
    async () => {
      // A demonstration never meets real money: the path is looked at each time, because what it leads to can change.
      if (mode === 'demo' && device === 'coin-acceptor' && !isPseudoTerminal(path)) return null
      return openSerial(path, { baudRate, clock })
    }
  const host = createDeviceHost(devices as DeviceSettings, {
    clock,
    open,
    onThrow: (device, error) => void process.stderr.write(`${JSON.stringify({ at: clock.now(), event: 'driver-failed', device, stack: stackOf(error) })}\n`),
  })

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    clock.after(longestStopMs, () => process.exit(1))
    await host.stop()
    process.exit(0)
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
