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
const acceptorGone = { codes: ['coin-acceptor-lost'], closesWithin: 4_000 } as const
const printerIll = (...codes: readonly FaultCode[]) => ({ codes, closesWithin: 12_000 })
const cameraIll = (state: 'lost' | 'missing' | 'denied'): Ill => ({
  begin: (hands) => hands.camera(state),
  end: (hands) => hands.camera('ready'),
  codes: [`camera-${state}`],
  closesWithin: 0,
})
const answers = (mode: string): Ill => ({ begin: hand(`centre answers ${mode}`), end: hand('centre answers received') })
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
    silent: { begin: hand('coin-acceptor silent on'), end: hand('coin-acceptor silent off'), ...acceptorGone },
    unplug: { begin: hand('coin-acceptor unplug'), end: hand('coin-acceptor plug'), ...acceptorGone },
    busy: { begin: hand('coin-acceptor busy'), end: hand('coin-acceptor normal'), ...acceptorGone },
    refuse: { begin: hand('coin-acceptor refuse'), end: hand('coin-acceptor normal'), ...acceptorGone },
    late: { begin: hand('coin-acceptor late 60'), end: hand('coin-acceptor late 0') },
    garble: { begin: hand('coin-acceptor garble 4') },
    'garble-on': { begin: hand('coin-acceptor garble 1000000'), end: hand('coin-acceptor garble 0'), ...acceptorGone },
    twice: { begin: hand('coin-acceptor twice 5') },
    noise: { begin: hand('coin-acceptor noise 300') },
    throws: { begin: (hands) => hands.breakWire('coin-acceptor', true), end: (hands) => hands.breakWire('coin-acceptor', false), ...acceptorGone },
    jam: { begin: hand('coin-acceptor jam'), end: hand('coin-acceptor clear'), codes: ['coin-jam'] },
    lever: { begin: hand('coin-acceptor lever'), end: hand('coin-acceptor clear') },
    fraud: { begin: hand('coin-acceptor event 20') },
    reset: { begin: hand('coin-acceptor reset') },
    reject: { begin: hand('coin-acceptor reject') },
    'in-flight-1': { begin: hand('coin-acceptor in-flight 500') },
    'in-flight-3': { begin: hand('coin-acceptor in-flight 100 10 50') },
    'in-flight-6': { begin: hand('coin-acceptor in-flight 100 100 100 100 100 100') },
  },
  'bill-validator': {
    silent: { begin: hand('bill-validator silent on'), end: hand('bill-validator silent off'), ...validatorGone },
    unplug: { begin: hand('bill-validator unplug'), end: hand('bill-validator plug'), ...validatorGone },
    throws: { begin: (hands) => hands.breakWire('bill-validator', true), end: (hands) => hands.breakWire('bill-validator', false), ...validatorGone },
    late: { begin: hand('bill-validator late 60'), end: hand('bill-validator late 0') },
    garble: { begin: hand('bill-validator garble 4') },
    twice: { begin: hand('bill-validator twice 5') },
    noise: { begin: hand('bill-validator noise 300') },
    'lost-replies': { begin: note('lose 3', 'garble 3') },
    'lost-acknowledgements': { begin: note('lose-ack 3', 'twice 3') },
    deaf: { begin: note('deaf 3', 'late 400'), end: note('deaf 0', 'late 0') },
    jam: { begin: hand('bill-validator jam'), end: hand('bill-validator clear'), codes: ['note-jam'] },
    'jam-in-stacker': { begin: hand('bill-validator jam stacker'), end: hand('bill-validator clear'), codes: ['note-jam', 'bill-validator-failed'] },
    hindered: { begin: note('pause', 'busy'), end: note('clear', 'normal'), codes: ['note-pause', 'bill-validator-lost'] },
    'stacker-open': { begin: hand('bill-validator pull-stacker'), end: hand('bill-validator push-stacker'), codes: ['note-stacker-open'] },
    'stacker-full': { begin: hand('bill-validator stacker-full'), end: note('clear', 'stacker-ok'), codes: ['note-stacker-full'] },
    cheat: { begin: hand('bill-validator cheat') },
    'unknown-note': { begin: hand('bill-validator insert-unknown') },
    'power-cut': { begin: hand('bill-validator power-cycle') },
    reset: { begin: hand('bill-validator reset') },
  },
  hopper: {
    silent: { begin: hand('hopper-3 silent on'), end: hand('hopper-3 silent off'), codes: ['hopper-silent'] },
    'all-silent': { begin: eachBowl('silent on'), end: eachBowl('silent off'), codes: ['hopper-lost'] },
    unplug: { begin: hand('hopper-4 unplug'), end: hand('hopper-4 plug'), codes: ['hopper-silent'] },
    throws: { begin: (hands) => hands.breakWire('hopper', true), end: (hands) => hands.breakWire('hopper', false), codes: ['hopper-lost'] },
    refuse: { begin: hand('hopper-3 refuse'), end: hand('hopper-3 normal'), codes: ['hopper-silent', 'hopper-lost'] },
    busy: { begin: hand('hopper-3 busy'), end: hand('hopper-3 normal'), codes: ['hopper-silent', 'hopper-lost'] },
    late: { begin: hand('hopper-3 late 150'), end: hand('hopper-3 late 0') },
    garble: { begin: hand('hopper-3 garble 4') },
    twice: { begin: hand('hopper-3 twice 5') },
    noise: { begin: hand('hopper-3 noise 100') },
    'lost-reply': { begin: hand('hopper-3 lose-replies 1') },
    'lost-replies': { begin: eachBowl('lose-replies 3') },
    'stalls-at-once': { begin: hand('hopper-3 stall 0') },
    'stalls-after-one': { begin: eachBowl('stall 1') },
    jam: { begin: hand('hopper-3 jam'), end: hand('hopper-3 clear'), codes: ['hopper-jam'] },
    'all-jam': { begin: eachBowl('jam'), end: eachBowl('clear'), codes: ['hopper-jam'] },
    fraud: { begin: hand('hopper-3 flag 2 3') },
    'lies-more': { begin: hand('hopper-3 lie 200 3') },
    'lies-less': { begin: eachBowl('lie 0 0') },
    'power-cut': { begin: hand('hopper-3 power-cycle') },
    'power-cuts': { begin: eachBowl('power-cycle') },
    reset: { begin: hand('hopper-3 reset') },
  },
  cabinet: {
    door: { begin: hand('cabinet door open'), end: hand('cabinet door close'), ...opened('door-open') },
    'cash-door': { begin: hand('cabinet door open cash'), end: hand('cabinet door close cash'), ...opened('door-open') },
    'cash-box': { begin: hand('cabinet cash-box out'), end: hand('cabinet cash-box in'), ...opened('cash-box-out') },
    unplug: { begin: hand('cabinet unplug'), end: hand('cabinet plug'), ...blind },
    silent: { begin: hand('cabinet silent on'), end: hand('cabinet silent off'), ...blind },
    'garble-on': { begin: hand('cabinet garble 1000000'), end: hand('cabinet garble 0'), ...blind },
    exceptions: { begin: hand('cabinet except 4 1000000'), end: hand('cabinet except 4 0'), ...blind },
    throws: { begin: (hands) => hands.breakWire('cabinet', true), end: (hands) => hands.breakWire('cabinet', false), ...blind },
    late: { begin: hand('cabinet late 100'), end: hand('cabinet late 0') },
    noise: { begin: hand('cabinet noise 100') },
    'power-cut': { begin: hand('cabinet power-cycle') },
    'call-button': { begin: hand('cabinet call press'), end: hand('cabinet call release') },
  },
  'card-reader': {
    torn: { begin: (hands) => hands.tearCard() },
  },
  printer: {
    'paper-out': { begin: hand('printer pull-paper'), end: hand('printer load-paper'), ...printerIll('printer-paper-out') },
    'paper-ends': { begin: hand('printer paper-left 300'), end: hand('printer load-paper') },
    cover: { begin: hand('printer open-cover'), end: hand('printer close-cover'), ...printerIll('printer-cover-open') },
    jam: { begin: hand('printer jam'), end: hand('printer clear'), ...printerIll('printer-failed') },
    unplug: { begin: hand('printer unplug'), end: hand('printer plug'), ...printerIll('printer-lost') },
    silent: { begin: hand('printer silent on'), end: hand('printer silent off'), ...printerIll('printer-lost') },
    garble: { begin: hand('printer garble on'), end: hand('printer garble off') },
    late: { begin: hand('printer late 300'), end: hand('printer late 0') },
    throws: { begin: (hands) => hands.breakWire('printer', true), end: (hands) => hands.breakWire('printer', false), ...printerIll('printer-lost') },
  },
  'qr-scanner': {
    unplug: { begin: hand('qr-scanner unplug'), end: hand('qr-scanner plug') },
    garbage: { begin: hand('qr-scanner garbage 5000') },
    flood: { begin: hand('qr-scanner flood https://example.com/ 120') },
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
    'late-8s': answers('late 8000'),
    'late-25s': answers('late 25000'),
    refused: answers('refused closed'),
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
