import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makePack, manifestOf, type PackEdition, type PackFile } from '../../../main/commands/make-pack.ts'
import { rulebookContent, signRulebook } from '../../../main/commands/sign-rulebook.ts'
import { demoVendor, signAs } from '../../../main/commands/vendor-keys.ts'
import { writeZip } from '../../../main/commands/write-zip.ts'
import { installPack } from '../../../main/config/install-pack.ts'
import { judgePack } from '../../../main/config/judge-pack.ts'
import { chooseConfiguration, keepLastGood } from '../../../main/config/last-good.ts'
import { packType } from '../../../main/config/signed-pack.ts'
import { boothWithPacks, edition, offer, packFile, pricedPack, texts, trust } from '../../support/signed-packs.ts'

const megabyte = 1024 * 1024
const stranger = { id: 'vendor-3', jwk: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) }

let dir = ''
let configuration = ''
let data = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-pack-'))
  configuration = boothWithPacks(dir)
  data = join(dir, 'data')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const archive = () => join(dir, 'offered.zip')
const judge = async (bytes: Uint8Array) => {
  writeFileSync(archive(), bytes)
  return judgePack(archive(), { configuration, data })
}
/** Why these bytes are refused, in two words; nothing may be written then. */
async function refusal(bytes: Uint8Array): Promise<string | null> {
  const before = existsSync(data) ? readdirSync(data, { recursive: true }).sort() : null
  const judged = await judge(bytes)
  expect(existsSync(data) ? readdirSync(data, { recursive: true }).sort() : null).toEqual(before)
  return judged.ok ? null : `${judged.refusal} ${judged.path}`
}
async function install(bytes: Uint8Array): Promise<void> {
  const judged = await judge(bytes)
  if (!judged.ok) throw new Error(`${judged.refusal} ${judged.path}: ${judged.reason}`)
  installPack(data, judged.pack, judged.signed)
}
/** Chooses as the booth process does at its start, and keeps what was good. */
async function start() {
  const { read, signed, refused, refusedPacks } = await chooseConfiguration(configuration, data)
  if (read.ok && refused.length === 0) keepLastGood(configuration, data, read.texts)
  const price = read.ok ? read.configuration.services['jp-photo']?.price : null
  return { version: signed?.manifest.version ?? null, price, texts: read.ok ? read.pack.version : null, refused, refusedPacks }
}
const good = [offer({ services: { 'jp-photo': { price: 700 } } }), texts('seventh')]
const pack = (change: Partial<PackEdition> = {}, files: readonly PackFile[] = good, keys = [demoVendor]) => makePack({ ...edition, ...change }, files, keys)

