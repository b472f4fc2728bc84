import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from '../disk/durable-file.ts'
import { type InstalledPack, readInstalled } from './installed-packs.ts'
import { copiesIn, copyName, fingerprint, keptCopy } from './kept-copy.ts'
import { installedVersions } from './pack-folders.ts'
import { type ConfigurationProblem, type ConfigurationTexts, isOf, readConfiguration, type ReadConfiguration } from './read-configuration.ts'
import { readJsonFile } from './read-json-file.ts'
import { packBearer } from './vendor-trust.ts'

/** The configuration to run on: what was given, with the newest good pack; or, when that is refused, the last good copy of the same file. */
export interface Chosen {
  /** The file that all processes of this booth read; what a pack says in its place none but the booth needs. */
  readonly file: string
  readonly read: ReadConfiguration
  /** The signed pack in force; null where there is none, or a copy stands in. */
  readonly signed: InstalledPack | null
  /** What is wrong with the given file when its last good copy stands in for it; else empty. */
  readonly refused: readonly ConfigurationProblem[]
  /** What is wrong with packs that are newer than the one in force. */
  readonly refusedPacks: readonly ConfigurationProblem[]
}

type Tried = Pick<Chosen, 'read' | 'signed' | 'refusedPacks'>

/** Chooses the configuration of the booth whose data folder is `data`. */
export async function chooseConfiguration(file: string, data: string): Promise<Chosen> {
  const tried = await tryPacks(file, data)
  const copy = tried.read.ok ? null : keptCopy(file, data)
  const last = copy && readConfiguration(copy.file, { kept: true })
  if (!tried.read.ok && copy && last?.ok) return { file: copy.file, read: last, signed: null, refused: tried.read.problems, refusedPacks: tried.refusedPacks }
  return { file, refused: [], ...tried }
}

/** The given file with the newest pack that is good together with it. A booth that was given packs never runs without one: what it sold by them, it sells by them. */
async function tryPacks(file: string, data: string): Promise<Tried> {
  const versions = installedVersions(data)
  const given = versions.length > 0 ? readJsonFile(file) : null
  const bearer = given?.ok ? packBearer.safeParse(given.content).data : undefined
  const refusedPacks: ConfigurationProblem[] = []
  for (const version of bearer ? versions : []) {
    const installed = await readInstalled(data, version, bearer!.packs, bearer!.booth.id)
    const read: ReadConfiguration = installed.ok
      ? readConfiguration(file, { signed: installed.pack })
      : { ok: false, problems: [{ file: `pack ${version}`, path: installed.path, reason: installed.reason }] }
    if (read.ok) return { read, signed: installed.ok ? installed.pack : null, refusedPacks }
    // What is wrong with the booth's own file no other pack can mend.
    if (installed.ok && !read.problems.some((problem) => isOf(installed.pack, problem))) return { read, signed: null, refusedPacks }
    refusedPacks.push(...read.problems)
  }
  if (refusedPacks.length > 0) return { read: { ok: false, problems: refusedPacks }, signed: null, refusedPacks }
  return { read: readConfiguration(file), signed: null, refusedPacks }
}

/**
 * Keeps what was read from `file` as its last good copy, with what a signed pack said in its place. The pack is written first and under a name of its own, so that a
 * power cut at any moment leaves a whole pair, the old one or the new one. Throws what the disk throws.
 */
export function keepLastGood(file: string, data: string, texts: ConfigurationTexts): void {
  const folder = copiesIn(data)
  const copy = copyName(file, texts.configuration)
  const pack = `pack-${fingerprint(texts.pack)}.json`
  const content = JSON.stringify({ ...(JSON.parse(texts.configuration) as object), ...texts.offer, pack })
  const kept = readJsonFile(join(folder, copy))
  if (kept.ok && kept.text === content && readJsonFile(join(folder, pack)).ok) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileDurably(join(folder, pack), Buffer.from(texts.pack))
  writeFileDurably(join(folder, copy), Buffer.from(content))
  for (const name of readdirSync(folder)) if (name !== pack && name !== copy) rmSync(join(folder, name))
}
