import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { demoConfiguration, type ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { cashSets } from '../../../main/config/cash-sets.ts'
import { readConfiguration } from '../../../main/config/read-configuration.ts'

const pack = fileURLToPath(new URL('../../../main/commands/demo/pack.json', import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const receiptKey = makeSigningKey().publicKey
const demo = demoConfiguration({ coinAcceptor: '/dev/pts/1', qrScanner: '/dev/pts/2', printer: '/dev/pts/3', centre: '/run/centre.sock', office, receiptKey })
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

  test('C02 that is 100 MB large or 10 000 deep is refused by its size or depth', () => {
    expect(problem(' '.repeat(1_000_001))).toBe(': is larger than 1000000 bytes')
    const file = join(dir, 'large.json')
    writeFileSync(file, '')
    truncateSync(file, 100_000_000)
    expect(readConfiguration(file)).toMatchObject({ ok: false, problems: [{ file, path: '', reason: 'is larger than 1000000 bytes' }] })
    for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const)
      expect(problem(`${open.repeat(10_000)}0${close.repeat(10_000)}`)).toBe(': is nested deeper than 32')
    const deep = `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`
    expect(problem(JSON.stringify(demo).replace('{', deep))).toBe(': is nested deeper than 32')
  })

  test('C13 with a byte order mark or Windows line ends is taken; UTF-16, comments, a comma too many are refused with their line', () => {
    const lines = JSON.stringify(demo, null, 2).split('\n')
    expect(problem(`\uFEFF${lines.join('\n')}`)).toBe('ok')
    expect(problem(lines.join('\r\n'))).toBe('ok')
    expect(problem(Buffer.from(`\uFEFF${lines.join('\r\n')}`))).toBe('ok')
    const text = lines.join('\n')
    expect(problem(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(': is not UTF-8, line 1')
    expect(problem(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toBe(': is not UTF-8, line 1')
    expect(problem(Buffer.from(text, 'utf16le'))).toMatch(/^: is not JSON, line 1: /)
    expect(problem(Buffer.concat([Buffer.from(lines.slice(0, 5).join('\n')), Buffer.from([0x8e, 0x6e]), Buffer.from(lines.slice(5).join('\n'))]))).toBe(': is not UTF-8, line 5')
    const at = (line: number, change: (text: string) => string) => lines.map((one, index) => (index === line - 1 ? change(one) : one)).join('\n')
    expect(problem(at(4, (one) => `${one} // the booth`))).toMatch(/^: is not JSON, line 4: /)
    expect(problem(at(4, (one) => `/* the booth */ ${one}`))).toMatch(/^: is not JSON, line 4: /)
    expect(problem(at(lines.length - 1, (one) => `${one},`))).toMatch(new RegExp(`^: is not JSON, line ${lines.length}: `))
    expect(problem(lines.slice(0, 7).join('\n'))).toMatch(/^: is not JSON, line 7: /)
    expect(problem(at(5, (one) => one.replace(/: .*/, ': secret,')))).toBe(": is not JSON, line 5: Unexpected token 's'")
    expect(problem(at(1, (one) => `# ${one}`))).toBe(": is not JSON, line 1: Unexpected token '#'")
    expect(problem(text.replace('"mode": "demo"', '"mode": "production", "mode": "demo"'))).toBe(': has a name twice in one object')
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
    expect(problem({ ...withPrice(800), cash: { ...demo.cash, coins: [yen('JP010A', 10)] } })).toBe(`cash.mostPieces: too few pieces for the price of ${service}`)
  })

  test('C04 the coins and notes of Taiwan: a price that they can pay is taken, one for which a coin is missing is refused, with the place', () => {
    const devices = { ...demo.devices, 'bill-validator': { path: '/dev/pts/4', protocol: 'id003' as const } }
    const taiwan = (price: number, coins = cashSets.taiwan.coins) => ({ ...withPrice(price), devices, cash: { ...demo.cash, ...cashSets.taiwan, coins } })
    expect(problem(taiwan(278))).toBe('ok')
    expect(problem(taiwan(278, cashSets.taiwan.coins.slice(1)))).toBe(`services.${service}.price: cannot be paid exactly with the coins taken`)
    expect(problem({ ...withPrice(800), devices, cash: { ...demo.cash, notes: cashSets.taiwan.notes } })).toBe('cash.notes[0].currency: a note of another currency')
  })

  test('C05 coins: one identifier twice, two coins with one value, no value, another currency', () => {
    expect(problem(withCoins([yen('JP100A', 500), yen('JP500A', 500)]))).toBe('cash.coins: two different coins with one value')
    expect(problem(withCoins([yen('JP100A', 100), yen('JP500A', 500), yen('JP500B', 500)]))).toBe('ok')
    expect(problem(withCoins([yen('JP100A', 100), yen('JP100A', 100)]))).toBe('cash.coins: a coin identifier stands twice')
    expect(problem(withCoins([yen('JP100A', 100), yen('JP500A', 0)]))).toMatch(/^cash\.coins\[1\]\.value: /)
    expect(problem(withCoins([yen('US100A', 100)]))).toBe('cash.coins: a coin of another currency')
    expect(problem(withCoins([yen('JP100A', 100, 'USD')]))).toMatch(/^cash\.coins\[0\]\.currency: /)
  })

  test('C06 a pack outside of its folder, or that leads out of it, is refused', () => {
    symlinkSync('/etc/shadow', join(dir, 'link.json'))
    symlinkSync(join(dir, 'pack.json'), join(dir, 'near.json'))
    for (const link of ['link.json', 'near.json']) expect(problem({ ...demo, pack: link })).toBe(': is a link to another file')
    for (const path of ['../../etc/shadow', '/etc/shadow', 'packs/pack.json']) expect(problem({ ...demo, pack: path })).toBe('pack: a file name without folders')
  })

  test('C15 every wait and keeping time out of its bounds is refused; nobody gets less than ten extensions or 20 s to answer', () => {
    const result = read(demo)
    const waits = result.ok ? Object.keys(result.configuration.times) : []
    expect(waits.length).toBeGreaterThan(5)
    for (const wait of waits)
      for (const value of [0, -1, 1e12, 0.5, '60000', null]) expect(problem({ ...demo, times: { [wait]: value } })).toMatch(new RegExp(`^times\\.${wait}: `))
    for (const times of [{ stillThereMs: 19_999 }, { extensions: 9 }, { sendMs: 20_001 }]) expect(problem({ ...demo, times })).toMatch(/^times\.[a-zA-Z]+: /)
    for (const pollMs of [0, -1, 1e12]) {
      const acceptor = { path: '/dev/pts/1', pollMs }
      expect(problem({ ...demo, devices: { ...demo.devices, 'coin-acceptor': acceptor } })).toMatch(/^devices\.coin-acceptor\.pollMs: /)
    }
    // How long an application may lie in the booth: at least an hour, at most a month; 100 years are 876 000 hours.
    for (const maximumWaitingHours of [0, -1, 721, 876_000, 1e12])
      expect(problem({ ...demo, centre: { ...demo.centre, maximumWaitingHours } })).toMatch(/^centre\.maximumWaitingHours: /)
  })

  test.each(['<script>alert(1)</script>', 'a {place} that nobody fills', 'broken {', 'broken }', '{n, plural, one {', '{}'])('C07 a pack that says %j is refused with key and language', (words) => {
    const texts = JSON.parse(readFileSync(pack, 'utf8')) as { texts: Record<string, Record<string, string>> }
    for (const language of ['ja', 'en', 'zh-Hant']) {
      const changed = { ...texts, texts: { ...texts.texts, [language]: { ...texts.texts[language], rights: words } } }
      writeFileSync(join(dir, 'changed.json'), JSON.stringify(changed))
      expect(problem({ ...demo, pack: 'changed.json' })).toBe(`texts.${language}.rights: plain words only: no <, >, { or }`)
    }
  })

  test('a pack without the texts of an offered language is named with the language', () => {
    writeFileSync(join(dir, 'half.json'), JSON.stringify({ version: '1', texts: {} }))
    expect(problem({ ...demo, pack: 'half.json' })).toMatch(/^texts\.ja: missing for a language that the booth offers/)
  })
})

describe('demonstration and production exclude each other', () => {
  const production: ConfigurationFile = { ...demo, mode: 'production', agreements: {}, staff: [], services: { 'jp-mynumber-application': { price: 800 } }, centre: { address: 'https://centre.example', office: { ...office, id: 'office-1' }, receiptKeys: [{ ...receiptKey, id: 'centre-1' }] } }

  test('a production booth takes no bench, no demo key and no centre without https', () => {
    expect(problem(production)).toBe('ok')
    expect(problem({ ...production, agreements: demo.agreements })).toBe('agreements.pin-change.reference: a production booth refuses a DEMO agreement')
    expect(problem({ ...production, staff: demo.staff })).toBe('staff[0]: a production booth refuses the PIN of the demonstration')
    expect(problem({ ...production, bench: { socket: '/run/hands.sock' } })).toBe('bench: a production booth has no bench')
    expect(problem({ ...production, centre: { ...production.centre, office } })).toBe('centre.office.id: a production booth refuses a DEMO key')
    expect(problem({ ...production, centre: { ...production.centre, address: '/run/centre.sock' } })).toBe('centre.address: a production booth sends by https')
    expect(problem({ ...production, centre: { ...production.centre, receiptKeys: [receiptKey] } })).toBe('centre.receiptKeys[0].id: a production booth refuses a DEMO key')
  })

  test('C14 a production booth sends neither in plain nor to itself', () => {
    const to = (address: string) => problem({ ...production, centre: { ...production.centre, address } })
    for (const address of ['http://centre.example', 'http://127.0.0.1:8080', 'ftp://centre.example', 'centre.example']) expect(to(address)).toMatch(/^centre\.address: /)
    const itself = ['localhost', 'LOCALHOST.', 'a.localhost', '127.0.0.1', '127.1', '0x7f.1', '2130706433', '127.255.255.254', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]']
    for (const host of itself) {
      expect(to(`https://${host}:8443/x`), host).toBe('centre.address: a production booth sends to another machine')
      const page = { ...production, operator: { ...production.operator, statusPage: `https://${host}/s` } }
      expect(problem(page), host).toBe('operator.statusPage: residents cannot reach this machine')
    }
    for (const host of ['centre.example', 'localhost.example', '10.0.0.1', '[2001:db8::1]', '127.example']) expect(to(`https://${host}/`), host).toBe('ok')
  })

  test('a status page must fit the code on a slip: 200 characters', () => {
    const page = (length: number) => problem({ ...production, operator: { ...production.operator, statusPage: 'https://status.example/'.padEnd(length, 's') } })
    expect(page(200)).toBe('ok')
    expect(page(201)).toMatch(/^operator\.statusPage: /)
  })

  test('a demo booth seals to nothing but a DEMO key', () => {
    expect(problem({ ...demo, centre: { ...demo.centre, office: { ...office, id: 'office-1' } } })).toBe('centre.office.id: a demo booth seals only to a key that has DEMO in its name')
  })
})
