import type { Clock } from '../hardware/clock.ts'
import type { Journal } from './journal/journal.ts'

/** So many rows so often that a million are through within ten minutes, at a few hundredths of the processor. */
const rows = 500
const everyMs = 250
/** Gone through once, the journal is gone through again a day later. */
const againMs = 24 * 3_600_000

/** Walks the whole journal in idle moments, a few rows at a time; tells once when it is not what it was. The returned function ends it. */
export function verifyWhileIdle(ports: {
  readonly clock: Clock
  readonly journal: Journal
  readonly isIdle: () => boolean
  readonly onAltered: (row: number, detail: string) => void
}): () => void {
  const { clock, journal, isIdle, onAltered } = ports
  let cancel = () => {}
  const next = () => {
    const slice = isIdle() ? journal.verifySlice(rows) : null
    if (slice && !slice.ok) onAltered(slice.damagedAt, slice.detail)
    else cancel = clock.after(slice?.done ? againMs : everyMs, next)
  }
  cancel = clock.after(everyMs, next)
  return () => cancel()
}
