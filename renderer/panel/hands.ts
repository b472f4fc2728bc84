import type { Text } from '../../main/contract/text.ts'

/** One thing that a hand can do to the simulated devices: what the button says, and the line that does it. */
export interface Hand extends Text {
  readonly line: string
}

/** Everything that one device's hands can do. */
export interface HandGroup {
  readonly title: Text
  readonly hands: readonly Hand[]
}

/** What the code of the sample form says. */
const sampleCode = 'https://net.kojinbango-card.go.jp/?id=20261121000000000012345'

/** What a typed text does at the scanner. */
export function showLine(code: string): string {
  return `qr-scanner show ${code}`
}

const cable = (device: string): readonly Hand[] => [
  { key: 'ui.panel.tear', line: `${device} tear` },
  { key: 'ui.panel.mend', line: `${device} mend` },
]

/** The hands of the demonstration, in the order in which a visit needs them; the words are those of `npm run simulator`. */
export const handGroups: readonly HandGroup[] = [
  {
    title: { key: 'ui.panel.coins' },
    hands: [
      ...[10, 50, 100, 500].map((coin) => ({ key: 'ui.panel.insert', values: { coin }, line: `coin-acceptor insert ${coin}` })),
      { key: 'ui.panel.reject', line: 'coin-acceptor reject' },
      { key: 'ui.panel.jam', line: 'coin-acceptor jam' },
      { key: 'ui.panel.clear', line: 'coin-acceptor clear' },
      ...cable('coin-acceptor'),
    ],
  },
  {
    title: { key: 'ui.panel.notes' },
    hands: [
      { key: 'ui.panel.insert-note', values: { note: 1000 }, line: 'bill-validator insert 1000' },
      { key: 'ui.panel.strange-note', line: 'bill-validator insert-unknown' },
      { key: 'ui.panel.power-cycle', line: 'bill-validator power-cycle' },
      { key: 'ui.panel.pull-stacker', line: 'bill-validator pull-stacker' },
      { key: 'ui.panel.push-stacker', line: 'bill-validator push-stacker' },
      ...cable('bill-validator'),
    ],
  },
  {
    title: { key: 'ui.panel.hopper' },
    hands: [
      { key: 'ui.panel.take-coins', line: 'hopper-3 take 1000' },
      { key: 'ui.panel.fill-coins', line: 'hopper-3 fill 60' },
      { key: 'ui.panel.jam', line: 'hopper-3 jam' },
      { key: 'ui.panel.clear', line: 'hopper-3 clear' },
    ],
  },
  {
    title: { key: 'ui.panel.scanner' },
    hands: [
      { key: 'ui.panel.form', line: showLine(sampleCode) },
      { key: 'ui.panel.wrong', line: 'qr-scanner show https://example.org/menu' },
      { key: 'ui.panel.twelve', line: 'qr-scanner show 123456789012' },
      ...cable('qr-scanner'),
    ],
  },
  {
    title: { key: 'ui.panel.printer' },
    hands: [
      { key: 'ui.panel.pull-paper', line: 'printer pull-paper' },
      { key: 'ui.panel.load-paper', line: 'printer load-paper' },
      { key: 'ui.panel.open-cover', line: 'printer open-cover' },
      { key: 'ui.panel.close-cover', line: 'printer close-cover' },
      ...cable('printer'),
    ],
  },
  {
    title: { key: 'ui.panel.card' },
    hands: [
      { key: 'ui.panel.card-my-number', line: 'card-reader insert my-number' },
      { key: 'ui.panel.card-moica', line: 'card-reader insert moica-2' },
      { key: 'ui.panel.card-wrong', line: 'card-reader insert nhi' },
      { key: 'ui.panel.card-out', line: 'card-reader remove' },
      { key: 'ui.panel.card-torn', line: 'card-reader tear during' },
      { key: 'ui.panel.card-expired', line: 'card-reader certificate authentication expired' },
      { key: 'ui.panel.card-last-try', line: 'card-reader tries authentication 1' },
    ],
  },
  {
    title: { key: 'ui.panel.centre' },
    hands: [
      { key: 'ui.panel.received', line: 'centre answers received' },
      { key: 'ui.panel.refused', line: 'centre answers refused' },
      { key: 'ui.panel.late', line: 'centre answers late 5000' },
      { key: 'ui.panel.none', line: 'centre answers none' },
      { key: 'ui.panel.down', line: 'centre down' },
      { key: 'ui.panel.up', line: 'centre up' },
    ],
  },
]
