import { join } from 'node:path'
import type { OfficeKeyPair } from '../../../centre/office.ts'
import type { Clock } from '../../../hardware/clock.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
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
  const devices = createDeviceHost(configuration.devices, { clock, open: surroundings.open, openCards: surroundings.openCards })
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
