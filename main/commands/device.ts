import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ApprovedNote } from '../../hardware/bill-validator/events.ts'
import { cabinetRoles, type CabinetInput } from '../../hardware/cabinet/events.ts'
import { realClock } from '../../hardware/clock.ts'
import type { ApprovedCoin } from '../../hardware/coin-acceptor/events.ts'
import { createDeviceHost } from '../../hardware/host.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import type { DeviceSettings } from '../../hardware/wire.ts'
import { commandLine, here, stopWith } from './command-line.ts'
import { runCardReader } from './device-card-reader.ts'
import { checkCoinAcceptor, checkDevice } from './device-check.ts'
import { benchWiring } from './device-cabinet.ts'
import { identifyHopper, payFromHopper, selfCheckHopper } from './device-hopper.ts'
import { selfCheckNotes, tellNotes } from './device-notes.ts'
import { programsUsage, runProgramDevice } from './device-programs.ts'
import { testPrint } from './device-test-print.ts'
import { tapped } from './tapped.ts'
import { watchDevice } from './device-watch.ts'

/**
 * `device <device> --port PATH [check|watch|test]`: the real driver on a bench, without a booth. What happens is told on standard output, one JSON object
 * a line.
 */
const usage = `usage: npm run device -- <device> --port PATH [identify|check|watch|table|self-check|payout N|trace|test] [--baud N] [--trace] [options]
  check           who is there and how it is; exit code 0 when all is well, else 1
  watch           tells everything that happens until it is interrupted; a coin acceptor takes coins meanwhile, a scanner is lit
  identify        who is there, as check without looking further
  table           (coin-acceptor, bill-validator) the coins or notes that it knows, beside those of the operator
  self-check      (coin-acceptor, hopper, bill-validator) how it says that it is; exit code 0 when all is well, else 1
  payout N        (hopper) pays N coins, once, after asking; --yes asks nothing
  trace           as watch, taking nothing, with every byte of the line as it goes
  test            (printer) prints a test slip
  coin-acceptor   --address 2..255  --checksum sum-8|crc-16  --echo auto|on|off  --poll MS  --coins FILE (JSON: [{"id","value","currency"}])
  hopper          --address 2..255  --checksum sum-8|crc-16  --echo auto|on|off  --coin JP100A (for one that does not tell)
  bill-validator  --protocol id003|cctalk  --address 2..255  --checksum sum-8|crc-16  --echo auto|on|off  --poll MS
                  --notes FILE (JSON: [{"id","value","currency"}])  --decide stack|return|wait
  cabinet         --address 1..247  --parity none|even  --lamp COIL  --on (lights it)  --inputs FILE (JSON: [{"input","role","name","active"}])
  qr-scanner      --suffix HEX  --listen HEX  --rest HEX
  printer         --width DOTS
  card-reader     [--reader PATTERN] [--vpcd PORT|SOCKET] check|watch|apdu [HEX...]   through pcscd, without --port; apdu takes lines without words
${programsUsage}`

const options = {
  port: { type: 'string' },
  baud: { type: 'string' },
  trace: { type: 'boolean', default: false },
  address: { type: 'string' },
  checksum: { type: 'string', default: 'sum-8' },
  echo: { type: 'string', default: 'auto' },
  poll: { type: 'string', default: '100' },
  coins: { type: 'string' },
  coin: { type: 'string', default: '' },
  yes: { type: 'boolean', default: false },
  protocol: { type: 'string' },
  notes: { type: 'string' },
  decide: { type: 'string', default: 'stack' },
  parity: { type: 'string', default: 'none' },
  lamp: { type: 'string', default: '0' },
  on: { type: 'boolean', default: false },
  inputs: { type: 'string' },
  suffix: { type: 'string', default: '0d' },
  listen: { type: 'string', default: '' },
  rest: { type: 'string', default: '' },
  width: { type: 'string', default: '576' },
  model: { type: 'string' },
  program: { type: 'string' },
  set: { type: 'string', multiple: true },
  out: { type: 'string' },
  server: { type: 'string' },
  queue: { type: 'string' },
  paper: { type: 'string' },
  reader: { type: 'string', default: '' },
  vpcd: { type: 'string' },
  authorities: { type: 'string' },
} as const

const { values, positionals } = commandLine({ options, allowPositionals: true }, usage)
const [device, act = 'watch', ...others] = positionals

