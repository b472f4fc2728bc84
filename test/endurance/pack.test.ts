import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPack } from '../../main/config/install-pack.ts'
import { judgePack } from '../../main/config/judge-pack.ts'
import { chooseConfiguration } from '../../main/config/last-good.ts'
import { boothWithPacks, pricedPack } from '../support/signed-packs.ts'
import { flushes, operations, unreliableDisk } from './support/unreliable-disk.ts'

const installer = join(import.meta.dirname, 'support/installer.ts')

let dir = ''
let configuration = ''
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-activation-'))
  configuration = boothWithPacks(dir)
  for (const version of [6, 7]) writeFileSync(join(dir, `${version}.zip`), await pricedPack(version, version * 100))
  await install(join(dir, 'prepared'), 6)
  await install(join(dir, 'complete'), 7)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function install(data: string, version: number): Promise<void> {
  const judged = await judgePack(join(dir, `${version}.zip`), { configuration, data })
  if (!judged.ok) throw new Error(`${judged.refusal} ${judged.path}: ${judged.reason}`)
  installPack(data, judged.pack, judged.signed)
}

/** All that a pack's folder holds. */
const tree = (folder: string) => Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

test.each([
  ['killed before every operation on the disk', operations, false],
  ['with the power cut at every flush', flushes, true],
] as const)(
  'F04 %s of an activation: the old pack or the new one, whole, and which one is told',
  async (_how, kinds, powerCut) => {
    const wanted: Readonly<Record<number, object>> = { 6: tree(join(dir, 'prepared/packs/6')), 7: tree(join(dir, 'complete/packs/7')) }
    const data = join(dir, 'data')
    const seen: number[] = []
    for (let after = 0, whole = false; !whole; after += 1) {
      for (const name of ['data', 'shadow']) rmSync(join(dir, name), { recursive: true, force: true })
      cpSync(join(dir, 'prepared'), data, { recursive: true })
      const disk = unreliableDisk(data, { orders: join(dir, 'orders'), ...(powerCut && { shadow: join(dir, 'shadow') }) })
      disk.order({ kinds, after, times: 1, act: 'kill-before' })
      const [program = '', ...rest] = [...disk.wrapper, process.execPath, installer, join(dir, 'complete/packs/7'), data]
      const { signal, status, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
      whole = signal === null
      if (whole) expect(status, stderr).toBe(0)
      if (powerCut) disk.cutPower()
      const { read, signed, refusedPacks } = await chooseConfiguration(configuration, data)
      const version = signed?.manifest.version ?? 0
      expect([6, 7]).toContain(version)
      expect(refusedPacks).toEqual([])
      expect(tree(join(data, 'packs', String(version)))).toEqual(wanted[version])
      expect(read).toMatchObject({ ok: true, pack: { version: `texts ${version}` }, configuration: { services: { 'jp-photo': { price: version * 100 } } } })
      seen.push(version)
      if (version === 6) {
        await install(data, 7)
        expect((await chooseConfiguration(configuration, data)).signed?.manifest.version).toBe(7)
        expect(existsSync(join(data, 'packs/incoming'))).toBe(false)
      }
    }
    expect(seen.at(0)).toBe(6)
    expect(seen.at(-1)).toBe(7)
    expect(seen).toEqual([...seen].sort())
    expect(seen.filter((version) => version === 6).length).toBeGreaterThan(3)
  },
  120_000,
)
