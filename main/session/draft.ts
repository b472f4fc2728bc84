import type { Effect, Facts, Refusal } from './events.ts'
import type { JournalRecord } from './records.ts'
import type { State, Visit, Wait } from './state.ts'

/** One step in the making: the state so far, and what is to be recorded and done once it is durable. Lives only inside `step`. */
export interface Draft {
  state: State
  readonly records: JournalRecord[]
  readonly effects: Effect[]
  refusal: Refusal
  readonly facts: Facts
}

/** Changes the state's own fields. */
export function change(draft: Draft, patch: Partial<State>): void {
  draft.state = { ...draft.state, ...patch }
}

/** Holds a fault until somebody has looked after it, or the booth starts again. */
export function latch(draft: Draft, fault: State['latched'][number]): void {
  if (!draft.state.latched.includes(fault)) change(draft, { latched: [...draft.state.latched, fault] })
}

/** Changes the visit; there must be one. */
export function changeVisit(draft: Draft, patch: Partial<Visit>): Visit {
  const visit = { ...visitOf(draft), ...patch }
  draft.state = { ...draft.state, visit }
  return visit
}

/** The visit; a draft without one is a bug of the caller. */
export function visitOf(draft: Draft): Visit {
  if (!draft.state.visit) throw new Error('no visit')
  return draft.state.visit
}

/** Sets or, with null, ends a wait of the visit. */
export function wait(draft: Draft, kind: Wait, ms: number | null): void {
  const { [kind]: _ended, ...others } = visitOf(draft).waits
  changeVisit(draft, { waits: ms === null ? others : { ...others, [kind]: draft.facts.monotonic + ms } })
}
