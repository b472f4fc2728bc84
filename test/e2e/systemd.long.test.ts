import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBench } from '../../build/bench-process.ts'
import { hostForTests } from '../../build/electron.ts'
import { root } from '../../build/sources.ts'
import { processesWith } from './support/processes.ts'

const watchMs = 8_000
const patience = { timeout: 60_000 }

test('F08 the shell hangs: whoever started it, as systemd does, hears no more of it, kills it, starts another, and nothing of the first is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-systemd-'))
  mkdirSync(join(folder, 'bench'))
  const bench = await startBench(join(folder, 'bench'))
  const socket = join(folder, 'notify.sock')
  const listener = spawn('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT'], { stdio: ['ignore', 'pipe', 'ignore'] })
  let shell: ChildProcess | null = null
  let [told, heardAt] = ['', performance.now()]
  listener.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString('utf8')
    heardAt = performance.now()
  })
  const start = () => {
    told = ''
    const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--config', bench.config, '--data', folder]
    const env = { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: String(watchMs * 1_000) }
    shell = spawn(hostForTests().program, args, { stdio: 'ignore', env })
    return { id: shell.pid ?? 0, gone: new Promise((done) => shell?.once('exit', done)) }
  }
  try {
    await expect.poll(() => existsSync(socket)).toBe(true)
    const first = start()
    await expect.poll(() => told, patience).toContain('READY=1')
    await expect.poll(() => told.split('WATCHDOG=1').length, patience).toBeGreaterThan(3)
    process.kill(first.id, 'SIGSTOP')
    await expect.poll(() => performance.now() - heardAt > watchMs, patience).toBe(true)
    process.kill(first.id, 'SIGKILL')
    await first.gone
    start()
    await expect.poll(() => told, patience).toContain('READY=1')
    await expect.poll(() => processesWith(`cardbooth-profile-${first.id}-`), patience).toEqual([])
    expect(processesWith(`dist/booth/main.js --config ${folder}`)).toHaveLength(1)
  } finally {
    ;(shell as ChildProcess | null)?.kill('SIGTERM')
    await new Promise((done) => shell?.once('exit', done))
    listener.kill()
    await bench.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
