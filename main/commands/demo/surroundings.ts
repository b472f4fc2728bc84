import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCases } from '../../../centre/authorities/cases.ts'
import { createReferenceAuthorities } from '../../../centre/authorities/reference.ts'
import { createCentre } from '../../../centre/centre.ts'
import { makeOfficeKey, type OfficeKeyPair } from '../../../centre/office.ts'
import { openRemoteCommands } from '../../../centre/remote-commands.ts'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { sqliteHandOvers } from '../../../centre/sqlite-hand-overs.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import type { CentreStorage } from '../../../centre/storage.ts'
import { makeCardSimulator } from '../../../hardware/card-reader/simulator.ts'
import { testAuthoritiesPem, testRevocationsPem } from '../../../hardware/card-reader/virtual-card/test-certificates.ts'
import type { Clock } from '../../../hardware/clock.ts'
import { cctalkPresets, makeCctalkBillSimulator } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { id003Presets, makeId003Simulator } from '../../../hardware/bill-validator/id003/simulator.ts'
import { makeCabinetSimulator } from '../../../hardware/cabinet/simulator.ts'
import { coinPresets, makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { makeHopperSimulator } from '../../../hardware/hopper/simulator.ts'
import type { HostPorts } from '../../../hardware/host.ts'
import { makePrinterSimulator } from '../../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../../hardware/qr-scanner/simulator.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'
import { vpcdReader, type VpcdReader } from '../../../hardware/transports/vpcd-reader.ts'
import { configuration as configurationSchema, type Configuration } from '../../config/configuration.ts'
import { builtInRulebook } from '../../rulebook/built-in.ts'
import { directExchange } from '../../submissions/direct-exchange.ts'
import type { Exchange } from '../../submissions/exchange.ts'
import { demoConfiguration, type ConfigurationFile } from './configuration.ts'
import { carryOut, type Handed } from './hands.ts'
import { deviceSocket, sharedDevice } from './socket.ts'

/** What stands around a booth and outlives it: its devices, the operator's centre and the receiving office. */
export interface Surroundings {
  /** What a booth that stands here is configured with. */
  readonly configuration: Configuration
  /** The receiving office's key pair: opens what was sealed. */
  readonly office: OfficeKeyPair
  readonly open: HostPorts['open']
  readonly openCards: NonNullable<HostPorts['openCards']>
  readonly exchange: Exchange
  /** A hand such as `coin-acceptor insert 500`. */
  hand(line: string): Promise<string>
  stop(): Promise<void>
}

export interface SurroundingsOptions {
  readonly clock: Clock
  /** Folder for slips and the centre's data. */
  readonly dir: string
  /** The only service that the booth offers; the application when not given, so that a fault of it puts the booth out of service. */
  readonly service?: string | undefined
  /** Changes the demonstration's configuration. */
  readonly change?: ((file: ConfigurationFile) => ConfigurationFile) | undefined
  readonly office?: OfficeKeyPair
  /** Where the centre keeps; a file in `dir` when not given. */
  readonly storage?: CentreStorage
  /** Whether slips are kept as pictures; they are when not said. */
  readonly keepSlips?: boolean
  /** Bytes of chance for noise on lines; the system's when not given. */
  readonly chance?: (count: number) => Uint8Array
}

/** Puts up simulated devices at wires in memory, and the reference centre. */
export async function makeSurroundings(options: SurroundingsOptions): Promise<Surroundings> {
  const { clock, dir, chance, keepSlips = true } = options
  mkdirSync(dir, { recursive: true })
  const at = (name: string) => join(dir, name)
  const office = options.office ?? (await makeOfficeKey('DEMO-office'))
  const key = makeSigningKey()
  const cards = { socket: at('cards.sock'), authorities: at('card-authorities.pem') }
  writeFileSync(cards.authorities, testAuthoritiesPem())
  const places = { coinAcceptor: at('coin-acceptor'), qrScanner: at('qr-scanner'), printer: at('printer'), cards, centre: at('centre.sock'), office: office.publicKey, receiptKey: key.publicKey }
  const demo = demoConfiguration(places)
  const service = options.service ?? 'jp-mynumber-application'
  const file = { ...demo, services: { [service]: demo.services[service] ?? {} } }
  const configuration = configurationSchema.parse(options.change?.(file) ?? file)

  const noise = chance ? { chance } : {}
  const sockets = { 'coin-acceptor': deviceSocket(), 'qr-scanner': deviceSocket(), printer: deviceSocket(), hopper: deviceSocket(), 'bill-validator': deviceSocket(), cabinet: deviceSocket() }
  const { cabinet, 'bill-validator': validator } = configuration.devices
  const country = configuration.cash.currency === 'TWD' ? 'taiwan' : 'japan'
  const makeValidator = (wire: ByteTransport) =>
    validator?.protocol === 'id003'
      ? makeId003Simulator(wire, clock, { denominations: id003Presets[country], ...noise })
      : makeCctalkBillSimulator(wire, clock, { notes: cctalkPresets[country], ...noise })
  /** As many hoppers as the configuration has, each with the coin and the number of coins that it says. */
  const bowls = configuration.devices.hopper?.hoppers ?? []
  const bus = sharedDevice(sockets.hopper.device, bowls.length)
  const hoppers = Object.fromEntries(
    bowls.map(({ address, coin, filled }, index) => [
      `hopper-${address}`,
      makeHopperSimulator(bus[index] ?? sockets.hopper.device, clock, { address, coin, coins: filled, serial: 1000 + address, ...noise }),
    ]),
  )
  let reader: VpcdReader | null = null
  const insertCard = () => {
    if (!reader) return Promise.resolve(null)
    const [near, far] = linkedPair()
    reader.insert(near)
    return Promise.resolve(far)
  }
  const simulators = {
    'card-reader': makeCardSimulator(insertCard, clock),
    'coin-acceptor': makeCoinAcceptorSimulator(sockets['coin-acceptor'].device, clock, { coins: coinPresets[country], ...noise }),
    'qr-scanner': makeQrScannerSimulator(sockets['qr-scanner'].device, clock),
    printer: makePrinterSimulator(sockets.printer.device, clock, keepSlips ? { outDir: at('slips') } : {}),
    ...hoppers,
    ...(validator && { 'bill-validator': makeValidator(sockets['bill-validator'].device) }),
    ...(cabinet && { cabinet: makeCabinetSimulator(sockets.cabinet.device, clock, noise) }),
  }
  const reference = createReferenceAuthorities({ cases: openCases(at('authorities.db')), clock, rulebook: builtInRulebook })
  const centre = createCentre({ key, storage: options.storage ?? sqliteStorage(at('centre.db')), handOvers: sqliteHandOvers(options.storage ? ':memory:' : at('hand-overs.db')), reference, remote: openRemoteCommands({ file: ':memory:', clock }), clock, operator: configuration.operator, cards: { authorities: testAuthoritiesPem, revocations: () => testRevocationsPem(clock.now()) } })
  const handed: Handed = { ...simulators, centre }

  return {
    configuration,
    office,
    open: (device) => (Object.hasOwn(sockets, device) ? sockets[device as keyof typeof sockets].open : () => Promise.resolve(null)),
    openCards() {
      reader = vpcdReader(clock)
      return Promise.resolve(reader.line)
    },
    exchange: directExchange((request) => centre.handle(request)),
    hand: (line) => carryOut(handed, line),
    async stop() {
      await Promise.all(Object.values(simulators).map((simulator) => simulator.stop()))
      await centre.close()
    },
  }
}
