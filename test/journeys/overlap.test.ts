import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openSealed } from '../../centre/office.ts'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import type { View } from '../../main/contract/view.ts'
import { photos } from '../world/portrait.ts'
import { startWorld } from './support/world.ts'

const codeOf = (id: string) => `https://net.kojinbango-card.go.jp/?id=${id}`
const first = {
  id: '20261121000000000011111',
  birth: { era: 'heisei', year: 1, month: 3, day: 31 },
  born: '1989-03-31',
  portrait: demoPortrait,
} as const
const second = {
  id: '20261121000000000022222',
  birth: { era: 'showa', year: 55, month: 7, day: 2 },
  born: '1980-07-02',
  portrait: fileURLToPath(new URL('../fixtures/photo/astronaut.png', import.meta.url)),
} as const
const someone = ({ id, birth, portrait }: typeof first | typeof second) => ({ code: codeOf(id), answers: { birth }, portrait })
const at = (name: string) => (view: View) => view.screen === name

const stories = fc.record({
  meanwhile: fc.constantFrom('late 25000', 'late 60000', 'none', 'lost', 'error'),
  /** Milliseconds after which the centre is itself again, and what it says of what is new to it then. */
  wellAfter: fc.integer({ min: 0, max: 45_000 }),
  afterwards: fc.constantFrom('received', 'received', 'refused closed'),
  /** How long the next one waits at the attract screen. */
  gap: fc.integer({ min: 0, max: 3_000 }),
})

test('F56 the next visit begins while the last upload runs: neither photo, ID nor receipt of the one comes into the other', { timeout: 180_000 }, async () => {
  let overlapped = 0
  await fc.assert(
    fc.asyncProperty(stories, async ({ meanwhile, wellAfter, afterwards, gap }) => {
      const storage = sqliteStorage(':memory:')
      const booth = await startWorld({
        storage,
        ports: (own) => ({ ...own, makePhoto: photos }),
        change: (file) => ({ ...file, times: { sendMs: 1_000 }, centre: { ...file.centre, sellWhileUnreachable: true } }),
      })
      const { world, clock } = booth
      await world.hand(`centre answers ${meanwhile}`)
      await booth.visit(someone(first), at('goodbye'))
      const receipt = booth.saw('receipt')
      expect(receipt?.status).toBe('not-confirmed')
      const wellAt = clock.monotonic() + wellAfter
      const centreMinds = () => clock.monotonic() >= wellAt && void world.hand(`centre answers ${afterwards}`)

      // The first one is gone: from here on every view is the second one's.
      await booth.visit({}, at('attract'))
      await clock.advance(gap)
      booth.seen.length = 0
      await booth.visit(someone(second), (view) => {
        centreMinds()
        if (view.screen === 'review' && world.journal.waiting().length > 0) overlapped += 1
        return view.screen === 'goodbye'
      })
      const shown = JSON.stringify(booth.seen)
      for (const secret of [first.id, `"${first.id.slice(-4)}"`, first.born, receipt?.number, receipt?.code]) expect(shown).not.toContain(secret)
      expect(booth.saw('receipt')?.number).not.toBe(receipt?.number)

      await world.hand(`centre answers ${afterwards}`)
      for (let minutes = 0; minutes < 120 && world.journal.waiting().length > 0; minutes += 1) await clock.advance(60_000)
      const kept = await storage.list(10)
      expect(kept).toHaveLength(2)
      for (const { envelope } of kept) {
        const sealed = await storage.sealed(envelope.key)
        if (sealed === null) continue
        const isFirst = envelope.number === receipt?.number
        const person = isFirst ? first : second
        const photo = await photos(readFileSync(person.portrait))
        const opened = await openSealed(Buffer.from(sealed), world.office.privateJwk)
        expect(opened).toMatchObject({ key: envelope.key, applicationFormId: person.id, birthDate: person.born })
        expect(photo.ok && Buffer.from(photo.jpeg).toString('base64') === (opened as { photo: { jpegBase64: string } }).photo.jpegBase64).toBe(true)
      }
    }),
    { numRuns: 8, seed: 20261122 },
  )
  expect(overlapped).toBeGreaterThan(0)
})
