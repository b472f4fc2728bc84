import { expect } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import type { Resident } from '../../../main/commands/demo/resident.ts'
import type { View } from '../../../main/contract/view.ts'
import { readJournal } from '../../e2e/support/journal-copy.ts'
import { liveOnce, surroundings } from './headless.ts'
import { expectWhole } from './truth.ts'
import { type Operation, type Order, unreliableDisk } from './unreliable-disk.ts'
import { goOn, rests, visit } from './visit.ts'

/**
 * Until somebody in front of the booth sees that it knows them: ten seconds (F02), and as much again for the booths that run beside it. Asked of the quickest of a
 * visit's restarts: the others tell what else the machine had to do.
 */
const longestRestartMs = 20_000

export interface Kills {
  /** Which operations of a visit the booth dies at. */
  readonly at: readonly Operation[]
  readonly act: Extract<Order['act'], `kill-${string}`>
  /** The first of them, from 1, and how many further on the next one is. */
  readonly first: number
  readonly every: number
  /** Whether the power goes too: what was not flushed is lost. */
  readonly powerCut: boolean
  readonly resident?: Partial<Resident>
  /** Words for the centre's hands. */
  readonly centre?: string
  /** Change and refunds come out as coins. */
  readonly hoppers?: boolean
  /** There is a note validator. */
  readonly notes?: boolean
}

/**
 * Visit after visit on the same journal, each killed one or more operations later than the last, until one comes through; each next life settles what was open, and all must be
 * whole. Gives how many visits died.
 */
export async function killVisits({ at, act, first, every, powerCut, resident, centre, hoppers = false, notes = false }: Kills): Promise<number> {
  const clock = realClock()
  const place = await surroundings({ hoppers, notes, change: (file) => ({ ...file, times: { payIdleMs: 10_000, stillThereMs: 20_000 } }) })
  try {
    if (centre) expect(await place.hand(`centre ${centre}`)).not.toMatch(/^error/)
    const disk = unreliableDisk(place.data, { orders: `${place.dir}/orders`, ...(powerCut && { shadow: `${place.dir}/shadow` }) })
    const seen: View[] = []
    let printing = 0
    const restarts: number[] = []
    let life = liveOnce(place, disk.wrapper)
    await life.shows(rests)
    for (let operation = first; ; operation += every) {
      disk.order({ kinds: at, after: operation - 1, times: 1, act })
      const wholeVisit = await visit(life, place, resident)
      seen.push(...life.views)
      if (wholeVisit) {
        await life.stop()
        await expectWhole(place, seen)
        expect(Math.min(...restarts, Infinity)).toBeLessThan(longestRestartMs)
        return restarts.length
      }
      expect(await life.gone).toBe('SIGKILL')
      const last = life.views.at(-1)
      if ((last?.screen === 'receipt' && last.print === 'printing') || (last?.screen === 'claim' && last.claim.print === 'printing')) printing += 1
      if (powerCut) disk.cutPower()
      const left = readJournal(place.data).records
      const count = (kind: string) => left.filter((record) => record.kind === kind).length
      const killedAt = clock.monotonic()

      life = liveOnce(place, disk.wrapper)
      await life.shows(({ screen }) => ['held', 'receipt', 'claim', 'leave', 'attract'].includes(screen))
      restarts.push(clock.monotonic() - killedAt)
      expect(life.logged.filter(({ event }) => event === 'visit-settled')).toHaveLength(count('visit-opened') - count('visit-ended'))
      await goOn(life, place)
      const { records } = await expectWhole(place, seen)
      // A slip comes out again only when nobody can know whether it came out.
      expect(await place.slips()).toBeLessThanOrEqual(records.filter(({ kind }) => kind === 'slip-printed').length + printing)
    }
  } finally {
    await place.close()
  }
}
