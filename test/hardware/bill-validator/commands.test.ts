import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import { openPtyPair, type PtyPair } from '../../../main/commands/demo/pty-pair.ts'
import { until } from '../../support/until.ts'

let folder: string
let cable: PtyPair
let children: ChildProcess[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-notes-'))
  cable = await openPtyPair(join(folder, 'booth'), realClock())
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await cable.cut()
  rmSync(folder, { recursive: true, force: true })
})

type Line = Readonly<Record<string, unknown>>
function run(command: 'simulator' | 'device', words: readonly string[]) {
  const file = fileURLToPath(new URL(`../../../main/commands/${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...words], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, INIT_CWD: folder } })
  children.push(child)
  const lines: Line[] = []
  createInterface({ input: child.stdout }).on('line', (line) => void lines.push(JSON.parse(line) as Line))
  const ended = new Promise<number | null>((done) => void child.once('close', done))
  return { child, lines, ended, hand: (line: string) => void child.stdin.write(`${line}\n`) }
}
const named = (lines: readonly Line[], event: string) => lines.filter((line) => line['event'] === event)

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
