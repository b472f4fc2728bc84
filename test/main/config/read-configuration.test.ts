import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoConfiguration, type ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { readConfiguration } from '../../../main/config/read-configuration.ts'

const pack = fileURLToPath(new URL('../../../main/commands/demo/pack.json', import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const demo = demoConfiguration({ coinAcceptor: '/dev/pts/1', qrScanner: '/dev/pts/2', printer: '/dev/pts/3', centre: '/run/centre.sock', office })
const service = 'jp-mynumber-application'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-configuration-'))
  copyFileSync(pack, join(dir, 'pack.json'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function read(content: string | Buffer | object) {
  const file = join(dir, 'booth.json')
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  return readConfiguration(file)
}

/** The first problem as a technician reads it: path and reason. */
function problem(content: string | Buffer | object): string {
  const result = read(content)
  if (result.ok) return 'ok'
  const [first] = result.problems
  return `${first?.path}: ${first?.reason}`
}

const withPrice = (price: unknown) => ({ ...demo, services: { [service]: { price } } })
const withCoins = (coins: unknown) => ({ ...demo, cash: { ...demo.cash, coins } })
const yen = (id: string, value: unknown, currency = 'JPY') => ({ id, value, currency })

describe('a configuration file', () => {
  test('that is whole is read, with every wait and size filled in', () => {
    const result = read(demo)
    expect(result).toMatchObject({ ok: true, configuration: { times: { idleMs: 60_000, payIdleMs: 120_000, extensions: 10, sendMs: 20_000 }, screen: { pxPerMm: 4.03 } } })
  })

  test('that is empty, cut or no JSON is named with the reason', () => {
    expect(problem('')).toMatch(/^: is not JSON/)
    expect(problem('{')).toMatch(/^: is not JSON/)
    const whole = JSON.stringify(demo)
    for (let length = 1; length < whole.length; length += 97) expect(problem(whole.slice(0, length))).toMatch(/^: is not JSON/)
  })

  test('that is too large, or not UTF-8, is refused before it is understood', () => {
    expect(problem(' '.repeat(1_000_001))).toBe(': is larger than 1000000 bytes')
    expect(problem(Buffer.from(JSON.stringify(demo), 'utf16le'))).toMatch(/is not (UTF-8|JSON)/)
  })

  test('C03 with an unknown key says where', () => {
    expect(problem({ ...demo, operater: {} })).toMatch(/^: .*operater/)
    expect(problem({ ...demo, cash: { ...demo.cash, coin: [] } })).toMatch(/^cash: .*coin/)
  })

  test.each([-100, 1e9, 800.5, '800', null])('C04 with the price %j says exactly where', (price) => {
    expect(problem(withPrice(price))).toMatch(new RegExp(`^services\\.${service}\\.price: `))
  })

  test('C04 a price that the coins cannot pay is refused', () => {
    expect(problem(withPrice(805))).toBe(`services.${service}.price: cannot be paid exactly with the coins taken`)
  })

  test('coins: one identifier twice, no value, another currency', () => {
    expect(problem(withCoins([yen('JP100A', 100), yen('JP100A', 100)]))).toBe('cash.coins: a coin identifier stands twice')
    expect(problem(withCoins([yen('JP100A', 100), yen('JP500A', 0)]))).toMatch(/^cash\.coins\[1\]\.value: /)
    expect(problem(withCoins([yen('US100A', 100)]))).toBe('cash.coins: a coin of another currency')
    expect(problem(withCoins([yen('JP100A', 100, 'USD')]))).toMatch(/^cash\.coins\[0\]\.currency: /)
  })

  test('a pack outside of its folder is refused', () => {
    for (const path of ['../../etc/shadow', '/etc/shadow', 'packs/pack.json']) expect(problem({ ...demo, pack: path })).toBe('pack: a file name without folders')
  })

  test('waits out of their bounds are refused; nobody gets less than ten extensions or 20 s to answer', () => {
    for (const times of [{ idleMs: 0 }, { idleMs: -1 }, { idleMs: 1e12 }, { stillThereMs: 19_999 }, { extensions: 9 }, { sendMs: 20_001 }])
      expect(problem({ ...demo, times })).toMatch(/^times\.[a-zA-Z]+: /)
  })

  test('a pack without the texts of an offered language is named with the language', () => {
    writeFileSync(join(dir, 'half.json'), JSON.stringify({ version: '1', texts: {} }))
    expect(problem({ ...demo, pack: 'half.json' })).toMatch(/^texts\.ja: missing for a language that the booth offers/)
  })
})

describe('demonstration and production exclude each other', () => {
  const production: ConfigurationFile = { ...demo, mode: 'production', centre: { address: 'https://centre.example', office: { ...office, id: 'office-1' } } }

  test('a production booth takes no bench, no demo key and no centre without https', () => {
    expect(problem(production)).toBe('ok')
    expect(problem({ ...production, bench: { socket: '/run/hands.sock' } })).toBe('bench: a production booth has no bench')
    expect(problem({ ...production, centre: { ...production.centre, office } })).toBe('centre.office.id: a production booth refuses a DEMO key')
    expect(problem({ ...production, centre: { ...production.centre, address: '/run/centre.sock' } })).toBe('centre.address: a production booth sends by https')
    expect(problem({ ...production, centre: { ...production.centre, address: 'http://centre.example' } })).toMatch(/^centre\.address: /)
  })

  test('a demo booth seals to nothing but a DEMO key', () => {
    expect(problem({ ...demo, centre: { ...demo.centre, office: { ...office, id: 'office-1' } } })).toBe('centre.office.id: a demo booth seals only to a key that has DEMO in its name')
  })
})
