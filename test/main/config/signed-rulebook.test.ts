import { generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check, rulebookContent, sign, signRulebook } from '../../../main/commands/sign-rulebook.ts'
import { demoVendor, publicHalf } from '../../../main/commands/vendor-keys.ts'
import { chooseRulebook, keepRulebook } from '../../../main/config/choose-rulebook.ts'
import { configuration as configurationSchema } from '../../../main/config/configuration.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { valueOn } from '../../../main/rulebook/rulebook.ts'
import { configured } from '../../support/booth-facts.ts'

const today = '2026-11-22'
const pair = (id: string, curve: 'Ed25519' | 'P-256') => {
  const { privateKey } = curve === 'P-256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  return { id, jwk: privateKey.export({ format: 'jwk' }) }
}
const second = pair('vendor-2', 'P-256')
const stranger = pair('vendor-3', 'Ed25519')
const trusting = (change: object = {}) =>
  configured((file) => ({ ...file, rulebook: { file: 'rulebook.json', vendor: 'cardbooth', keys: [publicHalf(demoVendor), publicHalf(second)], threshold: 1, ...change } }))

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-rulebook-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const file = () => join(dir, 'rulebook.json')
const place = (name: string) => join(dir, name)
const write = (text: string) => writeFileSync(file(), text)
const offer = async (head: Parameters<typeof rulebookContent>[0], keys = [demoVendor]) => write(await signRulebook(rulebookContent(head), keys))

/** Chooses as the booth process does at its start, and keeps what is to be kept. */
async function start(configuration = trusting(), day = today) {
  const chosen = await chooseRulebook(configuration, place, join(dir, 'data'), day)
  if (chosen.toKeep !== null) keepRulebook(join(dir, 'data'), chosen.toKeep)
  return { version: chosen.rulebook.version, from: chosen.from, faults: chosen.faults, refused: chosen.refused && `${chosen.refused.refusal} ${chosen.refused.path}`.trim() }
}

/** The release's rules with another value of one rule. */
function withValue(id: string, value: unknown, version = 7): Record<string, unknown> {
  const content = structuredClone(rulebookContent({ version })) as { groups: { rules: Record<string, { editions: { value: unknown }[] }> }[] }
  for (const { rules } of content.groups) if (rules[id]) rules[id].editions = [{ value }]
  return content as unknown as Record<string, unknown>
}

