import type { FaultCode } from '../../hardware/faults.ts'
import type { SerialDevice } from '../../hardware/host.ts'
import type { Kill } from './life.ts'

/** Where something can go wrong. */
export const ports = [
  'coin-acceptor', 'bill-validator', 'hopper', 'cabinet', 'printer', 'qr-scanner', 'card-reader', 'camera', 'centre', 'line', 'clock', 'booth', 'disk',
] as const
export type Port = (typeof ports)[number]

/** What troubles are made with. */
export interface Hands {
  /** What the note validator speaks. */
  readonly notes: 'id003' | 'cctalk'
  hand(line: string): Promise<string>
  /** Takes the card out of the reader, if there is one. */
  tearCard(): Promise<string>
  camera(state: 'ready' | 'lost' | 'missing' | 'denied' | 'page-lost'): Promise<void>
  cutLine(cut: boolean): void
  fillDisk(full: boolean): void
  breakWire(device: SerialDevice, broken: boolean): void
  /** Sets the wall clock from what it shows; null sets it right again. */
  wall(jump: ((now: number) => number) | null): void
  kill(when: Kill): void
  /** How long the booth stays away when it is killed next. */
  staysDown(ms: number): void
}

/** Something that goes wrong, with the hands that begin it and, where it lasts, end it. */
export interface Ill {
  readonly begin: (hands: Hands) => unknown
  readonly end?: (hands: Hands) => unknown
  /** What the booth calls it, any of these; nothing for what it needs no word for or cannot know. */
  readonly codes?: readonly FaultCode[]
  /** Milliseconds after which nothing may be sold any more because of it; without, it takes no ability away. */
  readonly closesWithin?: number
  /** What else is wrong at the same place cannot be seen meanwhile. */
  readonly blinds?: true
}

const hand =
  (...lines: readonly string[]) =>
  async (hands: Hands) => {
    for (const line of lines) await hands.hand(line)
  }
/** What the booth knows of it. */
type Known = Omit<Ill, 'begin' | 'end'>
/** Over at once, by one hand. */
const once = (line: string): Ill => ({ begin: hand(line) })
/** Begun by one hand and ended by another. */
const lasting = (begins: string, ends: string, known: Known = {}): Ill => ({ begin: hand(begins), end: hand(ends), ...known })
/** Each write to the device throws. */
const throwing = (device: SerialDevice, known: Known): Ill => ({ begin: (hands) => hands.breakWire(device, true), end: (hands) => hands.breakWire(device, false), ...known })
const acceptorGone = { codes: ['coin-acceptor-lost'], closesWithin: 4_000 } as const
const printerIll = (...codes: readonly FaultCode[]) => ({ codes, closesWithin: 12_000 })
const cameraIll = (state: 'lost' | 'missing' | 'denied'): Ill => ({
  begin: (hands) => hands.camera(state),
  end: (hands) => hands.camera('ready'),
  codes: [`camera-${state}`],
  closesWithin: 0,
})
const answers = (mode: string): Ill => lasting(`centre answers ${mode}`, 'centre answers received')
const wall = (jump: (now: number) => number): Ill => ({ begin: (hands) => hands.wall(jump), end: (hands) => hands.wall(null) })
const hour = 3_600_000
/** What only one of the two protocols can show is another trouble in the other. */
const note = (id003: string, cctalk: string) => (hands: Hands) => hands.hand(`bill-validator ${hands.notes === 'id003' ? id003 : cctalk}`)
const validatorGone = { codes: ['bill-validator-lost'] } as const
const bowls = ['hopper-3', 'hopper-4', 'hopper-5'] as const
const eachBowl = (line: string) => hand(...bowls.map((bowl) => `${bowl} ${line}`))
const blind = { codes: ['cabinet-lost', 'cabinet-garbled'], blinds: true } as const
const opened = (code: FaultCode) => ({ codes: [code], closesWithin: 3_000 })

