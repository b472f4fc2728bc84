import { fillJournal, journalIn } from './long-journal.ts'
import { liveOnce, surroundings, type Surroundings } from '../endurance/support/headless.ts'
import { rests, visit } from '../endurance/support/visit.ts'
import { measureStuck } from './measure-stuck.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const pairs = 5
const million = 1_000_000

/** Milliseconds from the start of the booth process, from the kill when one came before, to the view that its resident waits for. */
async function startAndRecover(place: Surroundings): Promise<{ readonly plain: number; readonly recovered: number }> {
  const started = performance.now()
  const life = liveOnce(place)
  await life.shows(rests)
  const plain = performance.now() - started
  await visit(life, place, {}, ({ screen }) => screen === 'scan')
  life.signal('SIGKILL')
  await life.gone
  const killed = performance.now()
  const next = liveOnce(place)
  await next.shows(({ screen }) => screen === 'held')
  const recovered = performance.now() - killed
  await visit(next, place)
  await next.stop()
  return { plain, recovered }
}

/** From a kill -9 of the booth process to the view that offers the credit, beside its plain start; the same with a journal of a million rows; and what dies or hangs alone. */
export async function* measureRecover(): AsyncGenerator<Measurement> {
  const plain: number[] = []
  for (const rows of [0, million]) {
    const place = await surroundings()
    try {
      if (rows > 0) {
        const journal = journalIn(place.data)
        fillJournal(journal, rows)
        journal.close()
      }
      const recovered: number[] = []
      for (let pair = 0; pair <= pairs; pair += 1) {
        const times = await startAndRecover(place)
        // The first only warms what the machine keeps of programs and files.
        if (pair === 0) continue
        if (rows === 0) plain.push(times.plain)
        recovered.push(times.recovered)
      }
      if (rows === 0) yield measurement('recover', 'plain start', plain)
      yield measurement('recover', rows === 0 ? 'after a kill' : 'after a kill, with a million rows', recovered, {
        peer: 'plain start',
        ratio: percentile(recovered, 0.5) / percentile(plain, 0.5),
      })
    } finally {
      await place.close()
    }
  }
  yield* measureStuck()
}