function whole(name: 'baud' | 'address' | 'poll' | 'width' | 'lamp', word: string, least: number, most: number): number {
  const value = Number(word)
  return Number.isInteger(value) && value >= least && value <= most ? value : stopWith(`--${name}: expected ${least}..${most}`)
}

function oneOf<Choice extends string>(name: string, word: string, choices: readonly Choice[]): Choice {
  return choices.find((choice) => choice === word) ?? stopWith(`--${name}: expected ${choices.join(', ')}`)
}

function hex(name: string, word: string): string {
  return /^(?:[0-9a-f]{2})*$/i.test(word) ? word : stopWith(`--${name}: expected hexadecimal bytes`)
}

const approvedCoin = z.strictObject({ id: z.string().length(6), value: z.int().min(1).max(1_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
const approvedCoins = z.array(approvedCoin).max(16)

const approvedNotes = z
  .array(z.strictObject({ id: z.string().length(7), value: z.int().min(1).max(1_000_000), currency: z.string().regex(/^[A-Z]{3}$/) }))
  .max(16)

function readNotes(file: string): readonly ApprovedNote[] {
  try {
    return approvedNotes.parse(JSON.parse(readFileSync(here(file), 'utf8')))
  } catch (error) {
    return stopWith(`--notes ${file}: ${(error as Error).message}`)
  }
}

function readCoins(file: string): readonly ApprovedCoin[] {
  try {
    return approvedCoins.parse(JSON.parse(readFileSync(here(file), 'utf8')))
  } catch (error) {
    return stopWith(`--coins ${file}: ${(error as Error).message}`)
  }
}

if (device === 'card-reader') await runCardReader(act, others, { ...values, here }).catch((error: Error) => stopWith(`${error.message}\n${usage}`))
if (device === 'camera' || device === 'sheet-printer')
  await runProgramDevice(device, act, others, { ...values, here }).catch((error: Error) => stopWith(`${error.message}\n${usage}`))
const takesCount = device === 'hopper' && act === 'payout'
if (others.length !== (takesCount ? 1 : 0) || values.port === undefined || device === undefined) stopWith(usage)
const path = here(values.port)
const baud = (otherwise: number) => (values.baud === undefined ? otherwise : whole('baud', values.baud, 1200, 921_600))
const coinAcceptor = () => ({
  path,
  address: whole('address', values.address ?? '2', 2, 255),
  checksum: oneOf('checksum', values.checksum, ['sum-8', 'crc-16']),
  echo: oneOf('echo', values.echo, ['auto', 'on', 'off']),
  baudRate: baud(9600),
  pollMs: whole('poll', values.poll, 50, 500),
})
const hopper = () => {
  const { baudRate, checksum, echo } = coinAcceptor()
  return { path, baudRate, checksum, echo, hoppers: [{ address: whole('address', values.address ?? '3', 2, 255), coin: values.coin }] }
}
const billValidator = () => ({
  ...coinAcceptor(),
  address: whole('address', values.address ?? '40', 2, 255),
  protocol: oneOf('protocol', values.protocol ?? '', ['id003', 'cctalk']),
})
const cabinetInputs = z.array(
  z.strictObject({ input: z.int().min(0).max(63), role: z.enum(cabinetRoles), name: z.string().min(1).max(40), active: z.literal([0, 1]) }),
)

function readInputs(file: string): readonly CabinetInput[] {
  try {
    return cabinetInputs.parse(JSON.parse(readFileSync(here(file), 'utf8')))
  } catch (error) {
    return stopWith(`--inputs ${file}: ${(error as Error).message}`)
  }
}
const cabinet = () => ({
  path,
  baudRate: baud(9600),
  parity: oneOf('parity', values.parity, ['none', 'even']),
  address: whole('address', values.address ?? '1', 1, 247),
  pollMs: whole('poll', values.poll, 50, 1000),
  inputs: values.inputs === undefined ? benchWiring : readInputs(values.inputs),
  lamp: whole('lamp', values.lamp, 0, 63),
})
const settingsOf = {
  'coin-acceptor': () => ({ 'coin-acceptor': coinAcceptor() }),
  hopper: () => ({ hopper: hopper() }),
  'bill-validator': () => ({ 'bill-validator': billValidator() }),
  cabinet: () => ({ cabinet: cabinet() }),
  'qr-scanner': () => ({
    'qr-scanner': {
      path,
      baudRate: baud(9600),
      suffixHex: hex('suffix', values.suffix),
      listenHex: hex('listen', values.listen),
      restHex: hex('rest', values.rest),
    },
  }),
  printer: () => ({ printer: { path, baudRate: baud(115_200), widthDots: whole('width', values.width, 64, 1024) } }),
} satisfies Readonly<Record<string, () => DeviceSettings>>

const kind = oneOf('device', device, ['coin-acceptor', 'hopper', 'bill-validator', 'cabinet', 'qr-scanner', 'printer'])
const settings: DeviceSettings = settingsOf[kind]()
const clock = realClock()
const say = (line: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify(line)}\n`)
const open: Parameters<typeof createDeviceHost>[1]['open'] =
  (_device, { path: at, baudRate, parity }) => {
    const plain = () => openSerial(at, { baudRate, parity, clock })
    return act === 'trace' ? tapped(plain, say) : plain
  }
const host = () => createDeviceHost(settings, { clock, open })
const coins = values.coins === undefined ? null : readCoins(values.coins)
const notes = values.notes === undefined ? null : readNotes(values.notes)
const decision = oneOf('decide', values.decide, ['stack', 'return', 'wait'])
const hopperBench = () => ({ clock, say, settings: hopper(), open: () => openSerial(path, { baudRate: hopper().baudRate, parity: 'none', clock }) })
const forNotes = () => (kind === 'bill-validator' ? billValidator() : stopWith(`${act}: only a bill-validator has one`))

const checkAcceptor = (only?: 'identity' | 'table' | 'self-check') => checkCoinAcceptor(coinAcceptor(), { clock, say, coins, trace: values.trace }, only)
switch (oneOf('act', act, ['identify', 'check', 'watch', 'table', 'self-check', 'payout', 'trace', 'test'])) {
  case 'payout': {
    if (kind !== 'hopper') stopWith('payout: only a hopper pays')
    const count = Number(others[0])
    if (!Number.isInteger(count) || count < 1 || count > 255) stopWith('payout: expected 1..255 coins')
    process.exit((await payFromHopper(hopperBench(), count, values.yes)) ? 0 : 1)
    break
  }
  case 'identify':
    if (kind === 'hopper') process.exit((await identifyHopper(hopperBench())) ? 0 : 1)
    if (kind === 'coin-acceptor') process.exit((await checkAcceptor('identity')) ? 0 : 1)
    process.exit((await checkDevice(kind, host(), { clock, say })) ? 0 : 1)
    break
  case 'table':
    if (kind === 'coin-acceptor') process.exit((await checkAcceptor('table')) ? 0 : 1)
    forNotes()
    process.exit((await tellNotes(host(), { clock, say })) ? 0 : 1)
    break
  case 'self-check': {
    if (kind === 'hopper') process.exit((await selfCheckHopper(hopperBench())) ? 0 : 1)
    if (kind === 'coin-acceptor') process.exit((await checkAcceptor('self-check')) ? 0 : 1)
    const own = forNotes()
    const parity = own.protocol === 'id003' ? 'even' : 'none'
    process.exit((await selfCheckNotes(own, () => openSerial(path, { baudRate: own.baudRate, parity, clock }), { clock, say })) ? 0 : 1)
    break
  }
  case 'check': {
    const well = await (kind === 'coin-acceptor' ? checkAcceptor() : checkDevice(kind, host(), { clock, say }))
    process.exit(well ? 0 : 1)
    break
  }
  case 'test': {
    if (kind !== 'printer') stopWith('test: only a printer has one')
    process.exit((await testPrint(host(), whole('width', values.width, 64, 1024), { clock, say })) ? 0 : 1)
    break
  }
  case 'trace':
  case 'watch': {
    const watched = host()
    let ending = false
    const end = async () => {
      if (ending) return
      ending = true
      await watched.stop()
      if (values.trace) for (const frame of watched.frames(kind)) say({ event: 'frame', ...frame })
      process.exit(0)
    }
    process.once('SIGINT', () => void end())
    process.once('SIGTERM', () => void end())
    process.once('SIGHUP', () => void end())
    // Whoever read our lines is gone.
    process.stdout.on('error', () => void end())
    watchDevice(watched, say, act === 'trace' ? { coins: [], notes: [], decision: 'return' } : { coins, notes, decision })
    if (kind === 'cabinet' && values.on) watched.send({ device: 'cabinet', command: { kind: 'lamp', on: true } })
  }
}
