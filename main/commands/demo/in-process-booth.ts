import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createCentre } from '../../../centre/centre.ts'
import { makeOfficeKey, type OfficeKeyPair } from '../../../centre/office.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import type { Clock } from '../../../hardware/clock.ts'
import { makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
import { makePrinterSimulator } from '../../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../../hardware/qr-scanner/simulator.ts'
import { createBooth, type Booth } from '../../booth.ts'
import { configuration as configurationSchema, type Configuration } from '../../config/configuration.ts'
import { operatorPack } from '../../config/operator-pack.ts'
import type { ViewPush } from '../../contract/wire.ts'
import { openJournal } from '../../journal/open-journal.ts'
import type { Journal } from '../../journal/journal.ts'
import type { LogEvent } from '../../log/log.ts'
import { directExchange } from '../../submissions/direct-exchange.ts'
import { openKeys } from '../../vault/keys.ts'
import { randomHex } from '../../vault/numbers.ts'
import { version } from '../../version.ts'
import { demoConfiguration, type ConfigurationFile } from './configuration.ts'
import { carryOut, type Handed } from './hands.ts'
import demoPack from './pack.json' with { type: 'json' }
import { deviceSocket } from './socket.ts'

/** A whole booth in this process: drivers and simulators at the two ends of wires in memory, the reference centre behind it. */
export interface InProcessBooth {
  readonly booth: Booth
  readonly journal: Journal
  readonly configuration: Configuration
  /** The receiving office's key pair: opens what was sealed. */
  readonly office: OfficeKeyPair
  /** Everything logged so far. */
  readonly logged: readonly LogEvent[]
  /** What the screen shows now. */
  shown(): ViewPush
  /** A hand such as `coin-acceptor insert 500`. */
  hand(line: string): Promise<string>
  stop(): Promise<void>
}

export interface InProcessOptions {
  readonly clock: Clock
  /** Folder for journal, keys, sealed files, slips and the centre's data. */
  readonly dir: string
  /** Changes the demonstration's configuration. */
  readonly change?: (file: ConfigurationFile) => ConfigurationFile
}

/** Starts a booth on simulators in this process; its camera is ready, and its pictures come by the `photo` command. */
export async function startInProcessBooth(options: InProcessOptions): Promise<InProcessBooth> {
  const { clock, dir } = options
  mkdirSync(dir, { recursive: true })
  const at = (name: string) => join(dir, name)
  const office = await makeOfficeKey('DEMO-office')
  const places = { coinAcceptor: at('coin-acceptor'), qrScanner: at('qr-scanner'), printer: at('printer'), centre: at('centre.sock'), office: office.publicKey }
  const file = demoConfiguration(places)
  const configuration = configurationSchema.parse(options.change?.(file) ?? file)
  const pack = operatorPack(configuration.languages).parse(demoPack)

  const sockets = { 'coin-acceptor': deviceSocket(), 'qr-scanner': deviceSocket(), printer: deviceSocket() }
  const simulators = {
    'coin-acceptor': makeCoinAcceptorSimulator(sockets['coin-acceptor'].device, clock),
    'qr-scanner': makeQrScannerSimulator(sockets['qr-scanner'].device, clock),
    printer: makePrinterSimulator(sockets.printer.device, clock, { outDir: at('slips') }),
  }
  const centre = createCentre({ storage: sqliteStorage(at('centre.db')), clock, operator: configuration.operator })
  const handed: Handed = { ...simulators, centre }

  const keys = openKeys(at('keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  const journal = openJournal({ file: at('journal.db'), keys: keys.keys, clock })
  if (!journal.ok) throw new Error(journal.detail)
  const devices = createDeviceHost(configuration.devices, { clock, open: (device) => sockets[device].open })
  const logged: LogEvent[] = []
  const booth = createBooth({
    clock,
    configuration,
    pack,
    version,
    log: (entry) => void logged.push(entry),
    journal,
    keys: keys.keys,
    sealedDir: at('sealed'),
    devices,
    exchange: directExchange((request) => centre.handle(request)),
    chance: () => randomHex(32),
    bench: null,
  })
  let shown: ViewPush | null = null
  booth.subscribe((push) => {
    shown = push
  })
  await booth.request('resident', 'camera', { state: 'ready' })

  return {
    booth,
    journal: journal.journal,
    configuration,
    office,
    logged,
    shown() {
      if (!shown) throw new Error('a booth shows something from the first')
      return shown
    },
    hand: (line) => carryOut(handed, line),
    async stop() {
      await booth.stop()
      await devices.stop()
      await Promise.all(Object.values(simulators).map((simulator) => simulator.stop()))
      await centre.close()
    },
  }
}
