import { expect } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import { liveOnce, surroundings } from './headless.ts'
import { expectWhole } from './truth.ts'
import { rests, visit } from './visit.ts'

const longestEndMs = 5_000

/** SIGTERM when the resident of a paying visit has seen `first` screens, in the next visit `every` more, until a visit comes through. Gives how many did not. */
export async function terminateVisits(first: number, every: number): Promise<number> {
  const clock = realClock()
  const place = await surroundings()
  try {
    let life = liveOnce(place)
    await life.shows(rests)
    for (let step = first, ended = 0; ; step += every, ended += 1) {
      let shown = 0
      await visit(life, place, {}, ({ screen }) => screen !== 'attract' && (shown += 1) === step)
      const told = clock.monotonic()
      life.signal('SIGTERM')
      expect(await life.gone).toBe(0)
      expect(clock.monotonic() - told).toBeLessThan(longestEndMs)
      expect(await place.isOpen()).toBe(false)
      const { views } = life
      if (shown < step) {
        await expectWhole(place, views)
        return ended
      }
      life = liveOnce(place)
      const back = await life.shows(({ screen }) => ['held', 'receipt', 'claim', 'attract'].includes(screen))
      if (back.screen !== 'attract') await visit(life, place)
      await life.shows(rests)
      await expectWhole(place, [...views, ...life.views])
    }
  } finally {
    await place.close()
  }
}
