import { createInterface } from 'node:readline'
import { cctalkPresets, makeCctalkBillSimulator } from '../../hardware/bill-validator/cctalk/simulator.ts'
import { id003Presets, makeId003Simulator } from '../../hardware/bill-validator/id003/simulator.ts'
import { makeCabinetSimulator } from '../../hardware/cabinet/simulator.ts'
import { realClock } from '../../hardware/clock.ts'
import { coinPresets, makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import { hopperPresets, makeHopperSimulator } from '../../hardware/hopper/simulator.ts'
import { makePrinterSimulator } from '../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../hardware/qr-scanner/simulator.ts'
import { type Simulator, simulatorWriteSlackMs } from '../../hardware/simulator.ts'
import type { ByteTransport } from '../../hardware/transport.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import { commandLine, here, stopWith } from './command-line.ts'
import { startCard } from './simulator-card.ts'

/**
 * `simulator <device> --port PATH [options]`: a simulated device at a serial port. Hands come in as lines on standard input (`insert 500`, `help`); each
 * is answered with one JSON object on standard output. Ends with a signal (exit code 0) or with its port (1).
 */
const usage = `usage: npm run simulator -- <device> --port PATH [--baud N] [options]
  coin-acceptor   --protocol cctalk  --preset japan|taiwan  --address 2..255  --checksum sum-8|crc-16  --serial N  --coins JP010A,JP050A,...
                  --echo  --pace BAUD  --no-watchdog
  hopper          --protocol cctalk  --preset japan|taiwan  --address 2..255  --checksum sum-8|crc-16  --serial N  --coin JP100A  --filled COINS
                  --security serial|none|cipher  --model sch1|sch2|sch3  --echo  --pace BAUD
  bill-validator  --protocol id003|cctalk  --preset japan|taiwan  --pace BAUD  (ccTalk: --address --checksum --serial --echo --no-watchdog)
  cabinet         --address 1..247  --parity none|even
  qr-scanner      --suffix HEX  --listen HEX  --rest HEX
  printer         --out DIR  --width DOTS
  card            --port 35963 (vpcd's; or a socket)  --profile my-number|phone-token|juki-card|moica-1|moica-2|nhi|unknown  --card FILE (its memory)
hands are lines on standard input; "help" lists them`

const options = {
  port: { type: 'string' },
  baud: { type: 'string' },
  address: { type: 'string' },
  checksum: { type: 'string' },
  serial: { type: 'string' },
  coins: { type: 'string' },
  protocol: { type: 'string' },
  preset: { type: 'string' },
  parity: { type: 'string' },
  echo: { type: 'boolean' },
  pace: { type: 'string' },
  watchdog: { type: 'boolean' },
  suffix: { type: 'string' },
  listen: { type: 'string' },
  rest: { type: 'string' },
  out: { type: 'string' },
  width: { type: 'string' },
  coin: { type: 'string' },
  filled: { type: 'string' },
  security: { type: 'string' },
  model: { type: 'string' },
  profile: { type: 'string' },
  card: { type: 'string' },
} as const

const say = (line: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify(line)}\n`)

const { values, positionals } = commandLine({ options, allowPositionals: true, allowNegative: true }, usage)
const [device = '', ...others] = positionals

function whole(name: 'baud' | 'address' | 'serial' | 'pace' | 'width' | 'filled', least: number, most: number): number | undefined {
  const word = values[name]
  if (word === undefined) return undefined
  const value = Number(word)
  return Number.isInteger(value) && value >= least && value <= most ? value : stopWith(`--${name}: expected ${least}..${most}`)
}

function hex(name: 'suffix' | 'listen' | 'rest'): string | undefined {
  const word = values[name]
  return word === undefined || /^(?:[0-9a-f]{2})*$/i.test(word) ? word : stopWith(`--${name}: expected hexadecimal bytes`)
}

/** The entries that were given, so that the simulator's own defaults stand for the rest. */
function given<Value extends object>(entries: { readonly [Key in keyof Value]: Value[Key] | undefined }): Value {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Value
}

function readChecksum(word: string | undefined): 'sum-8' | 'crc-16' | undefined {
  return word === undefined || word === 'sum-8' || word === 'crc-16' ? word : stopWith('--checksum: expected sum-8 or crc-16')
}

const coins = values.coins?.split(',')
if (coins && (coins.length > 16 || coins.some((id) => !/^[\x21-\x7e]{6}$/.test(id)))) stopWith('--coins: expected at most 16 identifiers of 6 characters')
const clock = realClock()

/** Which country's money the device knows; Japan's when not told. */
function readPreset(): 'japan' | 'taiwan' {
  const word = values.preset ?? 'japan'
  return word === 'japan' || word === 'taiwan' ? word : stopWith('--preset: expected japan or taiwan')
}

/** Coin acceptors and hoppers speak one protocol. */
function onlyCctalk(): void {
  if (values.protocol !== undefined && values.protocol !== 'cctalk') stopWith('--protocol: expected cctalk')
}

function oneOf<Choice extends string>(name: 'security' | 'model', choices: readonly Choice[]): Choice | undefined {
  const word = values[name]
  return word === undefined ? undefined : (choices.find((choice) => choice === word) ?? stopWith(`--${name}: expected ${choices.join(', ')}`))
}

const makers: Readonly<Record<string, { readonly baud: number; readonly make: (wire: ByteTransport) => Simulator }>> = {
  'coin-acceptor': {
    baud: 9600,
    make(wire) {
      onlyCctalk()
      return makeCoinAcceptorSimulator(
        wire,
        clock,
        given({
          address: whole('address', 2, 255),
          checksum: readChecksum(values.checksum),
          serial: whole('serial', 0, 0xffffff),
          coins: coins ?? coinPresets[readPreset()],
          echo: values.echo,
          paceBaud: whole('pace', 1200, 115_200),
          watchdog: values.watchdog,
        }),
      )
    },
  },
  hopper: {
    baud: 9600,
    make(wire) {
      onlyCctalk()
      const { coin } = values
      if (coin !== undefined && !/^[\x21-\x7e]{6}$/.test(coin)) stopWith('--coin: expected an identifier of 6 characters')
      return makeHopperSimulator(
        wire,
        clock,
        given({
          address: whole('address', 2, 255),
          checksum: readChecksum(values.checksum),
          serial: whole('serial', 0, 0xffffff),
          coin: coin ?? hopperPresets[readPreset()],
          coins: whole('filled', 0, 10_000),
          security: oneOf('security', ['serial', 'none', 'cipher'] as const),
          model: oneOf('model', ['sch1', 'sch2', 'sch3'] as const),
          echo: values.echo,
          paceBaud: whole('pace', 1200, 115_200),
        }),
      )
    },
  },
  'bill-validator': {
    baud: 9600,
    make(wire) {
      const paceBaud = whole('pace', 1200, 115_200)
      if (values.protocol === 'id003') return makeId003Simulator(wire, clock, given({ denominations: id003Presets[readPreset()], paceBaud }))
      if (values.protocol !== 'cctalk') return stopWith('--protocol: expected id003 or cctalk')
      return makeCctalkBillSimulator(
        wire,
        clock,
        given({
          address: whole('address', 2, 255),
          checksum: readChecksum(values.checksum),
          serial: whole('serial', 0, 0xffffff),
          notes: cctalkPresets[readPreset()],
          echo: values.echo,
          paceBaud,
          watchdog: values.watchdog,
        }),
      )
    },
  },
  cabinet: { baud: 9600, make: (wire) => makeCabinetSimulator(wire, clock, given({ address: whole('address', 1, 247) })) },
  'qr-scanner': {
    baud: 9600,
    make: (wire) => makeQrScannerSimulator(wire, clock, given({ suffixHex: hex('suffix'), listenHex: hex('listen'), restHex: hex('rest') })),
  },
  printer: {
    baud: 115_200,
    make(wire) {
      const outDir = values.out === undefined ? undefined : here(values.out)
      return makePrinterSimulator(wire, clock, given({ outDir, widthDots: whole('width', 8, 1024) }))
    },
  },
}

/** A simulator at its serial port. */
async function atSerialPort(port: string) {
  const maker = Object.hasOwn(makers, device) ? makers[device] : undefined
  if (!maker) return stopWith(usage)
  const parity = values.protocol === 'id003' || values.parity === 'even' ? 'even' : 'none'
  const wire = await openSerial(port, { baudRate: whole('baud', 1200, 921_600) ?? maker.baud, parity, clock, writeSlackMs: simulatorWriteSlackMs })
  return wire ? { simulator: maker.make(wire), wire } : stopWith(`${port}: cannot be opened`)
}

/** A card in a reader, which it finds again by itself. */
async function inReader(port: string) {
  const card = await startCard({ port, profile: values.profile, file: values.card === undefined ? undefined : here(values.card) }, clock)
  return typeof card === 'string' ? stopWith(card) : { simulator: card, wire: null }
}

if (others.length > 0 || values.port === undefined) stopWith(usage)
const port = /^\d+$/.test(values.port) ? values.port : here(values.port)
const { simulator, wire } = device === 'card' ? await inReader(port) : await atSerialPort(port)

let ending = false
const end = async (code: number) => {
  if (ending) return
  ending = true
  await simulator.stop()
  await wire?.close()
  process.exit(code)
}
wire?.onClose(() => {
  if (!ending) say({ event: 'port-closed', port })
  void end(1)
})
process.once('SIGINT', () => void end(0))
process.once('SIGTERM', () => void end(0))

say({ event: 'ready', device, port })
let last = Promise.resolve()
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line.trim() === '') return
  last = last.then(async () => {
    const answer = await simulator.hand(line)
    say({ event: 'hand', hand: line.trim(), ok: !answer.startsWith('error:'), answer })
  })
})
