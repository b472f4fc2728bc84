import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { installPack } from '../config/install-pack.ts'
import { judgePack } from '../config/judge-pack.ts'
import { chooseConfiguration } from '../config/last-good.ts'
import { noteRefusedInstall } from '../config/refused-installs.ts'
import { readJsonFile } from '../config/read-json-file.ts'
import { packManifest } from '../config/signed-pack.ts'
import { writeFileDurably } from '../disk/durable-file.ts'
import { commandLine, here, stopWith } from './command-line.ts'
import { makePack, manifestOf, type PackEdition } from './make-pack.ts'
import { readVendorKeys } from './vendor-keys.ts'

/** `packs sign|verify|install|show`: signed packs, at the vendor's and at the booth. One JSON object a line; exit code 0 when what was asked holds. */
const usage = `usage: npm run packs -- verify|install FILE --config FILE --data DIR
       npm run packs -- show --config FILE --data DIR
       npm run packs -- sign FOLDER [--key FILE]... --out FILE
  verify   whether this booth takes the pack; nothing is written
  install  the same, and installs it: the booth takes it at its next start, and journals there what was refused
  show     the pack in force
  sign     a pack of the folder's files; its edition.json says vendor, version, booths, hardware and issued`

const string = { type: 'string' } as const
const options = { config: string, data: string, out: string, key: { type: 'string', multiple: true } } as const

const { values, positionals } = commandLine({ options, allowPositionals: true }, usage)
const [act = '', target = '', ...others] = positionals
const named = (path: string | undefined) => here(path || stopWith(usage))
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const place = () => ({ configuration: named(values.config), data: named(values.data) })

async function take(install: boolean): Promise<boolean> {
  const judged = await judgePack(named(target), place())
  if (!judged.ok) {
    const { refusal, path, reason } = judged
    say({ file: target, ok: false, refusal, path, reason })
    if (install) noteRefusedInstall(place().data, { file: basename(target), path, reason: `${refusal}: ${reason}` })
    return false
  }
  if (install) installPack(place().data, judged.pack, judged.signed)
  const { vendor, version, issued, files } = judged.pack.manifest
  say({ file: target, ok: true, vendor, version, issued, files: files.map(({ name }) => name), installed: install })
  return true
}

const acts: Readonly<Record<string, () => Promise<boolean>>> = {
  verify: () => take(false),
  install: () => take(true),
  async show() {
    const { configuration, data } = place()
    const { read, signed, refused, refusedPacks } = await chooseConfiguration(configuration, data)
    for (const problem of new Set([...refusedPacks, ...refused, ...(read.ok ? [] : read.problems)])) say({ event: 'refused', ...problem })
    const { version, vendor, issued } = signed?.manifest ?? { version: null, vendor: null, issued: null }
    say({ event: 'pack', version, vendor, issued })
    return read.ok && refusedPacks.length + refused.length === 0
  },
  async sign() {
    const folder = named(target)
    const edition = readJsonFile(join(folder, 'edition.json'))
    if (!edition.ok) return stopWith(`${join(folder, 'edition.json')} ${edition.reason}`)
    const names = readdirSync(folder).filter((name) => name !== 'edition.json').sort()
    const files = names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    const checked = packManifest.safeParse(manifestOf(edition.content as PackEdition, files))
    if (!checked.success) return stopWith(checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
    const out = named(values.out)
    writeFileDurably(out, await makePack(edition.content as PackEdition, files, readVendorKeys((values.key ?? []).map(here))))
    say({ file: basename(out), files: names })
    return true
  },
}
const run = acts[act] ?? stopWith(usage)
if (others.length > 0 || (act === 'show' && target !== '')) stopWith(usage)
process.exitCode = (await run()) ? 0 : 1
