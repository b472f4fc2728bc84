import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { demoConfiguration, type ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { chooseConfiguration, keepLastGood } from '../../../main/config/last-good.ts'

const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const receiptKey = makeSigningKey().publicKey
const demo = demoConfiguration({ coinAcceptor: '/dev/pts/1', qrScanner: '/dev/pts/2', printer: '/dev/pts/3', centre: '/run/centre.sock', office, receiptKey })
const packFile = fileURLToPath(new URL('../../../main/commands/demo/pack.json', import.meta.url))

let dir = ''
let file = ''
let data = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-last-good-'))
  file = join(dir, 'booth.json')
  data = join(dir, 'data')
  copyFileSync(packFile, join(dir, 'pack.json'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const write = (content: ConfigurationFile) => writeFileSync(file, JSON.stringify(content))
/** Starts on what is written, as the booth process does; says on what it runs. */
async function start(given = file) {
  const { read, refused, file: used } = await chooseConfiguration(given, data)
  if (read.ok && refused.length === 0) keepLastGood(given, data, read.texts)
  return { used, place: read.ok ? read.configuration.booth.place : null, version: read.ok ? read.pack.version : null, refused, problems: read.ok ? [] : read.problems }
}

test('F20 C01 cut at each byte, empty, one brace: the last good one is used, and file and reason are named', async () => {
  write(demo)
  expect(await start()).toMatchObject({ used: file, place: 'Demonstration', refused: [] })
  const whole = readFileSync(file)
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(file, whole.subarray(0, length))
    const started = await start()
    expect(started.place, `cut at ${length}`).toBe('Demonstration')
    expect(started.used).not.toBe(file)
    expect(started.refused).toMatchObject([{ file, path: '', reason: expect.stringMatching(/^is not JSON, line 1: /) as string }])
  }
  writeFileSync(file, whole)
  expect(await start()).toMatchObject({ used: file, refused: [] })
})

test('F20 a value that is wrong, a file that is gone, a pack that is half written: the same, with the exact path', async () => {
  write(demo)
  await start()
  write({ ...demo, services: { 'jp-mynumber-application': { price: 800 } }, cash: { ...demo.cash, maximumCredit: 100 } })
  expect(await start()).toMatchObject({ place: 'Demonstration', refused: [{ file, path: 'cash.maximumCredit' }] })
  rmSync(file)
  expect(await start()).toMatchObject({ place: 'Demonstration', refused: [{ file, path: '', reason: 'cannot be read: ENOENT' }] })
  write(demo)
  const pack = readFileSync(packFile)
  writeFileSync(join(dir, 'pack.json'), pack.subarray(0, pack.length / 2))
  expect(await start()).toMatchObject({ place: 'Demonstration', refused: [{ file: join(dir, 'pack.json'), path: '' }] })
})

test('C01 without a last good one the start is refused with file and reason', async () => {
  writeFileSync(file, '{')
  expect(await start()).toMatchObject({ used: file, place: null, refused: [], problems: [{ file, path: '', reason: expect.stringMatching(/^is not JSON/) as string }] })
})

test('the copy is of the last one that was good, pack and all, and only one pair is kept', async () => {
  write(demo)
  await start()
  write({ ...demo, booth: { ...demo.booth, place: 'Harbour' } })
  writeFileSync(join(dir, 'pack.json'), readFileSync(packFile, 'utf8').replace(/"version": "[^"]*"/, '"version": "second"'))
  expect(await start()).toMatchObject({ place: 'Harbour', version: 'second' })
  rmSync(file)
  rmSync(join(dir, 'pack.json'))
  expect(await start()).toMatchObject({ place: 'Harbour', version: 'second' })
  expect(readdirSync(join(data, 'last-good'))).toHaveLength(2)
  for (const name of readdirSync(join(data, 'last-good'))) expect(statSync(join(data, 'last-good', name)).mode & 0o777).toBe(0o600)
})

test('the copy of one file never stands in for another, such as a demonstration for a booth of the street', async () => {
  write(demo)
  await start()
  const other = join(dir, 'other.json')
  writeFileSync(other, '{')
  expect(await start(other)).toMatchObject({ used: other, place: null })
})

test('what a power cut leaves of a copy is whole or not there', async () => {
  write(demo)
  await start()
  const folder = join(data, 'last-good')
  write({ ...demo, booth: { ...demo.booth, place: 'Harbour' } })
  // The second copy got as far as its files beside.
  for (const name of readdirSync(folder)) writeFileSync(join(folder, `${name}.tmp`), 'half')
  writeFileSync(file, '')
  expect(await start()).toMatchObject({ place: 'Demonstration' })
  write({ ...demo, booth: { ...demo.booth, place: 'Harbour' } })
  expect(await start()).toMatchObject({ place: 'Harbour' })
  expect(readdirSync(folder)).toHaveLength(2)
})
