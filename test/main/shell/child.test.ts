import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { realClock, virtualClock, type Clock } from '../../../hardware/clock.ts'
import { startChild } from '../../../main/shell/child.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-child-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
beforeEach(() => {
  count += 1
})

/** Starts a child that runs `program`; its clock is the shell's, not the child's. */
function start(program: string, clock: Clock, memoryMb = 64, debuggable = true) {
  const entry = join(folder, `child-${count}.mjs`)
  writeFileSync(entry, program)
  const heard: unknown[] = []
  const first = Promise.withResolvers<void>()
  const child = startChild({ node: process.execPath, entry, args: ['one'], memoryMb, debuggable, clock }, (message) => {
    heard.push(message)
    first.resolve()
  })
  onTestFinished(() => child.stop())
  return { child, heard, first: first.promise }
}
const talking = "process.send({ kind: 'hello', env: process.env, args: process.execArgv }); process.on('disconnect', () => process.exit(0));"

describe('a child process', () => {
  it('that says nothing at its start, or nothing more, is killed (F08)', async () => {
    const clock = virtualClock(0)
    const mute = start('setInterval(() => {}, 1000)', clock)
    await clock.advance(59_900)
    const pending = Symbol('still there')
    expect(await Promise.race([mute.child.gone, Promise.resolve(pending)])).toBe(pending)
    await clock.advance(100)
    expect(await mute.child.gone).toBeNull()

    count += 1
    const stuck = start(`${talking} process.on('message', () => { for (;;); })`, clock)
    await stuck.first
    stuck.child.send({})
    await clock.advance(20_000)
    expect(await stuck.child.gone).toBeNull()
  })

  it('that says every few seconds that it lives is left alone, and that is not passed on', async () => {
    const clock = virtualClock(0)
    const { child, heard, first } = start(`${talking} process.on('message', (message) => process.send(message))`, clock)
    await first
    const echo = async () => {
      child.send({ kind: 'alive' })
      child.send({ kind: 'mark' })
      const before = heard.length
      await expect.poll(() => heard.length).toBe(before + 1)
    }
    for (let time = 0; time < 10; time += 1) {
      await echo()
      await clock.advance(19_000)
    }
    expect(heard.slice(1)).toEqual(Array.from({ length: 10 }, () => ({ kind: 'mark' })))
    await child.stop()
    expect(await child.gone).toBe(0)
  })

  it('C16 gets nothing from the shell’s environment that changes how its Node runs', async () => {
    const bad = { NODE_OPTIONS: '--trace-warnings', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: '/x', ELECTRON_RUN_AS_NODE: '1' }
    const before = { ...process.env }
    Object.assign(process.env, bad, { CARDBOOTH_SEEN: 'yes' })
    onTestFinished(() => {
      for (const name of [...Object.keys(bad), 'CARDBOOTH_SEEN']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    })
    const { heard, first } = start(talking, realClock())
    await first
    const [{ env, args }] = heard as [{ env: Record<string, string>; args: string[] }]
    expect(env['CARDBOOTH_SEEN']).toBe('yes')
    expect(Object.keys(env).filter((name) => name in bad)).toEqual([])
    expect(args).toEqual(['--max-old-space-size=64', '--min-semi-space-size=16'])
  })

  it('opens a debugging port at SIGUSR1 in a demonstration alone', async () => {
    const { heard, first } = start(talking, realClock(), 64, false)
    await first
    expect(heard).toMatchObject([{ args: ['--max-old-space-size=64', '--min-semi-space-size=16', '--disable-sigusr1'] }])
  })

  it('F10 that leaks ends itself, not the machine', async () => {
    const { child } = start(`${talking} const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length))`, realClock(), 32)
    expect(await child.gone).not.toBe(0)
  })
})
