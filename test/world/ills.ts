import type { FaultCode } from '../../hardware/faults.ts'
import type { Hands } from './run.ts'

/** Where something can go wrong. */
export const ports = ['coin-acceptor', 'printer', 'qr-scanner', 'camera', 'centre', 'line', 'clock', 'booth', 'disk'] as const
export type Port = (typeof ports)[number]

/** Something that goes wrong, with the hands that begin it and, where it lasts, end it. */
export interface Ill {
  readonly begin: (hands: Hands) => unknown
  readonly end?: (hands: Hands) => unknown
  /** What the booth calls it, any of these; nothing for what it needs no word for or cannot know. */
  readonly codes?: readonly FaultCode[]
  /** Milliseconds after which nothing may be sold any more because of it; without, it takes no ability away. */
  readonly closesWithin?: number
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
