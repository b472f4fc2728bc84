import type { CoinAcceptorEvent, CoinCredit } from '../../hardware/coin-acceptor/events.ts'
import { beyond, counterCycle } from './device-counter.ts'
import { change, latch, type Draft } from './draft.ts'

type Counted = Extract<CoinAcceptorEvent, { kind: 'counted' }>

/** The acceptor's own count of this coin is one up as well, where it keeps one. */
export function coinCounted(draft: Draft, serial: string, { id }: CoinCredit): void {
  const { coinCounts } = draft.state
  const known = coinCounts[serial]
  if (!known) return
  const raised = Object.fromEntries(Object.entries(known).map(([of, count]) => [of, of === id || of === 'all' ? (count + 1) % counterCycle : count]))
  change(draft, { coinCounts: { ...coinCounts, [serial]: raised } })
}

/**
 * The acceptor says how many coins of each kind it ever accepted: the second witness of what fell. What it counted beside the books since it was last asked is
 * a difference for staff, and is never made money.
 */
export function acceptorCounted(draft: Draft, { serial, ordinal, counts }: Counted): void {
  const { coinCounts, cursors } = draft.state
  // Coins fell meanwhile: it is asked again.
  if (cursors[serial]?.ordinal !== ordinal) return
  const known = coinCounts[serial]
  const differences = Object.fromEntries(Object.entries(counts).flatMap(([id, count]) => {
    const difference = beyond(known?.[id] ?? count, count)
    return difference === 0 ? [] : [[id, difference]]
  }))
  const isWrong = Object.keys(differences).length > 0
  draft.records.push({ kind: 'acceptor-counted', visit: null, body: { serial, counts, differences } })
  change(draft, { coinCounts: { ...coinCounts, [serial]: counts } })
  if (isWrong) latch(draft, 'till-mismatch')
}
