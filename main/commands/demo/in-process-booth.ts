import { join } from 'node:path'
import type { ZodType } from 'zod'
import type { OfficeKeyPair } from '../../../centre/office.ts'
import type { Clock } from '../../../hardware/clock.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
import { deviceCommand, hostMessage } from '../../../hardware/wire-check.ts'
import type { DeviceHost } from '../../../hardware/wire.ts'
import { createBooth, type Booth, type BoothPorts } from '../../booth.ts'
import type { Configuration } from '../../config/configuration.ts'
import { operatorPack } from '../../config/operator-pack.ts'
import type { ViewPush } from '../../contract/wire.ts'
import { openJournal } from '../../journal/open-journal.ts'
import type { Journal } from '../../journal/journal.ts'
import type { LogEvent } from '../../log/log.ts'
import { builtInRulebook } from '../../rulebook/built-in.ts'
import { openKeys } from '../../vault/keys.ts'
import { randomHex } from '../../vault/numbers.ts'
import { version } from '../../version.ts'
import demoPack from './pack.json' with { type: 'json' }
import { makeSurroundings, type Surroundings, type SurroundingsOptions } from './surroundings.ts'

/** A booth in this process, from its start to its end. */
export interface RunningBooth {
  readonly booth: Booth
  readonly journal: Journal
  /** Everything logged so far. */
  readonly logged: readonly LogEvent[]
  /** What the screen shows now. */
  shown(): ViewPush
  stop(): Promise<void>
}

/** A whole booth in this process: drivers and simulators at the two ends of wires in memory, the reference centre behind it. */
export interface InProcessBooth extends RunningBooth {
  readonly configuration: Configuration
  /** The receiving office's key pair: opens what was sealed. */
  readonly office: OfficeKeyPair
  /** A hand such as `coin-acceptor insert 500`. */
  hand(line: string): Promise<string>
}

/** Devices as another process would have them: what crosses is JSON, and what the other side's check does not know is dropped. */
function acrossProcesses(own: DeviceHost): { readonly devices: DeviceHost; readonly refused: readonly string[] } {
  const refused: string[] = []
  const read = <Message>(check: ZodType<Message>, said: Message, then: (message: Message) => void) => {
    const text = JSON.stringify(said)
    const message = check.safeParse(JSON.parse(text)).data
    if (message) then(message)
    else refused.push(text.slice(0, 200))
  }
  const devices: DeviceHost = {
    send: (command) => read(deviceCommand, command, own.send),
    onMessage: (listen) => own.onMessage((message) => read(hostMessage, message, listen)),
    stop: own.stop,
  }
  return { devices, refused }
}

/**
 * Starts a booth among `surroundings`, its journal, keys and sealed files in `dir`; its camera is ready, and its pictures come by the `photo` command. `change`
 * may put something else in the place of any of its ports.
 */
export async function startBooth(
  surroundings: Surroundings,
  clock: Clock,
  dir: string,
  change: (ports: BoothPorts) => BoothPorts = (ports) => ports,
): Promise<RunningBooth> {
  const { configuration } = surroundings
  const keys = openKeys(join(dir, 'keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  const journal = openJournal({ file: join(dir, 'journal.db'), keys: keys.keys, clock })
  if (!journal.ok) throw new Error(journal.detail)
  const own = createDeviceHost(configuration.devices, { clock, open: surroundings.open, openCards: surroundings.openCards })
  const { devices, refused } = acrossProcesses(own)
  const logged: LogEvent[] = []
  const booth = createBooth(
    change({
      clock,
      configuration,
      pack: operatorPack(configuration.languages).parse(demoPack),
      rulebook: builtInRulebook,
      version,
      log: (entry) => void logged.push(entry),
      journal,
      keys: keys.keys,
      sealedDir: join(dir, 'sealed'),
      devices,
      exchange: surroundings.exchange,
      chance: () => randomHex(32),
      bench: null,
    }),
  )
  let shown: ViewPush | null = null
  booth.subscribe((push) => {
    shown = push
  })
  await booth.request('resident', 'camera', { state: 'ready' })

  return {
    booth,
    journal: journal.journal,
    logged,
    shown() {
      if (!shown) throw new Error('a booth shows something from the first')
      return shown
    },
    async stop() {
      await booth.stop()
      await devices.stop()
      if (refused.length > 0) throw new Error(`no process takes from another: ${refused.join('; ')}`)
    },
  }
}

/** `dir` takes journal, keys, sealed files, slips and the centre's data; `ports` may put something else in the place of any port of the booth. */
export interface InProcessOptions extends Pick<SurroundingsOptions, 'clock' | 'dir' | 'service' | 'change' | 'storage' | 'keepSlips'> {
  readonly ports?: (own: BoothPorts) => BoothPorts
}

/** Starts a booth on simulators in this process. */
export async function startInProcessBooth(options: InProcessOptions): Promise<InProcessBooth> {
  const surroundings = await makeSurroundings(options)
  const { configuration, office, hand } = surroundings
  const running = await startBooth(surroundings, options.clock, options.dir, options.ports)
  return {
    ...running,
    configuration,
    office,
    hand,
    async stop() {
      await running.stop()
      await surroundings.stop()
    },
  }
}
