import { identifiers, identifiersIn } from './identifiers.ts'

/** What is not proved by a test: an identifier and why, in a few words. */
export interface ProofMap {
  readonly later: Readonly<Record<string, string>>
  readonly cannot: Readonly<Record<string, string>>
}

/** How the map stands beside the tests that passed. */
export interface Comparison {
  readonly proved: number
  readonly later: number
  readonly cannot: number
  /** One sentence for each thing that is not true; empty when the map is. */
  readonly problems: readonly string[]
}

/** Compares `map` with the titles of the tests that passed. */
export function compareProof(map: ProofMap, passedTitles: Iterable<string>): Comparison {
  const proved = new Map<string, string>()
  for (const title of passedTitles) for (const id of identifiersIn(title)) proved.set(id, title)

  const entries = [...Object.entries(map.later), ...Object.entries(map.cannot)]
  const listed = new Set(entries.map(([id]) => id))
  const problems = [
    ...[...proved].filter(([id]) => !identifiers.has(id)).map(([id, title]) => `${id} is no identifier, but a test carries it: ${title}`),
    ...entries.filter(([id]) => !identifiers.has(id)).map(([id]) => `${id} is no identifier, but stands in proof.json`),
    ...entries.filter(([, reason]) => reason.trim() === '').map(([id]) => `${id} stands in proof.json without a reason`),
    ...Object.keys(map.later).filter((id) => id in map.cannot).map((id) => `${id} stands in proof.json under later and under cannot`),
    ...entries.filter(([id]) => proved.has(id)).map(([id]) => `${id} is proved, take it out of proof.json: ${proved.get(id)}`),
    ...[...identifiers].filter((id) => !proved.has(id) && !listed.has(id)).map((id) => `${id} has no passed test and no entry in proof.json`),
  ]
  const known = [...proved.keys()].filter((id) => identifiers.has(id))
  return { proved: known.length, later: Object.keys(map.later).length, cannot: Object.keys(map.cannot).length, problems }
}
