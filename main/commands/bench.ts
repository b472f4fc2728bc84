import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeId003Simulator } from '../../hardware/bill-validator/id003/simulator.ts'
import { makeCardSimulator } from '../../hardware/card-reader/simulator.ts'
import { testAuthoritiesPem, testRevocationsPem } from '../../hardware/card-reader/virtual-card/test-certificates.ts'
import { realClock } from '../../hardware/clock.ts'
import { makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import { makePrinterSimulator } from '../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../hardware/qr-scanner/simulator.ts'
import { makeSheetPrinterSimulator } from '../../hardware/sheet-printer/simulator.ts'
import { openSocket } from '../../hardware/transports/socket.ts'
import { makeOfficeKey } from '../../centre/office.ts'
import { startBenchDevice } from './demo/bench-device.ts'
import { startCentreProcess } from './demo/centre-process.ts'
import { demoConfiguration } from './demo/configuration.ts'
import { portraitFilm } from './demo/film.ts'
import { listenForHands } from './demo/hands.ts'
import { demoHoppers, makeHopperBus } from './demo/hopper-bus.ts'
import { rulebookContent, signRulebook } from './sign-rulebook.ts'
import { demoVendor, publicHalf } from './vendor-keys.ts'

/**
 * The bench of a demonstration, a process of its own: simulated devices at the ends of real serial lines, the reference centre, and the configuration that leads the booth
 * to them. Prints `{"ready":true,"config":FILE}` when all of it is up; ends with its standard input or a signal.
 */
const { values } = parseArgs({ options: { dir: { type: 'string' } } })
if (values.dir === undefined) {
  process.stderr.write('usage: bench --dir DIR\n')
  process.exit(2)
}
const dir = resolve(process.env['INIT_CWD'] ?? '.', values.dir)
mkdirSync(dir, { recursive: true, mode: 0o700 })
const clock = realClock()
const at = (name: string) => join(dir, name)

const cards = { authorities: at('card-authorities.pem'), revocations: at('card-revocations.pem') }
writeFileSync(cards.authorities, testAuthoritiesPem())
writeFileSync(cards.revocations, testRevocationsPem(clock.now()))
const [coinAcceptor, hopper, billValidator, qrScanner, printer, centre, office, camera] = await Promise.all([
  startBenchDevice(at('coin-acceptor'), (wire) => makeCoinAcceptorSimulator(wire, clock), clock),
  startBenchDevice(at('hopper'), (wire) => makeHopperBus(wire, clock), clock),
  startBenchDevice(at('bill-validator'), (wire) => makeId003Simulator(wire, clock), clock),
  startBenchDevice(at('qr-scanner'), (wire) => makeQrScannerSimulator(wire, clock), clock),
  startBenchDevice(at('printer'), (wire) => makePrinterSimulator(wire, clock, { outDir: at('slips') }), clock),
  startCentreProcess({ socket: at('centre.sock'), data: at('centre'), cards, clock }),
  makeOfficeKey('DEMO-office'),
  portraitFilm(dir),
])
const card = makeCardSimulator(() => openSocket(at('cards.sock')), clock)
const sheetPrinter = makeSheetPrinterSimulator(at('sheets'))
const bowls = Object.fromEntries(demoHoppers.map(({ address }) => [`hopper-${address}`, { hand: (line: string) => hopper.hand(line === 'tear' || line === 'mend' ? line : `${address} ${line}`) }]))
const hands = await listenForHands(at('hands.sock'), { 'coin-acceptor': coinAcceptor, ...bowls, 'bill-validator': billValidator, 'qr-scanner': qrScanner, printer, 'sheet-printer': sheetPrinter, 'card-reader': card, centre })

writeFileSync(at('office-private.json'), JSON.stringify(office.privateJwk), { mode: 0o600 })
copyFileSync(new URL('./demo/pack.json', import.meta.url), at('pack.json'))
// Every demonstration has a newer edition than the one before, so that changed rules are taken.
writeFileSync(at('rulebook.json'), await signRulebook(rulebookContent({ version: Math.floor(clock.now() / 60_000) }), [demoVendor]))
const configuration = demoConfiguration({
  coinAcceptor: at('coin-acceptor'),
  hopper: at('hopper'),
  billValidator: at('bill-validator'),
  qrScanner: at('qr-scanner'),
  printer: at('printer'),
  sheetPrinter: sheetPrinter.programs,
  cards: { socket: at('cards.sock'), authorities: cards.authorities },
  centre: at('centre.sock'),
  office: office.publicKey,
  receiptKey: centre.receiptKey,
  vendorKey: publicHalf(demoVendor),
  bench: { socket: at('hands.sock'), camera },
})
writeFileSync(at('booth.json'), `${JSON.stringify(configuration, null, 2)}\n`)

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  await hands.close()
  await Promise.all([coinAcceptor.stop(), hopper.stop(), billValidator.stop(), qrScanner.stop(), printer.stop(), card.stop(), centre.stop()])
  process.exit(0)
}
process.once('SIGTERM', () => void end())
process.once('SIGINT', () => void end())
process.stdin.on('end', () => void end())
process.stdin.resume()
process.stdout.write(`${JSON.stringify({ ready: true, config: at('booth.json') })}\n`)
