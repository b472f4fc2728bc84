import { percentile } from './statistics.ts'

/** One line of `npm run bench`. */
export interface Measurement {
  readonly area: 'start' | 'touch' | 'card' | 'coin' | 'cash' | 'scan' | 'idle' | 'visit' | 'journal' | 'photo' | 'recover' | 'rules'
  readonly name: string
  /** How many were measured. */
  readonly n: number
  readonly p50: number
  readonly p95: number | null
  readonly p98: number | null
  /** Ours divided by the peer's, measured in the same run; null where nothing is compared. */
  readonly ratio: number | null
  /** What it is compared with; null where nothing is. */
  readonly peer: string | null
  readonly unit: string
}

/** What is compared, and how. */
export interface Comparison {
  readonly peer: string
  readonly ratio: number
}

export const rounded = (value: number): number => Math.round(value * 100) / 100

/** The line of `times`, in milliseconds unless `unit` says otherwise. */
export function measurement(area: Measurement['area'], name: string, times: readonly number[], compared: Comparison | null = null, unit = 'ms'): Measurement {
  const [p50, p95, p98] = [0.5, 0.95, 0.98].map((part) => (times.length === 0 ? 0 : rounded(percentile(times, part)))) as [number, number, number]
  return { area, name, n: times.length, p50, p95, p98, ratio: compared && rounded(compared.ratio), peer: compared?.peer ?? null, unit }
}
