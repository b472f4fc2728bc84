import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileDurably } from '../disk/durable-file.ts'
import type { ConfigurationProblem } from './read-configuration.ts'
import { readJsonFile } from './read-json-file.ts'

/** More refusals than this between two starts are counted by nobody: the newest stay. */
const most = 8
const fileIn = (data: string) => join(data, 'packs-refused.json')
const problems = z.array(z.strictObject({ file: z.string(), path: z.string(), reason: z.string() }))

/** Packs that were refused when somebody wanted to install them, since the booth was last started; none where the note cannot be read. */
export function refusedInstalls(data: string): readonly ConfigurationProblem[] {
  const read = existsSync(fileIn(data)) ? readJsonFile(fileIn(data)) : null
  return (read?.ok && problems.safeParse(read.content).data) || []
}

/** Notes a refusal for the journal, which a running booth alone may write (C08 to C11). Throws what the disk throws. */
export function noteRefusedInstall(data: string, problem: ConfigurationProblem): void {
  if (!existsSync(data)) return
  writeFileDurably(fileIn(data), Buffer.from(JSON.stringify([...refusedInstalls(data), problem].slice(-most))))
}

/** The journal has them. */
export function forgetRefusedInstalls(data: string): void {
  rmSync(fileIn(data), { force: true })
}
