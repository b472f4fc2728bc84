import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FaceEngine } from '../../../face/engine.ts'
import { photoOfFile, type PhotoLine } from '../../../main/commands/photo.ts'
import { checkIds } from '../../../face/thresholds.ts'
import { drawn, openEngine } from '../../face/support/engine.ts'
import { plainSitter, sitterSide } from '../../face/support/sitter.ts'

/** Those of the picture, and the file, its head's place and its turn. */
const defaultCheckCount = checkIds.length + 3

const program = fileURLToPath(new URL('../../../main/commands/photo.ts', import.meta.url))
const bootstrap = fileURLToPath(new URL('../../../build/bootstrap.mjs', import.meta.url))
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 60_000, env: { ...process.env, INIT_CWD: folder } })

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-photos-'))
const path = (name: string) => join(folder, name)
let engine: FaceEngine
beforeAll(async () => {
  engine = await openEngine()
  const { picture } = await plainSitter(engine)
  // What a file is called says nothing of what it is.
  await drawn(picture).removeAlpha().jpeg({ quality: 95 }).toFile(path('sitter.txt.jpg'))
  writeFileSync(path('sitter.gif'), readFileSync(path('sitter.txt.jpg')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('prints one line a file: faces, every check with value, threshold and source, and the photo, whose head is where it should be', async () => {
  const line = await photoOfFile(engine, 'sitter.gif', path('sitter.gif'), folder)
  expect(Object.keys(line)).toEqual(['file', 'faces', 'measured', 'iso', 'checks', 'ok', 'output'])
  expect(line).toMatchObject({ file: 'sitter.gif', faces: 1, ok: true })
  expect(Object.keys(line.measured ?? {})).toEqual(['widthPx', 'heightPx', 'eyeDistancePx', 'eyesToChinPx', 'headPx', 'rollDeg', 'yawDeg', 'pitchDeg'])
  expect(line.iso).toMatchObject({ SingleFacePresent: 100, HeadPoseRoll: 100 })
  expect(line.checks).toHaveLength(defaultCheckCount)
  for (const check of line.checks) {
    expect(Object.keys(check)).toEqual(['id', 'value', 'threshold', 'ok', 'source'])
    expect(check.ok, check.id).toBe(true)
  }
  const { output } = line
  expect(Object.keys(output ?? {})).toEqual(['file', 'widthPx', 'heightPx', 'bytes', 'headMm', 'topMm', 'centreMm', 'rollDeg'])
  expect(output?.file).toBe(path('sitter.photo.jpg'))
  expect(readFileSync(path('sitter.photo.jpg'))).toHaveLength(output?.bytes ?? 0)
  expect(await sharp(path('sitter.photo.jpg')).metadata()).toMatchObject({ width: 827, height: 1063, density: 600, chromaSubsampling: '4:4:4' })
  expect(Math.abs((output?.headMm ?? 0) - 34)).toBeLessThanOrEqual(2)
  expect(Math.abs((output?.topMm ?? 0) - 4)).toBeLessThanOrEqual(2)
  expect(Math.abs((output?.centreMm ?? 0) - 17)).toBeLessThanOrEqual(2)
  expect(Math.abs(output?.rollDeg ?? 90)).toBeLessThanOrEqual(2)
})

it('measures in the pixels of the file itself, whatever its size', async () => {
  const large = path('large.jpg')
  await sharp(path('sitter.gif')).resize(3 * sitterSide).extend({ right: 1000, background: '#cedbea' }).jpeg().toFile(large)
  const [sitter, enlarged] = [await photoOfFile(engine, 'sitter.gif', path('sitter.gif'), null), await photoOfFile(engine, 'large.jpg', large, null)]
  expect(sitter.measured).toMatchObject({ widthPx: sitterSide, heightPx: sitterSide })
  expect(enlarged.measured).toMatchObject({ widthPx: 3 * sitterSide + 1000, heightPx: 3 * sitterSide })
  expect(sitter.checks.find(({ id }) => id === 'source-size')?.value).toBeCloseTo(sitter.measured!.eyeDistancePx, 1)
  for (const length of ['eyeDistancePx', 'eyesToChinPx', 'headPx'] as const) expect(enlarged.measured![length] / sitter.measured![length]).toBeCloseTo(3, 0)
  for (const angle of ['rollDeg', 'yawDeg', 'pitchDeg'] as const) expect(Math.abs(enlarged.measured![angle] - sitter.measured![angle])).toBeLessThan(3)
})

it('says how far from its place the head of the finished photo is, and never proves a crown that it did not see by a guess', async () => {
  const checkOf = (line: PhotoLine, id: string) => line.checks.find((check) => check.id === id)
  const { output, ...line } = await photoOfFile(engine, 'sitter.gif', path('sitter.gif'), null)
  const [size, top] = [output!.headMm - 34, output!.topMm - 4]
  const off = Math.max(Math.abs(size), Math.abs(top), Math.abs(size + top), Math.abs(output!.centreMm - 17))
  expect(checkOf({ ...line, output }, 'measured-again')).toMatchObject({ threshold: 2, value: expect.closeTo(off, 1) })
  expect(checkOf({ ...line, output }, 'upright-again')).toMatchObject({ value: Math.abs(output!.rollDeg) })

  // A mask that shows nobody: hair before a wall of its colour.
  const blind: FaceEngine = { ...engine, look: withoutPerson(engine.look), glance: withoutPerson(engine.glance) }
  const unseen = await photoOfFile(blind, 'sitter.gif', path('sitter.gif'), null)
  expect(unseen.ok).toBe(false)
  expect(checkOf(unseen, 'crown')).toMatchObject({ value: 0, ok: false })
  expect(checkOf(unseen, 'measured-again')).toMatchObject({ value: 'crown-not-seen', ok: false })
})

const withoutPerson =
  (see: FaceEngine['look']): FaceEngine['look'] =>
  async (picture) => {
    const sight = await see(picture)
    return { ...sight, head: sight.head && { ...sight.head, person: { ...sight.head.person, values: new Float32Array(sight.head.person.values.length) } } }
  }

it('writes over nothing: a photo whose name is taken gets a number, and what was given stays as it was', async () => {
  const sitter = readFileSync(path('sitter.gif'))
  mkdirSync(path('taken'))
  for (const name of ['base.jpg', 'base.photo.jpg', 'base-2.photo.jpg']) writeFileSync(path(`taken/${name}`), sitter)
  for (const [name, output] of [['base.jpg', 'base-3.photo.jpg'], ['base.jpg', 'base-4.photo.jpg'], ['base.photo.jpg', 'base.photo.photo.jpg']] as const) {
    const line = await photoOfFile(engine, name, path(`taken/${name}`), path('taken'))
    expect(line.output?.file).toBe(path(`taken/${output}`))
  }
  for (const name of ['base.jpg', 'base.photo.jpg', 'base-2.photo.jpg']) expect(readFileSync(path(`taken/${name}`)).equals(sitter), name).toBe(true)
})

it('says of a photo whose name would be too long that it is not written, shortens nothing, and goes on with the next file', () => {
  // 255 bytes are the most that a file's name may have.
  const [longest, taken] = [`${'長'.repeat(82)}.jpg`, `${'長'.repeat(80)}abcde.jpg`]
  mkdirSync(path('long'))
  for (const name of [longest, taken, 'plain.jpg']) writeFileSync(path(`long/${name}`), readFileSync(path('sitter.gif')))
  const { status, stdout, stderr } = run('long/plain.jpg', `long/${longest}`, `long/${taken}`, `long/${taken}`, '--out', 'photos')
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as PhotoLine)
  expect({ status, stderr, files: lines.map(({ file }) => file) }).toEqual({ status: 1, stderr: '', files: ['long/plain.jpg', `long/${longest}`, `long/${taken}`, `long/${taken}`] })
  expect(lines.map(({ ok }) => ok)).toEqual([true, false, true, false])
  for (const line of [lines[1]!, lines[3]!]) {
    expect(line.output).toBeNull()
    expect(line.checks.filter(({ ok }) => !ok)).toMatchObject([{ id: 'written', value: 'name-too-long' }])
  }
  expect(readdirSync(path('photos')).toSorted()).toEqual(['plain.photo.jpg', `${'長'.repeat(80)}abcde.photo.jpg`].toSorted())
})

it('ends without a word when nobody reads on', async () => {
  const child = spawn(process.execPath, [bootstrap, 'photo', path('sitter.gif'), path('sitter.gif')], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let complaints = ''
  child.stderr.on('data', (part: Buffer) => (complaints += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect([code, complaints]).toEqual([1, ''])
})

it('says of what is no picture why it is none, and writes nothing', async () => {
  writeFileSync(path('empty.jpg'), '')
  writeFileSync(path('words.jpg'), 'words')
  const files = { 'empty.jpg': 'empty', 'not-there.jpg': 'missing', 'words.jpg/inside.jpg': 'missing', '.': 'not-a-file', 'words.jpg': 'not-a-picture' }
  mkdirSync(path('nothing'))
  for (const [name, value] of Object.entries(files)) {
    const line = await photoOfFile(engine, name, path(name), path('nothing'))
    expect(line).toMatchObject({ faces: 0, measured: null, iso: null, ok: false, output: null, checks: [{ id: 'picture', value, ok: false }] })
  }
  expect(readdirSync(path('nothing'))).toEqual([])
})

it('says in one sentence how it is used, with exit code 2; and what cannot be written to, with 1', () => {
  writeFileSync(path('a-file'), '')
  for (const args of [[], ['--nonsense', 'a.jpg'], ['a.jpg', '--out'], ['a.jpg', '--out='], ['a.jpg', '--out', 'a-file']]) {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout, lines: stderr.match(/\n/g)?.length }, args.join(' ')).toEqual({ status: 2, stdout: '', lines: 1 })
    expect(stderr).toContain('usage:')
  }
  for (const out of ['/proc/nope', '/proc/nope/deeper', 'a-file/inside']) {
    const { status, stdout, stderr } = run('a.jpg', '--out', out)
    expect({ status, stdout, lines: stderr.match(/\n/g)?.length }, out).toEqual({ status: 1, stdout: '', lines: 1 })
    expect(stderr).toContain('cannot be written')
  }
})
