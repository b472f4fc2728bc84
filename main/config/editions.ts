import type { Edition } from '../session/records.ts'
import type { ConfigurationProblem } from './read-configuration.ts'

/** A version each: of the signed pack and of the signed rulebook. */
export type Editions = Readonly<Record<Edition['what'], number>>

/** What is in force for the first time, and what was in force once and is gone, with what is wrong. */
export interface JudgedEditions {
  readonly fresh: readonly Edition[]
  readonly gone: readonly (ConfigurationProblem & Edition)[]
}

/**
 * Compares what is in force (0: nothing signed is) with the `newest` that ever was, as the journal knows: whoever takes the newest away does not bring an older one
 * back unseen (C08 to C11). `inForce` leaves out what the configuration does not ask for.
 */
export function judgeEditions(newest: Editions, inForce: Partial<Editions>): JudgedEditions {
  const editions = (['pack', 'rulebook'] as const).flatMap((what) => (inForce[what] === undefined ? [] : [{ what, version: inForce[what] }]))
  return {
    fresh: editions.filter(({ what, version }) => version > newest[what]),
    gone: editions
      .filter(({ what, version }) => version < newest[what])
      .map(({ what }) => ({ what, version: newest[what], file: `${what} ${newest[what]}`, path: '', reason: 'was in force on this booth, and is gone' })),
  }
}
