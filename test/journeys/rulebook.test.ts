import { expect, test } from 'vitest'
import { rulebookContent } from '../../main/commands/sign-rulebook.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import { readRulebook, type Rulebook } from '../../main/rulebook/rulebook.ts'
import { startWorld } from './support/world.ts'

/** The release's rulebook with another edition of one rule. */
function withEdition(id: string, edition: object): Rulebook {
  const content = structuredClone(rulebookContent({ version: 2 })) as { groups: { rules: Record<string, { editions: object[] }> }[] }
  for (const { rules } of content.groups) if (rules[id]) rules[id].editions = [edition]
  const read = readRulebook(content)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.rulebook
}

test('a rule that the rulebook changes changes what the booth says and does, without a release', async () => {
  const line = { number: '0120-12-3456', languages: ['ja'], purposes: ['card', 'system'], opening: 'always' }
  const called = await startWorld({ ports: (own) => ({ ...own, rulebook: withEdition('R052', { value: [line] }) }) })
  await called.visit({}, (view) => view.screen === 'consent')
  await called.world.booth.request('resident', 'help', { open: true })
  const { overlay } = called.world.shown().view
  expect(overlay?.kind === 'help' && overlay.lines.map(({ number, open }) => [number, open])).toContainEqual(['0120-12-3456', true])

  const printed = { answers: { stay: 'same', 'stay-until': { era: 'western', year: 2027, month: 2, day: 15 } as const } }
  const asReleased = await startWorld()
  await asReleased.visit(printed, (view) => view.screen === 'payment' || view.screen === 'stop')
  const strict = await startWorld({ ports: (own) => ({ ...own, rulebook: withEdition('R025', { value: 3 }) }) })
  await strict.visit(printed, (view) => view.screen === 'payment' || view.screen === 'stop')
  expect([asReleased, strict].map(({ world }) => world.shown().view.screen)).toEqual(['payment', 'stop'])
})

test('a rulebook whose time runs out while the booth runs stays in force; the fault says so once, and the booth sells on', async () => {
  const booth = await startWorld({ ports: (own) => ({ ...own, rulebook: { ...builtInRulebook, expires: '2026-11-21' } }) })
  const told = () => booth.world.logged.filter((entry) => entry.event === 'fault-raised' && entry.fault === 'rulebook-stale').length
  const lookedAt = async (time: string) => {
    booth.clock.setWall(Date.parse(time))
    await booth.clock.advance(31_000)
    return told()
  }
  expect(await lookedAt('2026-11-21T23:59:00+09:00')).toBe(0)
  expect(await lookedAt('2026-11-22T00:00:05+09:00')).toBe(1)
  expect(await lookedAt('2026-11-23T09:00:00+09:00')).toBe(1)
  expect(booth.world.shown().view).toMatchObject({ screen: 'attract', services: [{ available: true }] })
})