describe('a signed rulebook', () => {
  test('changes a fee without a release, and stays in force when the file is gone', async () => {
    write(await signRulebook(withValue('R083', { card: 300, postage: 30, total: 330 }), [demoVendor]))
    const chosen = await chooseRulebook(trusting(), place, join(dir, 'data'), today)
    expect(valueOn(chosen.rulebook, 'R083', today)).toEqual({ card: 300, postage: 30, total: 330 })
    expect(await start()).toEqual({ version: 7, from: 'file', faults: [], refused: null })
    rmSync(file())
    expect(await start()).toEqual({ version: 7, from: 'last-good', faults: ['rulebook-refused'], refused: 'unreadable' })
  })

  test('is not asked for by a configuration that names none: the release has its own', async () => {
    expect(await start(configured())).toEqual({ version: builtInRulebook.version, from: 'release', faults: [], refused: null })
  })

  test('C08 that is older than the one in force is refused, and so is another one of the same version', async () => {
    await offer({ version: 9 })
    expect(await start()).toMatchObject({ version: 9, from: 'file', faults: [] })
    await offer({ version: 8 })
    expect(await start()).toEqual({ version: 9, from: 'last-good', faults: ['rulebook-refused'], refused: 'older version' })
    write(await signRulebook(withValue('R079', 3, 9), [demoVendor]))
    expect(await start()).toEqual({ version: 9, from: 'last-good', faults: ['rulebook-refused'], refused: 'reused version' })
    await offer({ version: 10 })
    expect(await start()).toMatchObject({ version: 10, from: 'file', faults: [] })
  })

  test('C09 whose time is over: the last good one is kept, and a fault says that nothing newer has come', async () => {
    await offer({ version: 2, expires: '2026-12-31' })
    expect(await start()).toMatchObject({ version: 2, faults: [] })
    expect(await start(trusting(), '2026-12-31')).toMatchObject({ version: 2, faults: [] })
    expect(await start(trusting(), '2027-01-01')).toEqual({ version: 2, from: 'file', faults: ['rulebook-stale'], refused: null })
    await offer({ version: 3, expires: '2026-12-30' })
    expect(await start(trusting(), '2026-12-31')).toEqual({ version: 2, from: 'last-good', faults: ['rulebook-stale'], refused: 'expired expires' })
    rmSync(join(dir, 'data'), { recursive: true })
    expect(await start(trusting(), '2026-12-31')).toMatchObject({ from: 'release', faults: ['rulebook-stale'] })
  })

  test('C10 without a signature, by an unknown key, in another role, or by fewer keys than wanted is refused', async () => {
    await offer({ version: 2 })
    await start()
    const content = rulebookContent({ version: 5 })
    const signed = await signRulebook(content, [demoVendor])
    const parts = JSON.parse(signed) as { payload: string; signatures: { protected: string; signature: string }[] }
    const two = trusting({ threshold: 2 })
    const cases: readonly (readonly [string, string, string])[] = [
      ['the rules themselves', JSON.stringify(content), 'unsigned'],
      ['no signatures', JSON.stringify({ ...parts, signatures: [] }), 'unsigned'],
      ['a stranger’s', await signRulebook(content, [stranger]), 'unknown-key'],
      ['a stranger’s in the vendor’s name', await signRulebook(content, [{ ...stranger, id: demoVendor.id }]), 'altered'],
      ['as something else', await signRulebook(content, [demoVendor], 'cardbooth-pack+json'), 'wrong-role'],
      ['with "none"', JSON.stringify({ ...parts, signatures: [{ ...parts.signatures[0], protected: Buffer.from(`{"alg":"none","kid":"DEMO-vendor","typ":"cardbooth-rulebook+json"}`).toString('base64url') }] }), 'altered'],
    ]
    for (const [name, text, refusal] of cases) {
      write(text)
      expect(await start(), name).toEqual({ version: 2, from: 'last-good', faults: ['rulebook-refused'], refused: refusal })
    }
    write(signed)
    expect((await start(two)).refused).toBe('unsigned')
    write(await signRulebook(content, [demoVendor, demoVendor]))
    expect((await start(two)).refused).toBe('unsigned')
    write(await signRulebook(content, [demoVendor, second]))
    expect(await start(two)).toMatchObject({ version: 5, from: 'file', faults: [] })
  })

  test('with one bit changed anywhere in what is signed is refused', async () => {
    await offer({ version: 2 })
    const parts = JSON.parse(readFileSync(file(), 'utf8')) as { payload: string }
    for (const at of [0, 10, 1000, parts.payload.length - 10]) {
      const letter = parts.payload[at] === 'A' ? 'B' : 'A'
      write(JSON.stringify({ ...parts, payload: parts.payload.slice(0, at) + letter + parts.payload.slice(at + 1) }))
      expect(await start()).toMatchObject({ from: 'release', refused: 'altered' })
    }
  })

  test('for another vendor or another booth is refused', async () => {
    await offer({ version: 2, vendor: 'somebody-else' })
    expect(await start()).toEqual({ version: 1, from: 'release', faults: ['rulebook-refused'], refused: 'other-vendor vendor' })
    await offer({ version: 2, booths: ['booth-2', 'booth-3'] })
    expect((await start()).refused).toBe('other-booth booths')
    await offer({ version: 2, booths: ['booth-2', 'demo-booth-1'] })
    expect(await start()).toMatchObject({ version: 2, from: 'file' })
  })

  test('is a file beside the configuration, not a link, not too large', async () => {
    await offer({ version: 2 })
    mkdirSync(join(dir, 'elsewhere'))
    writeFileSync(join(dir, 'elsewhere/rulebook.json'), readFileSync(file()))
    rmSync(file())
    symlinkSync(join(dir, 'elsewhere/rulebook.json'), file())
    expect((await start()).refused).toBe('unreadable')
    rmSync(file())
    write(' '.repeat(1_000_001))
    expect((await start()).refused).toBe('unreadable')
  })
})

