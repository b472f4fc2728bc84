import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { makeStillCameraSimulator } from '../../hardware/camera/simulator.ts'
import { privateCups } from '../support/private-cupsd.ts'

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const picture = file('test/fixtures/photo/grace-hopper.jpg')

/** Runs `device` to its end. */
async function device(folder: string, ...words: readonly string[]) {
  const environment = { ...process.env, INIT_CWD: folder }
  const child = spawn(process.execPath, [file('main/commands/device.ts'), ...words], { stdio: ['ignore', 'pipe', 'inherit'], env: environment })
  let out = ''
  child.stdout.on('data', (text) => (out += String(text)))
  const code = await new Promise<number | null>((done) => void child.once('close', done))
  return { code, lines: out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) }
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-photo-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('device camera: check says who is there, capture brings a picture and writes it only where it is told to', { timeout: 40_000 }, async () => {
  const dir = folder()
  makeStillCameraSimulator(dir, picture)
  const check = await device(dir, 'camera', '--program', './gphoto2', 'check')
  expect(check.lines[1]).toMatchObject({ event: 'identity', device: 'camera', product: 'Canon EOS 700D' })
  expect(check.code).toBe(0)
  const captured = await device(dir, 'camera', '--program', './gphoto2', '--set', 'capturetarget=0', 'capture', '--out', 'one.jpg')
  expect(captured.lines.at(-1)).toMatchObject({ event: 'still', format: 'jpeg', widthPx: 512, heightPx: 600, bytes: statSync(picture).size })
  expect(captured.code).toBe(0)
  expect(Buffer.compare(readFileSync(join(dir, 'one.jpg')), readFileSync(picture))).toBe(0)
  expect(statSync(join(dir, 'one.jpg')).mode & 0o777).toBe(0o600)
})

test('device sheet-printer prints a test sheet', { timeout: 40_000 }, async () => {
  const dir = folder()
  const cups = await privateCups()
  onTestFinished(() => cups.remove())
  const words = ['sheet-printer', '--server', cups.server, '--queue', 'photo']
  const tested = await device(dir, ...words, '--paper', 'l', 'test')
  expect(tested.lines.at(-1)).toEqual({ event: 'printed', device: 'sheet-printer', job: 'test', paper: 'l' })
  expect(tested.code).toBe(0)
  expect(cups.printed()).toHaveLength(1)
})
