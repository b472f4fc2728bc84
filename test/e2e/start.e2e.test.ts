import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostForTests } from '../../build/electron.ts'
import { root } from '../../build/sources.ts'
import { processesWith } from './support/processes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `npm start`'s entry without a screen; its data in `folder`. */
function start(args: readonly string[]) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'build/bootstrap.mjs'), 'start', '--data', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, CI: 'true' },
  })
  const printed = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (printed.error += chunk.toString('utf8')))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, printed, ended }
}

describe('npm start', () => {
  it('--check prints one line that says all is ready, ends well and leaves nothing behind', async () => {
    const { printed, ended } = start(['--check'])
    const code = await ended
    expect([code, printed.out.trim().split('\n').length], printed.error).toEqual([0, 1])
    expect(printed.error).not.toMatch(/-refused"|-failed"/)
    const said = JSON.parse(printed.out) as {
      ready: boolean
      host: string
      versions: Record<string, string>
      startMs: number
      devices: { id: string; kind: string; state: string }[]
    }
    expect(said).toMatchObject({ ready: true, host: 'test-host' })
    expect(said.versions['chrome']).toMatch(/^\d+\./)
    const used = said.devices.filter(({ state }) => state !== 'off')
    expect(used.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual(
      ['bill-validator', 'camera', 'card-reader', 'coin-acceptor', 'hopper', 'printer', 'qr-scanner', 'sheet-printer'].map((kind) => `${kind} ready`),
    )
    expect(processesWith(folder)).toEqual([])
  })

  it('without a screen leaves a picture of the first one, and ends in order at Ctrl+C', async () => {
    const { child, printed, ended } = start([])
    const picture = join(folder, 'first-screen.png')
    await expect.poll(() => existsSync(picture) && readFileSync(picture).length > 1_000).toBe(true)
    expect(readFileSync(picture).subarray(1, 4).toString('latin1')).toBe('PNG')
    expect(printed.error).toContain(picture)
    expect(printed.out).toBe('')
    child.kill('SIGINT')
    expect(await ended, printed.error).toBe(0)
    expect(processesWith(folder)).toEqual([])
  })

  it('leaves nothing behind when it is killed', async () => {
    const { child, printed } = start([])
    await expect.poll(() => printed.error).toContain('picture of the first screen')
    child.kill('SIGKILL')
    await expect.poll(() => processesWith(folder)).toEqual([])
  })

  it.each([
    ['--remote-debugging-port=0', {}],
    ['--inspect=0', {}],
    ['--no-sandbox', {}],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--trace-warnings' }],
    ['ELECTRON_RUN_AS_NODE', { ELECTRON_RUN_AS_NODE: '1' }],
  ])('C16 in production the shell refuses %s before anything runs', async (refused, env: Readonly<Record<string, string>>) => {
    const config = join(folder, 'booth.json')
    writeFileSync(config, '{"mode":"production"}')
    const argument = refused.startsWith('--') ? [refused] : []
    const child = spawn(hostForTests().program, [...argument, root, '--config', config, '--data', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    expect(await new Promise((done) => child.once('exit', done))).toBe(1)
    expect(said).toContain(`a booth does not start with ${refused.split('=')[0]}`)
    expect(processesWith(folder)).toEqual([])
  })

  it('ends with what is wrong when the configuration cannot be run', async () => {
    const config = join(folder, 'booth.json')
    writeFileSync(config, '{"mode":"demo","colour":"red"}')
    const { printed, ended } = start(['--config', config])
    expect(await ended).toBe(78)
    expect(printed.error).toContain('colour')
    expect(processesWith(folder)).toEqual([])
  })
})
