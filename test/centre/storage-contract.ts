import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CentreStorage } from '../../centre/storage.ts'
import { arrivalOf, keyOf, sealedText, slip } from './centre-fixture.ts'

/** What every storage of a centre must do; `open` gives an empty one, `reopen` the same one as the next start finds it. */
export function storageContract(name: string, place: () => Promise<{ open(): Promise<CentreStorage>; remove(): Promise<void> }>): void {
  describe(`storage contract: ${name}`, () => {
    let where: Awaited<ReturnType<typeof place>>
    let storage: CentreStorage
    beforeEach(async () => {
      where = await place()
      storage = await where.open()
    })
    afterEach(async () => {
      await storage.close()
      await where.remove()
    })

    test('keeps an application and gives it back word for word', async () => {
      const arrival = arrivalOf(1)
      const { isNew, kept } = await storage.keep(arrival)
      expect(isNew).toBe(true)
      expect(kept).toEqual({ envelope: arrival.envelope, answer: arrival.answer, stage: 'received', decision: null })
      expect(await storage.find(keyOf(1))).toEqual(kept)
      expect(await storage.sealed(keyOf(1))).toBe(arrival.sealed)
    })

    test('keeps the first of a key for ever, whatever comes after it', async () => {
      const first = arrivalOf(1)
      await storage.keep(first)
      const other = arrivalOf(1, { booth: 'demo-2', sha256: 'f'.repeat(64) })
      const again = await storage.keep({ ...other, sealed: sealedText('other') })
      expect(again).toMatchObject({ isNew: false, kept: { envelope: first.envelope, answer: first.answer } })
      expect(await storage.sealed(keyOf(1))).toBe(first.sealed)
      expect(await storage.list(10)).toHaveLength(1)
    })

    test('of many at once with one key exactly one is new', async () => {
      const results = await Promise.all(Array.from({ length: 25 }, () => storage.keep(arrivalOf(1))))
      expect(results.filter((result) => result.isNew)).toHaveLength(1)
      expect(await storage.list(100)).toHaveLength(1)
    })

    test('keeps a refusal without the sealed bytes', async () => {
      const { envelope } = arrivalOf(1)
      const answer = { status: 'refused', key: envelope.key, sha256: envelope.sha256, reason: 'closed' } as const
      const { kept } = await storage.keep({ envelope, sealed: null, answer })
      expect(kept).toMatchObject({ stage: 'refused', answer })
      expect(await storage.sealed(keyOf(1))).toBeNull()
      expect(await storage.passOn(keyOf(1))).toBe(false)
    })

    test('is found by number and code together, and by neither alone', async () => {
      const { envelope } = arrivalOf(1)
      await storage.keep(arrivalOf(1))
      expect(await storage.findBySlip(envelope.number, envelope.codeHash)).toMatchObject({ envelope: { key: keyOf(1) } })
      expect(await storage.findBySlip(envelope.number, 'f'.repeat(64))).toBeNull()
      expect(await storage.findBySlip(slip.number, envelope.codeHash)).toBeNull()
    })

    test('tells two applications with the same number apart', async () => {
      await storage.keep(arrivalOf(1, { number: slip.number, codeHash: 'a'.repeat(64) }))
      await storage.keep(arrivalOf(2, { number: slip.number, codeHash: 'b'.repeat(64) }))
      expect(await storage.findBySlip(slip.number, 'b'.repeat(64))).toMatchObject({ envelope: { key: keyOf(2) } })
      expect(await storage.findByNumber(slip.number)).toHaveLength(2)
    })

    test('moves from received to passed on to decided, once each and in that order', async () => {
      await storage.keep(arrivalOf(1))
      expect(await storage.decide(keyOf(1), 'approved')).toBe(false)
      expect(await storage.passOn(keyOf(1))).toBe(true)
      expect(await storage.passOn(keyOf(1))).toBe(false)
      expect(await storage.find(keyOf(1))).toMatchObject({ stage: 'passed-on', decision: null })
      expect(await storage.decide(keyOf(1), 'declined')).toBe(true)
      expect(await storage.decide(keyOf(1), 'approved')).toBe(false)
      expect(await storage.find(keyOf(1))).toMatchObject({ stage: 'decided', decision: 'declined', answer: { status: 'received' } })
    })

    test('lists the newest first', async () => {
      for (const n of [1, 2, 3]) await storage.keep(arrivalOf(n))
      expect((await storage.list(2)).map((one) => one.envelope.key)).toEqual([keyOf(3), keyOf(2)])
    })

    test('what is not there is not there', async () => {
      expect(await storage.find(keyOf(9))).toBeNull()
      expect(await storage.sealed(keyOf(9))).toBeNull()
      expect(await storage.findByNumber('2026-9999-9999-9999')).toEqual([])
      expect(await storage.passOn(keyOf(9))).toBe(false)
      expect(await storage.decide(keyOf(9), 'approved')).toBe(false)
    })

    test('what was kept is there after the next start', async () => {
      await storage.keep(arrivalOf(1))
      await storage.passOn(keyOf(1))
      await storage.close()
      storage = await where.open()
      expect(await storage.find(keyOf(1))).toMatchObject({ stage: 'passed-on', envelope: { key: keyOf(1) } })
      expect(await storage.keep(arrivalOf(1))).toMatchObject({ isNew: false })
    })
  })
}
