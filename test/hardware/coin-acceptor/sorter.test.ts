import { expect, it } from 'vitest'
import { eventMeaning, faultOfGroup, faultOfSelfCheck } from '../../../hardware/coin-acceptor/checks.ts'
import { faults } from '../../../hardware/faults.ts'
import { allIds, approved, makeBench } from './bench.ts'

const configured = async (path: number) => {
  const bench = makeBench()
  await bench.open()
  const coins = approved.map((coin) => (coin.value === 100 ? { ...coin, path } : coin))
  await bench.run(bench.driver.execute({ kind: 'configure', cursor: bench.journal.cursor, coins }))
  await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
  await bench.polls(2)
  return bench
}
const paths = (bench: ReturnType<typeof makeBench>) =>
  bench.events.flatMap((event) => (event.kind === 'moved' ? event.coins.map(({ id, path }) => [id, path]) : []))

it('each coin is sent on the path that the operator wants, also after the acceptor has restarted', async () => {
  const bench = await configured(3)
  await bench.hand('insert 100 50')
  await bench.polls(2)
  await bench.hand('power-cycle')
  await bench.polls(10)
  await bench.hand('insert 100')
  await bench.polls(2)
  expect(paths(bench)).toEqual([['JP100A', 3], ['JP050A', 1], ['JP100A', 3]])
})

it('an acceptor that does not sort as it was told takes nothing', async () => {
  const bench = makeBench({
    wire: (near) => ({ ...near, write: (bytes) => (bytes[3] === 210 ? Promise.resolve(true) : near.write(bytes)) }),
  })
  await bench.open()
  await bench.run(bench.driver.execute({ kind: 'configure', cursor: bench.journal.cursor, coins: approved.map((coin) => ({ ...coin, path: 2 })) }))
  await bench.polls(5)
  expect(bench.faults).toContain('coin-table-mismatch')
  expect((await bench.state()).open).toBe(false)
})

it('F38 a coin table that was changed over night, without a restart: nothing is taken any more', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
  await bench.hand('table 4 JP900A')
  for (let hour = 0; hour < 61; hour += 1) await bench.clock.advance(60_000)
  expect(bench.faults).toContain('coin-table-mismatch')
  await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
  await bench.polls(3)
  expect(await bench.hand('insert-position 4')).toMatch(/^rejected/)
})

it('F30 every event code and every self-check code means at most one fault, and each of them closes or tells', () => {
  const named = new Set<string>()
  for (let code = 1; code <= 255; code += 1) {
    const fault = faultOfGroup[eventMeaning(code).group]
    if (fault) named.add(fault)
    const check = faultOfSelfCheck(code)
    if (check === null) throw new Error(`self-check ${code} means nothing`)
    expect((faults[check].removes as readonly string[]).includes('take-coins')).toBe(true)
  }
  expect([...named].sort()).toEqual(['coin-acceptor-failed', 'coin-fraud', 'coin-jam', 'coin-swallowed'])
  expect(faultOfSelfCheck(0)).toBeNull()
})

it.each([[1, 'coin-acceptor-failed'], [30, 'coin-acceptor-failed'], [3, 'coin-jam'], [42, 'coin-jam'], [51, 'coin-acceptor-failed']] as const)(
  'self-check %i holds %s until it says 0',
  async (code, fault) => {
    const bench = makeBench()
    await bench.open()
    await bench.hand(`fault ${code}`)
    await bench.hand('event 255')
    await bench.polls(8)
    expect(bench.faults).toEqual([fault])
    expect((await bench.state()).open).toBe(false)
    await bench.hand('fault 0')
    await bench.polls(12)
    expect(bench.faults).toEqual([])
    expect((await bench.state()).open).toBe(true)
  },
)

it('F30 a coin that the acceptor swallowed is told to staff, and no coin is credited for it', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.hand('event 36')
  await bench.polls(3)
  expect(bench.faults).toEqual(['coin-swallowed'])
  expect(bench.journal.coins.size).toBe(0)
})