describe('what a signed rulebook may not say', () => {
  const source = (content: Record<string, unknown>) => content as { groups: { source?: string; checked?: string; zone: string; rules: Record<string, object> }[]; closedDays: { JP: object } }
  const altered = (change: (content: ReturnType<typeof source>) => void) => {
    const content = withValue('R004', 12)
    change(source(content))
    return content
  }
  const editions = (id: string, list: readonly object[]) =>
    altered(({ groups }) => {
      for (const { rules } of groups) if (rules[id]) Object.assign(rules[id], { editions: list })
    })

  test.each([
    ['a fee that is not the sum of its parts', withValue('R083', { card: 250, postage: 28, total: 279 }), 'content groups.1.rules.R083.editions.0.value'],
    ['a fee below nothing', withValue('R102', -1), 'content groups.2.rules.R102.editions.0.value'],
    ['a fee in words', withValue('R102', '250'), 'content groups.2.rules.R102.editions.0.value'],
    ['hours that close before they open', withValue('R103', { workdays: [{ from: '12:00', to: '08:30' }], offDays: [], yearEnd: [] }), 'content groups.2.rules.R103.editions.0.value.workdays.0'],
    ['hours that overlap', withValue('R103', { workdays: [{ from: '08:30', to: '12:00' }, { from: '11:00', to: '17:00' }], offDays: [], yearEnd: [] }), 'content groups.2.rules.R103.editions.0.value.workdays'],
    ['a delivery that ends before it begins', withValue('R087', { least: 10, most: 7, islandsLeast: 2, islandsMost: 3 }), 'content groups.1.rules.R087.editions.0.value'],
    ['a window that ends before it opens', withValue('R132', { expiry: '2014-10-01', from: '2014-10-02', to: '2014-10-01' }), 'content groups.2.rules.R132.editions.0.value'],
    ['a PIN of at least more than at most', withValue('R088', { url: 'https://moica.nat.gov.tw', path: ['x'], pinLeast: 8, pinMost: 6 }), 'content groups.1.rules.R088.editions.0.value'],
    ['a pattern that is none', withValue('national-id', '^[A-Z'), 'content groups.2.rules.national-id.editions.0.value'],
    ['an edition that ends before it begins', editions('R044', [{ value: 0, from: '2026-02-01', to: '2026-01-31' }]), 'content groups.0.rules.R044.editions.0'],
    ['an edition that begins before the last one ended', editions('R044', [{ value: 0, to: '2026-02-01' }, { value: 1, from: '2026-02-01' }]), 'content groups.0.rules.R044.editions'],
    ['a rule without a source', altered(({ groups }) => delete groups[0]!.source), 'content groups.0.source'],
    ['a source that is not listed', altered(({ groups }) => void (groups[0]!.source = 'hearsay')), 'content groups.0.source'],
    ['a rule without a day of checking', altered(({ groups }) => delete groups[1]!.checked), 'content groups.1.checked'],
    ['a zone of another country', altered(({ groups }) => void (groups[1]!.zone = 'Asia/Tokyo')), 'content groups.1'],
    ['a rule that is gone', altered(({ groups }) => delete groups[2]!.rules['R124']), 'content groups'],
    ['a day that does not exist', editions('R044', [{ value: 0, from: '2026-02-29' }]), 'content groups.0.rules.R044.editions.0.from'],
    ['an unknown key', { ...withValue('R004', 12), colour: 'red' }, 'content'],
    ['another schema', { ...withValue('R004', 12), schema: 'cardbooth.rulebook/2' }, 'content schema'],
    ['an end before its issue', { ...withValue('R004', 12), expires: '2026-11-21' }, 'content expires'],
  ])('%s', async (_name, content, refused) => {
    write(await signRulebook(content, [demoVendor]))
    expect(await start()).toEqual({ version: 1, from: 'release', faults: ['rulebook-refused'], refused })
  })
})

test('a production booth believes no DEMO key', () => {
  const { bench: _bench, ...demo } = trusting()
  const parsed = configurationSchema.safeParse({ ...demo, mode: 'production' })
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain('rulebook.keys.0.id')
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).not.toContain('rulebook.keys.1.id')
})

describe('for vendors', () => {
  test('a folder of rules is checked and signed, and a booth believes it; with a mistake in it, it is not signed', async () => {
    const data = join(dir, 'data-of-vendor')
    cpSync(join(import.meta.dirname, '../../../main/rulebook/data'), data, { recursive: true })
    const edition = { ...(JSON.parse(readFileSync(join(data, 'edition.json'), 'utf8')) as object), version: 12, expires: '2027-12-31' }
    writeFileSync(join(data, 'edition.json'), JSON.stringify(edition))
    expect(await sign(['--data', data, '--out', file()])).toEqual({ line: { file: file(), version: 12, vendor: 'cardbooth', expires: '2027-12-31', signedBy: ['DEMO-vendor'] } })
    expect(await check([file()])).toMatchObject({ ok: true, line: { ok: true, version: 12 } })
    expect(await check([file(), '--vendor', 'another'])).toMatchObject({ ok: false, line: { refusal: 'other-vendor' } })
    expect(await start()).toMatchObject({ version: 12, from: 'file' })

    writeFileSync(join(data, 'edition.json'), JSON.stringify({ ...edition, expires: '2026-01-01' }))
    expect(await sign(['--data', data, '--out', join(dir, 'wrong.json')])).toEqual({ problem: 'expires: expires before it is issued' })
    expect(existsSync(join(dir, 'wrong.json'))).toBe(false)
  })
})
