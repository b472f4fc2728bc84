import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeFileDurably } from '../disk/durable-file.ts'
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

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const folderIn = (data: string) => join(data, 'last-good')
/** A copy stands in for the very file that it is a copy of, never for another configuration that this data folder was once started with. */
const copyOf = (file: string, data: string) => join(folderIn(data), `booth-${fingerprint(resolve(file))}.json`)

/** Chooses the configuration of the booth whose data folder is `data`. */
export function chooseConfiguration(file: string, data: string): Chosen {
  const read = readConfiguration(file)
  if (read.ok) return { file, read, refused: [] }
  const copy = copyOf(file, data)
  const last = readConfiguration(copy)
  return last.ok ? { file: copy, read: last, refused: read.problems } : { file, read, refused: [] }
}

/**
 * Keeps what was read from `file` as its last good copy. The pack is written first and under a name of its own, so that a power cut at any moment leaves a
 * whole pair, the old one or the new one. Throws what the disk throws.
 */
export function keepLastGood(file: string, data: string, texts: ConfigurationTexts): void {
  const copy = copyOf(file, data)
  const pack = `pack-${fingerprint(texts.pack)}.json`
  const content = JSON.stringify({ ...(JSON.parse(texts.configuration) as object), pack })
  const kept = readJsonFile(copy)
  if (kept.ok && kept.text === content && readJsonFile(join(folderIn(data), pack)).ok) return
  mkdirSync(folderIn(data), { recursive: true, mode: 0o700 })
  writeFileDurably(join(folderIn(data), pack), Buffer.from(texts.pack))
  writeFileDurably(copy, Buffer.from(content))
  for (const name of readdirSync(folderIn(data))) if (name !== pack && join(folderIn(data), name) !== copy) rmSync(join(folderIn(data), name))
}
