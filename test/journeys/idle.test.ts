import { expect, test } from 'vitest'
import type { BoothPorts } from '../../main/booth.ts'
import { JournalFailure } from '../../main/journal/failure.ts'
import type { Journal } from '../../main/journal/journal.ts'
import { startWorld } from './support/world.ts'

/** A booth whose journal is a real one but for what `change` puts in the place of its acts. */
const over = (change: (journal: Journal) => Partial<Journal>) => (own: BoothPorts): BoothPorts =>
  own.journal.ok ? { ...own, journal: { ok: true, journal: { ...own.journal.journal, ...change(own.journal.journal) } } } : own

test('the journal is signed once after each midnight in Japan, and again later where the disk did not let it', async () => {
  const signed: string[] = []
  let full = true
  const { clock, world } = await startWorld({
    ports: over((journal) => ({
      signHead(reason) {
        signed.push(full ? 'full' : reason)
        if (full) throw new JournalFailure('disk-full', 'no room')
        journal.signHead(reason)
      },
    })),
  })
  await clock.advance(60_000)
  expect(signed).toEqual([])
  // 23:59:50 in Japan.
  clock.setWall(Date.parse('2026-11-21T14:59:50Z'))
  await clock.advance(5_000)
  expect(signed).toEqual([])
  await clock.advance(60_000)
  expect(signed.length).toBeGreaterThan(0)
  expect(new Set(signed)).toEqual(new Set(['full']))
  expect(world.logged).toContainEqual({ event: 'journal-write-failed', reason: 'disk-full' })
  full = false
  signed.length = 0
  await clock.advance(120_000)
  expect(signed).toEqual(['midnight'])
})

test('the journal is signed when the cash box is taken out, with that record in it, and not when it is put back', async () => {
  const signed: [string, number][] = []
  const inputs = [{ input: 2, role: 'cash-box' as const, name: 'coins', active: 0 as const }]
  const { clock, world } = await startWorld({
    change: (file) => ({ ...file, devices: { ...file.devices, cabinet: { path: '/cabinet', pollMs: 500, inputs } } }),
    ports: over((journal) => ({
      signHead(reason) {
        signed.push([reason, journal.head().seq])
        journal.signHead(reason)
      },
    })),
  })
  await clock.advance(10_000)
  for (const act of ['in', 'out', 'in']) {
    await world.hand(`cabinet cash-box ${act}`)
    await clock.advance(3_000)
  }
  expect(signed).toEqual([['collection', expect.any(Number)]])
  expect(signed[0]?.[1]).toBeGreaterThan(1)
  expect(world.journal.auditEvents().map(({ name }) => name)).toEqual(['cash-box-out'])
})

test('I4 what a visit leaves in the journal’s log goes as soon as the disk lets it, while nobody is there', async () => {
  const emptied: boolean[] = []
  let busy = true
  const { clock, visit } = await startWorld({
    ports: over((journal) => ({
      checkpoint() {
        emptied.push(!busy && journal.checkpoint())
        return emptied.at(-1) ?? false
      },
    })),
  })
  await visit()
  expect(new Set(emptied)).toEqual(new Set([false]))
  await clock.advance(60_000)
  expect(emptied.length).toBeGreaterThan(2)
  expect(emptied).not.toContain(true)
  busy = false
  emptied.length = 0
  await clock.advance(120_000)
  expect(emptied).toEqual([true])
})
