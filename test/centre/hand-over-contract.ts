import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HandOverArrival, HandOverStorage } from '../../centre/hand-over-storage.ts'

const hour = 3_600_000
const keptAt = Date.UTC(2026, 10, 21)
const id = (n: number) => n.toString(16).padStart(32, '0')
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** A sealed photo; every one has bytes of its own. */
export function arrivalOf(n: number, changes: Partial<HandOverArrival> = {}): HandOverArrival {
  const sealed = createHash('sha512').update(`photo ${n}`).digest()
  return { id: id(n), tokenHash: hash(`token ${n}`), sha256: hash(`sealed ${n}`), sealed, keptAt, until: keptAt + 24 * hour, ...changes }
}

/**
 * What every storage of sealed photos must do; `open` gives the same one again as the next start finds it; `holds` looks for bytes in all of its
 * files.
 */
export function handOverContract(name: string, place: () => Promise<{ open(): Promise<HandOverStorage>; holds(bytes: Uint8Array): boolean; remove(): Promise<void> }>): void {
  describe(`hand-over contract: ${name}`, () => {
    let where: Awaited<ReturnType<typeof place>>
    let storage: HandOverStorage
    beforeEach(async () => {
      where = await place()
      storage = await where.open()
    })
    afterEach(async () => {
      await storage.close()
      await where.remove()
    })
    const take = (n: number, now = keptAt) => storage.take(id(n), hash(`token ${n}`), now)
    const left = async (n: number, now = keptAt) => {
      const taken = await take(n, now)
      return taken.state === 'sealed' ? taken.left : taken.state
    }
    const restart = async () => {
      await storage.close()
      storage = await where.open()
    }

    test('a photo is fetched twice, word for word, and is gone from the disk', async () => {
      const arrival = arrivalOf(1)
      expect(await storage.keep(arrival)).toMatchObject({ isNew: true, kept: { sha256: arrival.sha256, until: arrival.until } })
      const first = await take(1)
      expect(first).toMatchObject({ state: 'sealed', left: 1 })
      expect(first.state === 'sealed' && Buffer.compare(first.sealed, arrival.sealed)).toBe(0)
      expect(where.holds(arrival.sealed)).toBe(true)
      expect(await left(1)).toBe(0)
      expect(where.holds(arrival.sealed)).toBe(false)
      expect(await left(1)).toBe('taken')
    })

    test('of many who fetch at once two get it', async () => {
      await storage.keep(arrivalOf(1))
      const taken = await Promise.all(Array.from({ length: 20 }, () => left(1)))
      expect(taken.filter((one) => typeof one === 'number').toSorted()).toEqual([0, 1])
    })

    test('with another token it is not there, and nothing is counted', async () => {
      await storage.keep(arrivalOf(1))
      expect(await storage.take(id(1), hash('token 2'), keptAt)).toEqual({ state: 'absent' })
      expect(await storage.take(id(2), hash('token 1'), keptAt)).toEqual({ state: 'absent' })
      expect(await left(1)).toBe(1)
    })

    test('its time is over to the millisecond, and it is gone from the disk', async () => {
      const arrival = arrivalOf(1)
      await storage.keep(arrival)
      expect(await left(1, keptAt + 24 * hour - 1)).toBe(1)
      expect(await left(1, keptAt + 24 * hour)).toBe('expired')
      expect(where.holds(arrival.sealed)).toBe(false)
    })

    test('what happened before the next start holds after it: one download, the second, the end', async () => {
      for (const n of [1, 2, 3]) await storage.keep(arrivalOf(n))
      await take(1)
      await take(2)
      await take(2)
      await storage.end(id(3))
      await restart()
      expect(await storage.waiting()).toEqual([{ id: id(1), until: keptAt + 24 * hour }])
      expect(await Promise.all([left(1), left(2), left(3)])).toEqual([0, 'taken', 'expired'])
      await restart()
      expect(await left(1)).toBe('taken')
    })

    test('a time that ended while nobody was there is over at the start', async () => {
      const arrival = arrivalOf(1)
      await storage.keep(arrival)
      await restart()
      await storage.forget(keptAt + 25 * hour)
      expect(await storage.waiting()).toEqual([])
      expect(where.holds(arrival.sealed)).toBe(false)
    })

    test('a clock that was set back a little changes nothing; set back further, nobody knows the age, and the photo goes', async () => {
      await storage.keep(arrivalOf(1))
      await storage.forget(keptAt - 9 * 60_000)
      expect(await storage.waiting()).toHaveLength(1)
      await storage.forget(keptAt - hour)
      expect(await storage.waiting()).toEqual([])
      expect(await left(1)).toBe('expired')
    })

    test('a week after its time not even the number is known', async () => {
      await storage.keep(arrivalOf(1))
      await storage.forget(keptAt + 24 * hour + 7 * 24 * hour - 1)
      expect(await left(1, keptAt + 24 * hour)).toBe('expired')
      await storage.forget(keptAt + 24 * hour + 7 * 24 * hour)
      expect(await left(1, keptAt + 24 * hour)).toBe('absent')
    })

    test('the first of a number is kept, whatever comes after it', async () => {
      await storage.keep(arrivalOf(1))
      const other = arrivalOf(1, { sealed: Buffer.from('other'), sha256: hash('other'), tokenHash: hash('token 9') })
      expect(await storage.keep(other)).toMatchObject({ isNew: false, kept: { sha256: arrivalOf(1).sha256 } })
      const all = await Promise.all(Array.from({ length: 10 }, () => storage.keep(arrivalOf(2))))
      expect(all.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await left(1)).toBe(1)
    })

    test('a photo that was fetched twice does not come back when it is sent again', async () => {
      await storage.keep(arrivalOf(1))
      await take(1)
      await take(1)
      expect(await storage.keep(arrivalOf(1))).toMatchObject({ isNew: false })
      expect(await left(1)).toBe('taken')
    })
  })
}
