import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startBench } from '../../build/bench-process.ts'
import { root } from '../../build/sources.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-last-good-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the booth on a configuration, waits until it says how its devices are, and lets it end. */
async function check(config: string) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const args = [join(root, 'build/bootstrap.mjs'), 'start', '--data', join(folder, 'data'), '--check', '--config', config]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, CI: 'true' } })
  const printed = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (printed.error += chunk.toString('utf8')))
  const code = await new Promise<number | null>((done) => child.once('exit', done))
  expect(code, printed.error).toBe(0)
  const { devices } = JSON.parse(printed.out) as { devices: { kind: string; state: string }[] }
  const used = devices.filter(({ state }) => state !== 'off')
  return { devices: used.map(({ kind, state }) => `${kind} ${state}`).toSorted(), said: printed.error }
}

it('F20 C01 C13 a configuration with a byte order mark and Windows line ends runs; one that a power cut left empty: shell, booth and devices all come to its last good copy, camera, coins and all', async () => {
  mkdirSync(join(folder, 'bench'))
  const bench = await startBench(join(folder, 'bench'))
  try {
    const ready = ['bill-validator', 'camera', 'card-reader', 'coin-acceptor', 'hopper', 'printer', 'qr-scanner', 'sheet-printer'].map((kind) => `${kind} ready`)
    // As an editor of another system leaves it.
    const written = JSON.stringify(JSON.parse(readFileSync(bench.config, 'utf8')), null, 2)
    writeFileSync(bench.config, `\uFEFF${written.replaceAll('\n', '\r\n')}`)
    expect((await check(bench.config)).devices).toEqual(ready)
    const whole = readFileSync(bench.config)
    for (const left of [Buffer.alloc(0), whole.subarray(0, whole.length / 2)]) {
      writeFileSync(bench.config, left)
      const { devices, said } = await check(bench.config)
      expect(devices).toEqual(ready)
      expect(said).toContain(`"event":"configuration-refused","file":"${bench.config}"`)
      expect(said).toContain('"fault":"configuration-last-good"')
    }
  } finally {
    await bench.stop()
  }
})