describe('a signed pack', () => {
  test('says what the booth offers, with its texts, and leaves to the booth what is its own', async () => {
    expect(await start()).toMatchObject({ version: null, price: 800 })
    await install(await pack())
    expect(await start()).toEqual({ version: 7, price: 700, texts: 'seventh', refused: [], refusedPacks: [] })
    const { read } = await chooseConfiguration(configuration, data)
    expect(read).toMatchObject({ ok: true, configuration: { booth: { id: 'demo-booth-1' }, mode: 'demo' } })
    for (const name of readdirSync(join(data, 'packs/7'))) expect(statSync(join(data, 'packs/7', name)).mode & 0o777).toBe(0o600)
  })

  test('C11 for another vendor, another booth or other hardware is refused with the exact reason', async () => {
    expect(await refusal(await pack({ vendor: 'somebody-else' }))).toBe('other-vendor vendor')
    expect(await refusal(await pack({ booths: ['demo-booth-2'] }))).toBe('other-booth booths')
    expect(await refusal(await pack({ hardware: ['street-2', 'counter-1'] }))).toBe('other-hardware hardware')
    expect(await judge(await pack({ hardware: ['street-2'] }))).toMatchObject({ reason: 'is for street-2, not for street-1' })
    expect(await refusal(await pack({ booths: 'all', hardware: 'all' }))).toBe(null)
    expect(await refusal(await pack())).toBe(null)
    configuration = boothWithPacks(dir, { packs: { ...trust, hardware: 'counter-1' } })
    expect(await refusal(await pack())).toBe('other-hardware hardware')
  })

  test('by nobody, by a stranger, as something else, or with one byte changed in any file is refused', async () => {
    expect(await refusal(writeZip(good))).toBe('unsigned manifest.json')
    const as = async (typ: string, keys = [demoVendor]) => writeZip([packFile('manifest.json', await signAs(typ, manifestOf(edition, good), keys)), ...good])
    expect(await refusal(writeZip([packFile('manifest.json', JSON.stringify(manifestOf(edition, good))), ...good]))).toBe('unsigned manifest.json')
    expect(await refusal(await as('cardbooth-rulebook+json'))).toBe('wrong-role manifest.json')
    expect(await refusal(await as(packType, [stranger]))).toBe('unknown-key manifest.json')
    expect(await refusal(await as(packType, [{ ...stranger, id: demoVendor.id }]))).toBe('altered manifest.json')
    const [first, second] = good as [PackFile, PackFile]
    const signed = packFile('manifest.json', await signAs(packType, manifestOf(edition, good), [demoVendor]))
    const changed = Buffer.from(second.bytes)
    changed[100]! ^= 1
    expect(await refusal(writeZip([signed, first, { name: second.name, bytes: changed }]))).toBe('altered pack.json')
    expect(await refusal(writeZip([signed, first]))).toBe('missing pack.json')
    expect(await refusal(writeZip([signed, ...good, packFile('more.json', '{}')]))).toBe('not-listed more.json')
    configuration = boothWithPacks(dir, { packs: { ...trust, keys: [...trust.keys, { id: 'second', jwk: trust.keys[0]!.jwk }], threshold: 2 } })
    expect(await refusal(await pack())).toBe('unsigned manifest.json')
  })

  test('for a booth that names nobody whose packs it takes is refused', async () => {
    configuration = boothWithPacks(dir, { packs: undefined })
    expect(await refusal(await pack())).toBe('unknown-key packs')
  })

  test('C08 that is older than the one installed is refused, and so is the same again, unless that one broke', async () => {
    await install(await pricedPack(8, 600))
    expect(await refusal(await pricedPack(7, 700))).toBe('older version')
    expect(await refusal(await pricedPack(8, 700))).toBe('installed version')
    writeFileSync(join(data, 'packs/8/pack.json'), '{}')
    await install(await pricedPack(8, 600))
    expect(await start()).toMatchObject({ version: 8, price: 600 })
  })

  test('whose content the booth cannot run on, or has no use for, is refused', async () => {
    expect(await refusal(await pack({}, [offer({ mode: 'production', booth: {} })]))).toBe('content pack 7: configuration.json mode')
    expect(await refusal(await pack({}, [offer({ services: { 'jp-photo': { price: -1 } } })]))).toBe('content pack 7: configuration.json services.jp-photo.price')
    expect(await refusal(await pack({}, [offer({ colour: 'red' })]))).toBe('content pack 7: configuration.json colour')
    expect(await refusal(await pack({}, [packFile('configuration.json', '{"times":{},"times":{}}')]))).toBe('content pack 7: configuration.json')
    expect(await refusal(await pack({}, [packFile('pack.json', '{"version":"x","texts":{}}')]))).toBe('content pack 7: pack.json texts.ja')
    expect(await refusal(await pack({}, [...good, packFile('notes.txt', 'hello')]))).toBe('content notes.txt')
  })

  test('carries a signed rulebook, which is verified by itself', async () => {
    const rules = async (head: object) => packFile('rulebook.json', await signRulebook(rulebookContent({ version: 3, ...head }), [demoVendor]))
    expect(await refusal(await pack({}, [await rules({})]))).toBe('content rulebook.json')
    const { hardware: _hardware, ...signers } = trust
    configuration = boothWithPacks(dir, { rulebook: { file: 'rulebook.json', ...signers } })
    expect(await refusal(await pack({}, [await rules({})]))).toBe(null)
    expect(await refusal(await pack({}, [await rules({ vendor: 'somebody-else' })]))).toBe('content rulebook.json')
  })
})

