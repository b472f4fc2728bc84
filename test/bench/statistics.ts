/** The smallest of `values` that at least `part` (above 0, up to 1) of them do not exceed: always one that was measured. Throws when there are none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

/** What a page's observer says of one event: the interaction that it belongs to, 0 for none, and its duration in milliseconds. */
export interface TimedEvent {
  readonly interaction: number
  readonly duration: number
}

/**
 * The durations of `taps` interactions, in milliseconds: of the events of each the longest (as INP counts them). An observer stays silent about
 * interactions that are quicker than its threshold; those count as that long.
 */
export function interactionDurations(events: readonly TimedEvent[], taps: number, thresholdMs: number): readonly number[] {
  const longest = new Map<number, number>()
  for (const { interaction, duration } of events) if (interaction > 0) longest.set(interaction, Math.max(longest.get(interaction) ?? 0, duration))
  return [...longest.values(), ...Array.from({ length: Math.max(0, taps - longest.size) }, () => thresholdMs)]
}
