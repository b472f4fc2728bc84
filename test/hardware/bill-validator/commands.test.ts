import { expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { commandBench, named } from '../command-bench.ts'

const bench = commandBench()
const run = (command: 'simulator' | 'device', words: readonly string[]) => bench.run(`main/commands/${command}.ts`, words)

it.each([
  ['id003', 'japan', { value: 1000, currency: 'JPY', id: 'JP1000A' }, '1000'],
  ['cctalk', 'taiwan', { value: 100, currency: 'TWD', id: 'TW0100A' }, '100'],
] as const)('%s: watch takes a note of the preset %s, tells it once, and inhibits at Ctrl-C', async (protocol, preset, note, value) => {
  const words = ['bill-validator', '--protocol', protocol]
  const simulator = run('simulator', [...words, '--port', 'booth-device', '--preset', preset])
  await until(() => expect(named(simulator.lines, 'ready')).toHaveLength(1))
  const watch = run('device', [...words, '--port', 'booth', 'watch'])
  await until(() => {
    simulator.hand(`insert ${value}`)
    expect(named(simulator.lines, 'hand').at(-1)).toMatchObject({ answer: 'taken in' })
  })
  await until(() => expect(named(watch.lines, 'note')).toMatchObject([{ device: 'bill-validator', ...note, position: 1, ordinal: 1 }]))
  watch.child.kill('SIGINT')
  expect(await watch.ended).toBe(0)
  simulator.hand('counters')
  await until(() => expect(simulator.lines.at(-1)).toMatchObject({ hand: 'counters' }))
  expect(JSON.parse(String(simulator.lines.at(-1)?.['answer']))).toMatchObject({ inhibited: true })
  const check = run('device', [...words, '--port', 'booth', 'self-check'])
  expect(await check.ended).toBe(0)
})

it('the cabinet: watch tells doors by name', async () => {
  const simulator = run('simulator', ['cabinet', '--port', 'booth-device'])
  await until(() => expect(named(simulator.lines, 'ready')).toHaveLength(1))
  const watch = run('device', ['cabinet', '--port', 'booth', 'watch', '--on'])
  await until(() => expect(named(watch.lines, 'cash-box')).toMatchObject([{ state: 'in', first: true }]))
  simulator.hand('door open cash')
  await until(() => expect(named(watch.lines, 'door').at(-1)).toMatchObject({ device: 'cabinet', name: 'cash', state: 'open', first: false }))
  await until(() => expect(named(watch.lines, 'fault')).toMatchObject([{ fault: 'door-open' }]))
  await until(() => expect(named(watch.lines, 'lamp').at(-1)).toMatchObject({ on: true }))
  watch.child.kill('SIGINT')
  expect(await watch.ended).toBe(0)
})
