import type { CivilDate } from '../../main/contract/date.ts'
import type { Zone } from '../../main/rulebook/civil-date.ts'
import type { Rulebook } from '../../main/rulebook/rulebook.ts'
import type { Machine } from '../../main/rulebook/state-machines.ts'

/** A number's case with an authority: where it stands, and the days and words that its clocks need. Nothing of it names a person. */
export interface Case {
  readonly state: string
  readonly facts: Readonly<Record<string, string>>
}

/** How an authority goes about its cases: the machine of the rulebook, what the calendar does by itself, and what is told. */
export interface Procedure {
  readonly machine: Machine
  readonly zone: Zone
  /** The operation and the field by which a booth asks where a case stands. */
  readonly operation: string
  readonly field: string
  /** What a number looks like. */
  readonly number: RegExp
  /** Where a case begins, and from where it can begin anew. */
  readonly begin: string
  /** What goes on beside the machine, each a fact of its own: the lock of the chip, the code. */
  readonly regions: Readonly<Record<string, { readonly machine: Machine; readonly begin: string }>>
  /** What happens today without anybody's doing: a deadline, a window, the post. */
  due(book: Rulebook, { state, facts }: Case, today: CivilDate): string | null
  /** What an event adds to the facts, or takes away (null); beside `given`, which the operator said. */
  facts(book: Rulebook, event: string, { state, facts }: Case, today: CivilDate): Readonly<Record<string, string | null>>
  /** Which facts a booth is told besides the state. */
  readonly told: readonly string[]
}

const eventsOf = (machine: Machine, state: string) => (Object.hasOwn(machine, state) ? (machine[state] ?? {}) : {})
const follow = (machine: Machine, state: string, event: string): string | null => (Object.hasOwn(eventsOf(machine, state), event) ? (eventsOf(machine, state)[event] ?? null) : null)

/** Where `event` leads a case on `today`; null when it has no place there. `given` are facts that come with it. */
export function happen(book: Rulebook, procedure: Procedure, current: Case, event: string, today: CivilDate, given: Readonly<Record<string, string>> = {}): Case | null {
  const isOver = Object.keys(eventsOf(procedure.machine, current.state)).length === 0
  // Who applies anew after the end has a new case.
  const from: Case = isOver && event === 'apply' ? { state: procedure.begin, facts: {} } : current
  const regions = from.state === procedure.begin ? {} : procedure.regions
  const beside = Object.entries(regions).flatMap(([name, { machine, begin }]) => {
    const next = follow(machine, from.facts[name] ?? begin, event)
    return next === null ? [] : [[name, next] as const]
  })
  const state = follow(procedure.machine, from.state, event) ?? (beside.length > 0 ? from.state : null)
  if (state === null) return null
  const merged: Record<string, string | null> = { ...from.facts, ...Object.fromEntries(beside), ...procedure.facts(book, event, from, today), ...given }
  return { state, facts: Object.fromEntries(Object.entries(merged).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))) }
}

/** A case as it stands on `today`, after everything that the calendar did by itself since somebody looked at it last. */
export function settled(book: Rulebook, procedure: Procedure, current: Case, today: CivilDate): Case {
  const event = procedure.due(book, current, today)
  const next = event === null ? null : happen(book, procedure, current, event, today)
  return next ? settled(book, procedure, next, today) : current
}
