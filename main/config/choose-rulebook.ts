import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FaultCode } from '../../hardware/faults.ts'
import type { CivilDate } from '../contract/date.ts'
import { writeFileDurably } from '../disk/durable-file.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Configuration } from './configuration.ts'
import { isExpired, judgeAge, readSignedRulebook, type RulebookRefusal, type VerifiedRulebook } from './signed-rulebook.ts'

/** Why the file that the configuration names is not the rulebook in force. */
export interface RefusedRulebook {
  readonly file: string
  readonly path: string
  readonly refusal: RulebookRefusal
  readonly reason: string
}

/** The rulebook to run on, where it comes from, and what is wrong with the one that was offered. */
export interface ChosenRulebook {
  readonly rulebook: Rulebook
  readonly from: 'file' | 'last-good' | 'release'
  readonly faults: readonly FaultCode[]
  readonly refused: RefusedRulebook | null
  /** A new good rulebook, word for word, to be kept before it is used: `keepRulebook`. */
  readonly toKeep: string | null
}

/** Where the last good rulebook lies in a booth's data folder. */
const lastGoodIn = (data: string) => join(data, 'rulebook', 'last-good.json')

/** Read only where it is needed: a start has no time for rules that it does not run on. */
async function ofRelease(): Promise<ChosenRulebook> {
  const { builtInRulebook } = await import('../rulebook/built-in.ts')
  return { rulebook: builtInRulebook, from: 'release', faults: [], refused: null, toKeep: null }
}

type Good = Extract<VerifiedRulebook, { ok: true }>

/**
 * The rulebook of the booth whose data lies in `data`, on `today`: the signed one, beside the configuration or where else `place` says that it lies, when it is
 * good and not older than the last good one; else that one, which is kept whatever happens; else the release's own.
 */
export async function chooseRulebook(configuration: Configuration, place: (name: string) => string, data: string, today: CivilDate): Promise<ChosenRulebook> {
  const trust = configuration.rulebook
  if (!trust) return ofRelease()
  const offeredFile = place(trust.file)
  const verify = (one: string) => readSignedRulebook(one, trust, configuration.booth.id)
  const offered = await verify(offeredFile)
  // As at almost every start: the one that was kept, word for word.
  if (offered.ok && isText(lastGoodIn(data), offered.text)) return inUse(offered, 'file', today)

  const kept = await verify(lastGoodIn(data))
  const inForce = kept.ok ? kept : null
  if (offered.ok && offered.payload === inForce?.payload) return inUse(offered, 'file', today)

  const age = offered.ok ? judgeAge(offered, inForce, today) : null
  if (offered.ok && age === null) {
    return { ...inUse(offered, 'file', today), toKeep: offered.text }
  }
  const refused = offered.ok
    ? { file: offeredFile, path: age === 'expired' ? 'expires' : 'version', refusal: age!, reason: ageInWords(age!, offered, inForce) }
    : { file: offeredFile, path: offered.path, refusal: offered.refusal, reason: offered.reason }
  const fallback: ChosenRulebook = inForce ? inUse(inForce, 'last-good', today) : await ofRelease()
  const fault: FaultCode = age === 'expired' ? 'rulebook-stale' : 'rulebook-refused'
  return { ...fallback, faults: [...new Set([fault, ...fallback.faults])], refused }
}

function inUse({ rulebook }: Good, from: ChosenRulebook['from'], today: CivilDate): ChosenRulebook {
  return { rulebook, from, faults: isExpired(rulebook, today) ? ['rulebook-stale'] : [], refused: null, toKeep: null }
}

function isText(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text
  } catch {
    return false
  }
}

function ageInWords(age: NonNullable<ReturnType<typeof judgeAge>>, { rulebook }: Good, inForce: Good | null): string {
  if (age === 'expired') return `was good until ${rulebook.expires}`
  return age === 'older' ? `is version ${rulebook.version}, and ${inForce?.rulebook.version} is in force` : `is another version ${rulebook.version} than the one in force`
}

/** Keeps a rulebook as the last good one, so that no older one is taken after it. Throws what the disk throws. */
export function keepRulebook(data: string, text: string): void {
  const file = lastGoodIn(data)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileDurably(file, Buffer.from(text))
}
