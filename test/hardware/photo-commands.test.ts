import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { makeStillCameraSimulator } from '../../hardware/camera/simulator.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { hostMessage } from '../../hardware/wire-check.ts'
import type { HostMessage } from '../../hardware/wire.ts'
import { privateCups } from '../support/private-cupsd.ts'
import { until } from '../support/until.ts'

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

test('device camera: check says who is there, capture brings a picture and writes it only where it is told to', async () => {
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

test('device camera calibrate judges framing, exposure, focus and delay by somebody who sits before it', async () => {
  const dir = folder()
  makeStillCameraSimulator(dir, demoPortrait)
  const { code, lines } = await device(dir, 'camera', '--program', './gphoto2', 'calibrate')
  const found = Object.fromEntries(lines.filter(({ event }) => event === 'calibration').map(({ id, ok }) => [id, ok]))
  // The demonstration's camera is too coarse for a photo of full size, and says so.
  expect(found).toEqual({ ...{ face: true, 'framing-height': true, 'framing-middle': true, 'eye-distance': false }, ...{ exposure: true, 'over-exposed': true, focus: true, delay: true } })
  expect(code).toBe(1)
})

test('device sheet-printer prints a test sheet', async () => {
  const dir = folder()
  const cups = await privateCups()
  onTestFinished(() => cups.remove())
  const words = ['sheet-printer', '--server', cups.server, '--queue', 'photo']
  const tested = await device(dir, ...words, '--paper', 'l', 'test')
  expect(tested.lines.at(-1)).toEqual({ event: 'printed', device: 'sheet-printer', job: 'test', paper: 'l' })
  expect(tested.code).toBe(0)
  expect(cups.printed()).toHaveLength(1)
})

test('the device process finds both by its configuration, and every word of theirs is one that the booth takes', async () => {
  const dir = folder()
  const { program } = makeStillCameraSimulator(dir, picture)
  const devices = { 'still-camera': { program }, 'sheet-printer': { server: '/nowhere/cups.sock', queue: 'photo', paper: 'l' } }
  writeFileSync(join(dir, 'booth.json'), JSON.stringify({ mode: 'demo', devices }))
  const child = spawn(process.execPath, [file('hardware/host-entry.ts'), '--config', join(dir, 'booth.json')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const messages: HostMessage[] = []
  child.on('message', (message: { readonly kind: string }) => message.kind !== 'alive' && messages.push(hostMessage.parse(message)))
  const heard = (part: object) => until(() => expect(messages).toContainEqual(expect.objectContaining(part)))
  await heard({ kind: 'health', device: 'sheet-printer', health: { state: 'lost', identity: null, faults: ['sheet-printer-lost'] } })
  await heard({ kind: 'health', device: 'still-camera', health: expect.objectContaining({ state: 'ready' }) as unknown })
  child.send({ device: 'still-camera', command: { kind: 'capture', job: 'one' } })
  child.send({ device: 'sheet-printer', command: { kind: 'print', job: 'two', pdfBase64: 'JVBERg==', media: 'oe_photo-l_3.5x5in', copies: 1 } })
  await heard({ device: 'still-camera', event: { kind: 'still', job: 'one', jpegBase64: readFileSync(picture).toString('base64') } })
  await heard({ device: 'sheet-printer', event: { kind: 'not-printed', job: 'two' } })
  const ended = new Promise((done) => void child.once('exit', done))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
