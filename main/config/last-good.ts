import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from '../disk/durable-file.ts'
import { copiesIn, copyName, fingerprint, keptCopy } from './kept-copy.ts'
import { type ConfigurationProblem, type ConfigurationTexts, readConfiguration, type ReadConfiguration } from './read-configuration.ts'
import { readJsonFile } from './read-json-file.ts'

/** The configuration to run on: what was given, or, when that is refused, the last good copy of the same file. */
export interface Chosen {
  /** The file that all processes of this booth read. */
  readonly file: string
  readonly read: ReadConfiguration
  /** What is wrong with the given file when its last good copy stands in for it; else empty. */
  readonly refused: readonly ConfigurationProblem[]
}

/** Chooses the configuration of the booth whose data folder is `data`. */
export function chooseConfiguration(file: string, data: string): Chosen {
  const read = readConfiguration(file)
  const copy = read.ok ? null : keptCopy(file, data)
  const last = copy && readConfiguration(copy.file)
  return !read.ok && copy && last?.ok ? { file: copy.file, read: last, refused: read.problems } : { file, read, refused: [] }
}

/**
 * Keeps what was read from `file` as its last good copy. The pack is written first and under a name of its own, so that a power cut at any moment leaves a
 * whole pair, the old one or the new one. Throws what the disk throws.
 */
export function keepLastGood(file: string, data: string, texts: ConfigurationTexts): void {
  const folder = copiesIn(data)
  const copy = copyName(file, texts.configuration)
  const pack = `pack-${fingerprint(texts.pack)}.json`
  const content = JSON.stringify({ ...(JSON.parse(texts.configuration) as object), pack })
  const kept = readJsonFile(join(folder, copy))
  if (kept.ok && kept.text === content && readJsonFile(join(folder, pack)).ok) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileDurably(join(folder, pack), Buffer.from(texts.pack))
  writeFileDurably(join(folder, copy), Buffer.from(content))
  for (const name of readdirSync(folder)) if (name !== pack && name !== copy) rmSync(join(folder, name))
}
