import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The last good copy of a configuration file, as it lies in a booth's data folder. */
export interface KeptCopy {
  readonly file: string
  /** Whether the configuration file says now what it said when the copy was made. */
  readonly isOfNow: boolean
}

export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
export const copiesIn = (data: string): string => join(data, 'last-good')
/** A copy stands in for the very file that it is a copy of, never for another configuration that this data folder was once started with. */
const prefixOf = (file: string) => `booth-${fingerprint(resolve(file))}-`
/** The name of the copy of `file` when it says `text`. */
export const copyName = (file: string, text: string): string => `${prefixOf(file)}${fingerprint(text)}.json`

/** Finds the copy of `file`; null when there is none. Nothing is checked here, so that it costs next to nothing. */
export function keptCopy(file: string, data: string): KeptCopy | null {
  const names = namesIn(copiesIn(data)).filter((name) => name.startsWith(prefixOf(file)))
  const current = copyName(file, textOf(file))
  const name = names.find((one) => one === current) ?? names[0]
  return name === undefined ? null : { file: join(copiesIn(data), name), isOfNow: name === current }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return ''
  }
}
