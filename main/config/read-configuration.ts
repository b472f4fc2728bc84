import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { configuration, type Configuration } from './configuration.ts'
import { operatorPack, type OperatorPack } from './operator-pack.ts'

/** A configuration larger than this is refused unread. */
const largestFileBytes = 1_000_000

/** What is wrong with a file, in the words of whoever has to mend it. */
export interface ConfigurationProblem {
  readonly file: string
  /** Where in the file, e.g. `cash.coins[2].value`; empty for the file itself. */
  readonly path: string
  readonly reason: string
}

export type ReadConfiguration =
  | { readonly ok: true; readonly configuration: Configuration; readonly pack: OperatorPack }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }

type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }

/** Writes a zod path as people write it: `cash.coins[2].value`. */
function readablePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), '')
}

function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Parsed<z.infer<Schema>> {
  const problem = (reason: string, path = ''): Parsed<z.infer<Schema>> => ({ ok: false, problems: [{ file, path, reason }] })
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    return problem(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
  if (bytes.length > largestFileBytes) return problem(`is larger than ${largestFileBytes} bytes`)
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return problem('is not UTF-8')
  }
  let content: unknown
  try {
    content = JSON.parse(source)
  } catch (error) {
    return problem(`is not JSON: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, problems: parsed.error.issues.map((issue) => ({ file, path: readablePath(issue.path), reason: issue.message })) }
}

/** Reads a booth's configuration and the operator's pack beside it; every problem is named with its exact path. */
export function readConfiguration(file: string): ReadConfiguration {
  const read = readJson(file, configuration)
  if (!read.ok) return read
  const pack = readJson(join(dirname(file), read.value.pack), operatorPack(read.value.languages))
  if (!pack.ok) return pack
  return { ok: true, configuration: read.value, pack: pack.value }
}
