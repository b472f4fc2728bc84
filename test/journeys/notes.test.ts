import { describe, expect, it } from 'vitest'
import { photos } from '../world/portrait.ts'
import { startWorld } from './support/world.ts'

type Options = NonNullable<Parameters<typeof startWorld>[0]>
type World = Awaited<ReturnType<typeof startWorld>>
const protocols = ['id003', 'cctalk'] as const

/** A booth that takes notes of 1000 yen, old and new, and gives coins of 100 back. */
const withNotes = (protocol: (typeof protocols)[number], filled = 30): Options => ({
  change: (file) => ({
    ...file,
    cash: { ...file.cash, notes: ['JP1000A', 'JP1000B'].map((id) => ({ id, value: 1000, currency: 'JPY' })) },
    devices: { ...file.devices, hopper: { path: '/dev/null', hoppers: [{ address: 3, coin: 'JP100A', filled }] }, 'bill-validator': { path: '/notes', protocol } },
  }),
  ports: (own) => ({ ...own, makePhoto: photos }),
})
const money = ({ world }: World) => world.journal.totals()[0]
const hand = ({ world }: World, line: string) => world.hand(`bill-validator ${line}`)
const view = ({ world }: World) => world.shown().view
/** Lets time go by until the screen says so. */
async function until({ clock, world }: World, fits: (now: ReturnType<typeof view>) => boolean): Promise<void> {
  for (let tenth = 0; tenth < 600 && !fits(world.shown().view); tenth += 1) await clock.advance(100)
  expect(fits(world.shown().view), `at ${JSON.stringify(world.shown().view).slice(0, 300)}`).toBe(true)
}
const toPayment = (booth: World) => booth.visit({ coins: [] }, (now) => now.screen === 'payment' && now.notes.length > 0)
const inEscrow = (now: ReturnType<typeof view>) => now.screen === 'payment' && now.note?.waits === true
const insert = async (booth: World) => {
  // The slot opens a moment after the screen says so.
  for (let tenth = 0; tenth < 100 && !/taken in|escrow/.test(await hand(booth, 'insert 1000')); tenth += 1) await booth.clock.advance(100)
}

describe.each(protocols)('the whole booth with a note validator that speaks %s', (protocol) => {
  it('a note pays once the resident says so, and its change comes out', async () => {
    const booth = await startWorld(withNotes(protocol))
    await toPayment(booth)
    await insert(booth)
    await until(booth, inEscrow)
    await booth.clock.advance(60_000)
    expect(view(booth)).toMatchObject({ screen: 'payment', note: { value: 1000, change: 200, waits: true }, money: { inserted: 0 } })
    expect((await booth.world.booth.request('resident', 'pay-with-note', {})).ok).toBe(true)
    await until(booth, ({ screen }) => screen === 'scan')
    await booth.visit({ coins: [] }, ({ screen }) => screen === 'attract')
    expect(booth.saw('paying-out')).toMatchObject({ amount: 200 })
    expect(money(booth)).toMatchObject({ inserted: 1000, earned: 800, returned: 200, owed: 0, credit: 0 })
    const till = booth.world.journal.till()
    expect(till.contradictions).toEqual([])
    expect(till.contents).toContainEqual(expect.objectContaining({ place: 'notes', value: 1000, count: 1 }))
    expect(till.counters).toContainEqual({ name: 'notes-in', currency: 'JPY', ever: 1000, since: 1000 })
  })

  it('a note in escrow comes back on cancelling', async () => {
    const booth = await startWorld(withNotes(protocol))
    await toPayment(booth)
    await insert(booth)
    await until(booth, inEscrow)
    await booth.world.booth.request('resident', 'cancel', { confirm: true })
    await until(booth, ({ notice }) => notice?.text.key === 'note.back')
    await until(booth, ({ screen }) => screen === 'attract')
    expect(money(booth)).toBeUndefined()
    expect(JSON.parse(await hand(booth, 'counters'))).toMatchObject({ returned: 1 })
  })

  it('F34 power fails while the note is being stacked: what the validator says afterwards counts, once', async () => {
    const booth = await startWorld(withNotes(protocol))
    await toPayment(booth)
    await insert(booth)
    await until(booth, inEscrow)
    await booth.world.booth.request('resident', 'pay-with-note', {})
    for (let step = 0; step < 200 && booth.world.journal.recover().notes[0]?.held?.phase !== 'stacking'; step += 1) await booth.clock.advance(10)
    await booth.clock.advance(200)
    await hand(booth, 'power-cycle')
    await booth.clock.advance(20_000)
    const inside = JSON.parse(await hand(booth, 'counters')) as { readonly stacked: number | Readonly<Record<string, number>> }
    const stacked = typeof inside.stacked === 'number' ? inside.stacked : Object.values(inside.stacked).reduce((sum, one) => sum + one, 0)
    const credited = money(booth)?.inserted ?? 0
    const alarmed = booth.world.journal.recover().notes[0]?.last === 'unknown'
    expect(credited === stacked * 1000 || (alarmed && credited === 0)).toBe(true)
    if (protocol === 'id003') expect(credited).toBe(stacked * 1000)
    expect(booth.world.journal.till().contradictions).toEqual([])
  })
})

it('a booth whose hopper is empty takes no notes, and says that it gives no change', async () => {
  const booth = await startWorld(withNotes('id003', 1))
  await booth.visit({ coins: [] }, ({ screen }) => screen === 'payment')
  await booth.clock.advance(2_000)
  expect(view(booth)).toMatchObject({ screen: 'payment', open: true, notes: [], change: false })
  expect(await hand(booth, 'insert 1000')).toBe('refused at the slit')
})