describe('C12 an archive that means harm is refused before anything is written', () => {
  /** Changes a number in the archive's directory, `at` bytes into the entry number `index`. */
  function lie(zip: Buffer, index: number, at: number, value: number): Buffer {
    let entry = zip.readUInt32LE(zip.length - 6)
    for (let passed = 0; passed < index; passed += 1) entry += 46 + zip.readUInt16LE(entry + 28)
    zip.writeUInt32LE(value >>> 0, entry + at)
    return zip
  }
  const sizeAt = 24
  const attributesAt = 38
  const among = async (...files: readonly PackFile[]) => writeZip([packFile('manifest.json', await signAs(packType, manifestOf(edition, good), [demoVendor])), ...good, ...files])

  test.each([
    ['zip slip', '../../../etc/passwd'],
    ['an absolute path', '/etc/passwd'],
    ['a path of Windows', '..\\pack.json'],
    ['a folder', 'folder/'],
    ['a file in a folder', 'folder/pack.json'],
    ['a name in other case', 'Pack.json'],
    ['a hidden file', '.profile'],
    ['an empty name', ''],
    ['a byte of nothing', 'pack.json\0.exe'],
    ['a name of 60 000 letters', 'a'.repeat(60_000)],
  ])('%s', async (_what, name) => {
    expect(await refusal(await among(packFile(name, 'x')))).toMatch(/^name /)
    expect(existsSync(join(dir, 'etc'))).toBe(false)
  })

  test('a name twice, a link, more than was declared, less, another sum', async () => {
    expect(await refusal(await among(texts('again')))).toBe('twice pack.json')
    expect(await refusal(lie(await among(), 2, attributesAt, 0o120777 << 16))).toBe('not-a-file pack.json')
    expect(await refusal(lie(await among(), 2, sizeAt, 10))).toBe('altered pack.json')
    expect(await refusal(lie(await pack({}, [packFile('pack.json', 'x')]), 1, sizeAt, 900_000))).toBe('altered pack.json')
  })

  test('a zip bomb unpacks to what its manifest declares and not one byte more', async () => {
    const bomb = packFile('pack.json', Buffer.alloc(32 * megabyte))
    const signed = packFile('manifest.json', await signAs(packType, manifestOf(edition, [packFile('pack.json', Buffer.alloc(20))]), [demoVendor]))
    expect(await refusal(writeZip([signed, bomb]))).toBe('too-large pack.json')
    // The archive's directory says 20 bytes, as the signed manifest does; only unpacking shows the lie.
    const lying = lie(writeZip([signed, bomb]), 1, sizeAt, 20)
    writeFileSync(archive(), lying)
    const before = process.resourceUsage().maxRSS
    expect(await refusal(lying)).toBe('altered pack.json')
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(20)
    expect(await refusal(lie(await among(), 0, sizeAt, 2 * megabyte))).toBe('too-large manifest.json')
    expect(await refusal(lie(await among(), 2, sizeAt, 17 * megabyte))).toBe('too-large pack.json')
  })

  test('100 000 files, an archive of 30 MB, cut at any place, no archive at all', async () => {
    const one = await among()
    const directory = one.readUInt32LE(one.length - 6)
    const record = one.subarray(directory, directory + 46 + one.readUInt16LE(directory + 28))
    const many = Buffer.concat([one.subarray(0, directory), ...Array.from({ length: 100_000 }, () => record), one.subarray(-22)])
    const end = Buffer.alloc(56 + 20)
    // More than 65 535 need the records of 64 bits (APPNOTE 4.3.14).
    end.writeUInt32LE(0x06064b50, 0)
    end.writeBigUInt64LE(44n, 4)
    end.writeBigUInt64LE(100_000n, 24)
    end.writeBigUInt64LE(100_000n, 32)
    end.writeBigUInt64LE(BigInt(record.length * 100_000), 40)
    end.writeBigUInt64LE(BigInt(directory), 48)
    end.writeUInt32LE(0x07064b50, 56)
    end.writeBigUInt64LE(BigInt(many.length - 22), 64)
    end.writeUInt32LE(1, 72)
    const last = many.subarray(-22)
    for (const at of [8, 10]) last.writeUInt16LE(0xffff, at)
    for (const at of [12, 16]) last.writeUInt32LE(0xffffffff, at)
    const judged = await judge(Buffer.concat([many.subarray(0, -22), end, last]))
    expect(judged).toMatchObject({ ok: false, refusal: 'too-many', reason: 'has 100000 files, more than 64' })
    expect(await refusal(Buffer.alloc(30 * megabyte))).toBe('too-large ')
    expect(await refusal(Buffer.alloc(0))).toBe('unreadable ')
    expect(await refusal(Buffer.from('{"version":7}'))).toBe('unreadable ')
    const whole = await among()
    for (let length = 0; length < whole.length; length += 397) expect(await refusal(whole.subarray(0, length)), `cut at ${length}`).toBe('unreadable ')
    rmSync(archive())
    symlinkSync('/dev/zero', archive())
    expect(await judgePack(archive(), { configuration, data })).toMatchObject({ refusal: 'unreadable' })
  })
})