/** Everything that can go wrong, by port. */
export const ills: Readonly<Record<Port, Readonly<Record<string, Ill>>>> = {
  'coin-acceptor': {
    silent: lasting('coin-acceptor silent on', 'coin-acceptor silent off', acceptorGone),
    unplug: lasting('coin-acceptor unplug', 'coin-acceptor plug', acceptorGone),
    busy: lasting('coin-acceptor busy', 'coin-acceptor normal', acceptorGone),
    refuse: lasting('coin-acceptor refuse', 'coin-acceptor normal', acceptorGone),
    late: lasting('coin-acceptor late 60', 'coin-acceptor late 0'),
    garble: once('coin-acceptor garble 4'),
    'garble-on': lasting('coin-acceptor garble 1000000', 'coin-acceptor garble 0', acceptorGone),
    twice: once('coin-acceptor twice 5'),
    noise: once('coin-acceptor noise 300'),
    throws: throwing('coin-acceptor', acceptorGone),
    jam: lasting('coin-acceptor jam', 'coin-acceptor clear', { codes: ['coin-jam'] }),
    lever: lasting('coin-acceptor lever', 'coin-acceptor clear'),
    fraud: once('coin-acceptor event 20'),
    reset: once('coin-acceptor reset'),
    reject: once('coin-acceptor reject'),
    'in-flight-1': once('coin-acceptor in-flight 500'),
    'in-flight-3': once('coin-acceptor in-flight 100 10 50'),
    'in-flight-6': once('coin-acceptor in-flight 100 100 100 100 100 100'),
  },
  'bill-validator': {
    silent: lasting('bill-validator silent on', 'bill-validator silent off', validatorGone),
    unplug: lasting('bill-validator unplug', 'bill-validator plug', validatorGone),
    throws: throwing('bill-validator', validatorGone),
    late: lasting('bill-validator late 60', 'bill-validator late 0'),
    garble: once('bill-validator garble 4'),
    twice: once('bill-validator twice 5'),
    noise: once('bill-validator noise 300'),
    'lost-replies': { begin: note('lose 3', 'garble 3') },
    'lost-acknowledgements': { begin: note('lose-ack 3', 'twice 3') },
    deaf: { begin: note('deaf 3', 'late 400'), end: note('deaf 0', 'late 0') },
    jam: lasting('bill-validator jam', 'bill-validator clear', { codes: ['note-jam'] }),
    'jam-in-stacker': lasting('bill-validator jam stacker', 'bill-validator clear', { codes: ['note-jam', 'bill-validator-failed'] }),
    hindered: { begin: note('pause', 'busy'), end: note('clear', 'normal'), codes: ['note-pause', 'bill-validator-lost'] },
    'stacker-open': lasting('bill-validator pull-stacker', 'bill-validator push-stacker', { codes: ['note-stacker-open'] }),
    'stacker-full': { begin: hand('bill-validator stacker-full'), end: note('clear', 'stacker-ok'), codes: ['note-stacker-full'] },
    cheat: once('bill-validator cheat'),
    'unknown-note': once('bill-validator insert-unknown'),
    'power-cut': once('bill-validator power-cycle'),
    reset: once('bill-validator reset'),
  },
  hopper: {
    silent: lasting('hopper-3 silent on', 'hopper-3 silent off', { codes: ['hopper-silent'] }),
    'all-silent': { begin: eachBowl('silent on'), end: eachBowl('silent off'), codes: ['hopper-lost'] },
    unplug: lasting('hopper-4 unplug', 'hopper-4 plug', { codes: ['hopper-silent'] }),
    throws: throwing('hopper', { codes: ['hopper-lost'] }),
    refuse: lasting('hopper-3 refuse', 'hopper-3 normal', { codes: ['hopper-silent', 'hopper-lost'] }),
    busy: lasting('hopper-3 busy', 'hopper-3 normal', { codes: ['hopper-silent', 'hopper-lost'] }),
    late: lasting('hopper-3 late 150', 'hopper-3 late 0'),
    garble: once('hopper-3 garble 4'),
    twice: once('hopper-3 twice 5'),
    noise: once('hopper-3 noise 100'),
    'lost-reply': once('hopper-3 lose-replies 1'),
    'lost-replies': { begin: eachBowl('lose-replies 3') },
    'stalls-at-once': once('hopper-3 stall 0'),
    'stalls-after-one': { begin: eachBowl('stall 1') },
    jam: lasting('hopper-3 jam', 'hopper-3 clear', { codes: ['hopper-jam'] }),
    'all-jam': { begin: eachBowl('jam'), end: eachBowl('clear'), codes: ['hopper-jam'] },
    fraud: once('hopper-3 flag 2 3'),
    'lies-more': once('hopper-3 lie 200 3'),
    'lies-less': { begin: eachBowl('lie 0 0') },
    'power-cut': once('hopper-3 power-cycle'),
    'power-cuts': { begin: eachBowl('power-cycle') },
    reset: once('hopper-3 reset'),
  },
  cabinet: {
    door: lasting('cabinet door open', 'cabinet door close', opened('door-open')),
    'cash-door': lasting('cabinet door open cash', 'cabinet door close cash', opened('door-open')),
    'cash-box': lasting('cabinet cash-box out', 'cabinet cash-box in', opened('cash-box-out')),
    unplug: lasting('cabinet unplug', 'cabinet plug', blind),
    silent: lasting('cabinet silent on', 'cabinet silent off', blind),
    'garble-on': lasting('cabinet garble 1000000', 'cabinet garble 0', blind),
    exceptions: lasting('cabinet except 4 1000000', 'cabinet except 4 0', blind),
    throws: throwing('cabinet', blind),
    late: lasting('cabinet late 100', 'cabinet late 0'),
    noise: once('cabinet noise 100'),
    'power-cut': once('cabinet power-cycle'),
    'call-button': lasting('cabinet call press', 'cabinet call release'),
  },
  'card-reader': {
    torn: { begin: (hands) => hands.tearCard() },
  },
  printer: {
    'paper-out': lasting('printer pull-paper', 'printer load-paper', printerIll('printer-paper-out')),
    'paper-ends': lasting('printer paper-left 300', 'printer load-paper'),
    cover: lasting('printer open-cover', 'printer close-cover', printerIll('printer-cover-open')),
    jam: lasting('printer jam', 'printer clear', printerIll('printer-failed')),
    unplug: lasting('printer unplug', 'printer plug', printerIll('printer-lost')),
    silent: lasting('printer silent on', 'printer silent off', printerIll('printer-lost')),
    garble: lasting('printer garble on', 'printer garble off'),
    late: lasting('printer late 300', 'printer late 0'),
    throws: throwing('printer', printerIll('printer-lost')),
  },
  'qr-scanner': {
    unplug: lasting('qr-scanner unplug', 'qr-scanner plug'),
    garbage: once('qr-scanner garbage 5000'),
    flood: once('qr-scanner flood https://example.com/ 120'),
  },
  camera: {
    lost: cameraIll('lost'),
    missing: cameraIll('missing'),
    denied: cameraIll('denied'),
    'page-lost': { begin: (hands) => hands.camera('page-lost'), end: (hands) => hands.camera('ready'), closesWithin: 0 },
  },
  centre: {
    none: answers('none'),
    lost: answers('lost'),
    error: answers('error'),
    malformed: answers('malformed'),
    html: answers('html'),
    busy: answers('busy 20'),
    'late-8s': answers('late 8000'),
    'late-25s': answers('late 25000'),
    refused: answers('refused closed'),
    unsigned: answers('unsigned'),
    forged: answers('forged'),
    'not-enrolled': answers('not-enrolled'),
  },
  line: {
    cut: { begin: (hands) => hands.cutLine(true), end: (hands) => hands.cutLine(false), codes: ['centre-unreachable'] },
  },
  clock: {
    'ten-minutes-on': wall((now) => now + 600_000),
    'an-hour-back': wall((now) => now - hour),
    'to-1970': wall(() => 0),
    'to-2038': wall(() => Date.UTC(2038, 0, 19, 3, 14, 8)),
  },
  booth: {
    kill: { begin: (hands) => hands.kill('now') },
    'kill-before-record': { begin: (hands) => hands.kill('before-record') },
    'kill-after-record': { begin: (hands) => hands.kill('after-record') },
  },
  disk: {
    full: { begin: (hands) => hands.fillDisk(true), end: (hands) => hands.fillDisk(false) },
  },
}
