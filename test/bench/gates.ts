import type { Measurement } from './measurement.ts'

/** What must hold of a line: ratios, because milliseconds are the machine's; what the decoder reads, which is not; and what no machine excuses: growth, and work for nobody. */
interface Gate {
  readonly area: Measurement['area']
  readonly name: string
  readonly value: 'ratio' | 'p50' | 'p95' | 'p98'
  readonly least?: number
  readonly most?: number
}

export const gates: readonly Gate[] = [
  { area: 'start', name: 'attract', value: 'ratio', most: 2 },
  { area: 'touch', name: 'visit', value: 'ratio', most: 1.5 },
  { area: 'card', name: 'check', value: 'ratio', most: 1.2 },
  { area: 'card', name: 'inserted to facts', value: 'p50', most: 1500 },
  { area: 'card', name: 'removed to told', value: 'p50', most: 600 },
  { area: 'coin', name: 'drawn', value: 'ratio', most: 1.5 },
  { area: 'cash', name: 'poll round trip', value: 'ratio', most: 1.15 },
  { area: 'cash', name: 'polls of a full bus beside a photo, 99 %', value: 'ratio', most: 1.25 },
  { area: 'scan', name: 'gain', value: 'p50', least: 2 },
  { area: 'scan', name: 'cpu', value: 'ratio', most: 1.1 },
  { area: 'scan', name: 'wrong', value: 'p50', most: 0 },
  { area: 'idle', name: 'attract screen', value: 'p50', most: 5 },
  { area: 'visit', name: 'heap after collection grew by', value: 'p50', most: 5 },
  { area: 'visit', name: 'nodes grew by', value: 'p50', most: 50 },
  { area: 'visit', name: 'open files grew by', value: 'p50', most: 5 },
  { area: 'visit', name: 'resident memory', value: 'ratio', most: 1.1 },
  { area: 'journal', name: 'commit', value: 'ratio', least: 0.8 },
  { area: 'journal', name: 'flushes', value: 'ratio', most: 1.1 },
  { area: 'journal', name: 'commit with a million rows', value: 'ratio', most: 1.5 },
  { area: 'photo', name: 'still to file, the window known, beside sharp', value: 'ratio', most: 1.25 },
  { area: 'photo', name: 'still to file, the window known, beside jimp', value: 'ratio', most: 0.125 },
  { area: 'photo', name: 'live frame', value: 'p50', most: 30 },
  { area: 'photo', name: 'live frame on the screen', value: 'p50', most: 30 },
  { area: 'photo', name: 'touch on the screen', value: 'p98', most: 100 },
  { area: 'photo', name: 'touch on the screen', value: 'ratio', most: 1.5 },
  { area: 'photo', name: 'first instruction', value: 'p50', most: 1000 },
  { area: 'photo', name: 'memory above an empty page', value: 'p50', most: 220 },
  { area: 'recover', name: 'after a kill', value: 'ratio', most: 1.5 },
  { area: 'recover', name: 'after a kill, with a million rows', value: 'ratio', most: 2 },
  { area: 'recover', name: 'view after the page died', value: 'p95', most: 3_000 },
  { area: 'recover', name: 'credit offered after booth and devices hung', value: 'p95', most: 30_000 },
  { area: 'rules', name: 'slowest', value: 'p50', most: 0.2 },
  { area: 'rules', name: 'language switch', value: 'p95', most: 100 },
  { area: 'rules', name: 'PDF pack', value: 'p95', most: 2000 },
]

/** What of the gates of `area` does not hold, in words; a line that is not there does not hold. */
export function failures(area: Measurement['area'], lines: readonly Measurement[]): readonly string[] {
  return gates
    .filter((gate) => gate.area === area)
    .flatMap(({ name, value, least = -Infinity, most = Infinity }) => {
      const found = lines.find((line) => line.name === name)?.[value] ?? null
      if (found !== null && found >= least && found <= most) return []
      return [`${area} ${name}: ${value} is ${found ?? 'missing'}, and must be ${Number.isFinite(most) ? `at most ${most}` : `at least ${least}`}`]
    })
}