describe('at a start', () => {
  test('a pack that broke is not used: the one before it is, and place and reason are named', async () => {
    await install(await pricedPack(5, 500))
    await install(await pricedPack(6, 600))
    await install(await pricedPack(7, 700))
    expect(readdirSync(join(data, 'packs')).sort()).toEqual(['6', '7'])
    expect(await start()).toMatchObject({ version: 7, price: 700, refusedPacks: [] })
    const newest = join(data, 'packs/7')
    const whole = readFileSync(join(newest, 'pack.json'))
    for (const [harm, path] of [
      [() => writeFileSync(join(newest, 'pack.json'), whole.subarray(0, 50)), 'pack.json'],
      [() => rmSync(join(newest, 'pack.json')), 'pack.json'],
      [() => writeFileSync(join(newest, 'more.json'), '{}'), 'more.json'],
      [() => writeFileSync(join(newest, 'manifest.json'), '{}'), 'manifest.json'],
    ] as const) {
      harm()
      expect(await start()).toMatchObject({ version: 6, price: 600, texts: 'texts 6', refused: [], refusedPacks: [{ file: 'pack 7', path }] })
    }
    rmSync(join(data, 'packs/6/configuration.json'))
    // Both are broken: the copy of what the booth last ran on.
    expect(await start()).toMatchObject({ version: null, price: 600, texts: 'texts 6', refused: [{ file: 'pack 7' }, { file: 'pack 6' }] })
    rmSync(join(data, 'last-good'), { recursive: true })
    expect(await start()).toMatchObject({ version: null, price: null, refusedPacks: [{ file: 'pack 7' }, { file: 'pack 6' }] })
    await install(await pricedPack(8, 800))
    expect(await start()).toMatchObject({ version: 8, price: 800, refusedPacks: [] })
  })

  test('a mistake in the booth’s own file is not the pack’s', async () => {
    await install(await pricedPack(7, 700))
    await start()
    const text = readFileSync(configuration, 'utf8')
    writeFileSync(configuration, text.replace('"place":"Demonstration"', '"place":""'))
    expect(await start()).toMatchObject({ price: 700, refused: [{ file: configuration, path: 'booth.place' }], refusedPacks: [] })
  })

  test('a production booth has its agreements from a signed pack alone', async () => {
    const { keys } = trust
    const production = {
      mode: 'production' as const,
      staff: [],
      centre: {
        address: 'https://centre.example',
        photoPage: 'https://photo.example/photo',
        office: { id: 'office-1', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } },
        receiptKeys: [{ ...JSON.parse(readFileSync(configuration, 'utf8')).centre.receiptKeys[0], id: 'centre-1' }],
      },
      packs: { ...trust, keys: [{ ...keys[0]!, id: 'vendor-1' }] },
    }
    const agreements = { 'pin-change': { with: 'J-LIS', reference: '2026-17' } }
    configuration = boothWithPacks(dir, { ...production, agreements })
    expect(await start()).toMatchObject({ refused: [] })
    expect((await chooseConfiguration(configuration, data)).read).toMatchObject({ ok: false, problems: [{ path: 'agreements', reason: 'a production booth has its agreements from a signed pack' }] })
    configuration = boothWithPacks(dir, { ...production, agreements: {} })
    await install(await pack({}, [offer({ agreements })], [{ ...demoVendor, id: 'vendor-1' }]))
    expect((await chooseConfiguration(configuration, data)).read).toMatchObject({ ok: true, configuration: { agreements } })
    await start()
    writeFileSync(join(data, 'packs/7/configuration.json'), '{')
    expect(await start()).toMatchObject({ refused: [{ file: 'pack 7' }] })
    expect((await chooseConfiguration(configuration, data)).read).toMatchObject({ ok: true, configuration: { agreements } })
  })
})
