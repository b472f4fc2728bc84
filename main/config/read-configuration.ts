import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { configuration, type Configuration } from './configuration.ts'
import { operatorPack, type OperatorPack } from './operator-pack.ts'
import { readJsonFile } from './read-json-file.ts'

/** What is wrong with a file, in the words of whoever has to mend it. */
export interface ConfigurationProblem {
  readonly file: string
  /** Where in the file, e.g. `cash.coins[2].value`; empty for the file itself. */
  readonly path: string
  readonly reason: string
}

/** The two files as they were read, word for word. */
export interface ConfigurationTexts {
  readonly configuration: string
  readonly pack: string
}

export type ReadConfiguration =
  | { readonly ok: true; readonly configuration: Configuration; readonly pack: OperatorPack; readonly texts: ConfigurationTexts }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }

/** Writes a zod path as people write it: `cash.coins[2].value`. */
function readablePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), '')
}

type Parsed<Value> =
  | { readonly ok: true; readonly value: Value; readonly text: string }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }

function readChecked<Schema extends z.ZodType>(file: string, schema: Schema, how?: { readonly plain: boolean }): Parsed<z.infer<Schema>> {
  const read = readJsonFile(file, how)
  if (!read.ok) return { ok: false, problems: [{ file, path: '', reason: read.reason }] }
  const parsed = schema.safeParse(read.content)
  if (parsed.success) return { ok: true, value: parsed.data, text: read.text }
  return { ok: false, problems: parsed.error.issues.map((issue) => ({ file, path: readablePath(issue.path), reason: issue.message })) }
}

/** Reads a booth's configuration and the operator's pack beside it; every problem is named with its exact path. */
export function readConfiguration(file: string): ReadConfiguration {
  const read = readChecked(file, configuration)
  if (!read.ok) return read
  const pack = readChecked(join(dirname(file), read.value.pack), operatorPack(read.value.languages), { plain: true })
  if (!pack.ok) return pack
  return { ok: true, configuration: read.value, pack: pack.value, texts: { configuration: read.text, pack: pack.text } }
}
