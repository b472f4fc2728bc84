import type { Clock } from '../../hardware/clock.ts'
import type { BoothEvent, Effect, Facts, Refusal } from './events.ts'
import type { JournalRecord } from './records.ts'
import type { State } from './state.ts'
import { step } from './step.ts'
import { nextDue } from './time.ts'

/** What the runner leans on. */
export interface RunnerPorts {
  readonly clock: Clock
  facts(): Facts
  /** Makes the records durable, all or none; false when that failed: then nothing of this event happened. */
  append(records: readonly JournalRecord[]): boolean
  perform(effect: Effect): void
  /** The state is another one now. */
  changed(state: State): void
}

export interface Runner {
  state(): State
  /** Steps the booth by one event, in turn. The answer is the refusal of a command, `not-possible` when its records could not be made durable. */
  dispatch(event: BoothEvent): Refusal
  /** No further event is stepped, no wait runs out. */
  stop(): void
}

const tick: BoothEvent = { kind: 'tick' }

/** What could not be recorded is tried again after this time: a wait that is over, and what is told only once. */
const retryMs = 1_000

/**
 * Under which name an event is kept until it can be recorded; the last of a name counts. Null for what comes again by itself (coins, ticks) or is the resident's
 * to say again.
 */
function toldOnce(event: BoothEvent): string | null {
  switch (event.kind) {
    case 'device':
      if (event.message.kind === 'health') return `health ${event.message.device}`
      if (event.message.device === 'hopper') return event.message.event.kind === 'settled' ? `settled ${event.message.event.id}` : 'hoppers'
      if (event.message.device === 'cabinet') return event.message.event.kind === 'switch' ? `switch ${event.message.event.role} ${event.message.event.name}` : null
      return event.message.device === 'printer' || event.message.device === 'sheet-printer' ? `printed ${event.message.event.job}` : null
    case 'slip-lost':
    case 'sheet-lost':
    case 'sheet-not-drawn':
      return `printed ${event.job}`
    case 'handed-over':
      return `handed over ${event.visit}`
    case 'sealed':
    case 'not-sealed':
      return `sealed ${event.key}`
    case 'sent':
      return `sent ${event.application.key}`
    case 'outbox':
      return `outbox ${event.fault}`
    case 'started':
    case 'devices-lost':
    case 'screen-fault':
      return event.kind
    case 'page-lost':
      return 'camera'
    case 'command':
      return event.name === 'camera' || event.name === 'models-altered' ? event.name : null
    default:
      return null
  }
}

/** The one queue of the booth: an event is stepped only after the records of the last one are durable, and nothing is done or shown before. */
export function createRunner(initial: State, ports: RunnerPorts): Runner {
  let state = initial
  let stopped = false
  let stepping = false
  let retryAt = 0
  let cancelTimer = () => {}
  const queue: BoothEvent[] = []
  const unrecorded = new Map<string, BoothEvent>()

  const stepOnce = (event: BoothEvent): Refusal => {
    const name = toldOnce(event)
    if (name !== null) unrecorded.delete(name)
    const stepped = step(state, event, ports.facts())
    if (stepped.records.length > 0) {
      const durable = ports.append(stepped.records)
      // Until then, whatever else happens: the storage is not asked again and again for the same.
      retryAt = durable ? 0 : ports.clock.monotonic() + retryMs
      if (!durable) {
        if (name !== null) unrecorded.set(name, event)
        return 'not-possible'
      }
    }
    const changed = stepped.state !== state
    state = stepped.state
    // Shown first: a resident waits for the screen, no device for a message.
    if (changed) ports.changed(state)
    for (const effect of stepped.effects) ports.perform(effect)
    return stepped.refusal
  }

  const scheduleTick = () => {
    cancelTimer()
    const due = unrecorded.size > 0 ? retryAt : nextDue(state)
    if (due === null || stopped) return
    const now = ports.clock.monotonic()
    cancelTimer = ports.clock.after(Math.max(due, retryAt, now) - now, () => {
      const [first = tick, ...others] = [...unrecorded.values(), tick]
      queue.push(...others)
      dispatch(first)
    })
  }

  const dispatch = (event: BoothEvent): Refusal => {
    if (stopped) return 'no-booth'
    if (stepping) {
      queue.push(event)
      return null
    }
    stepping = true
    try {
      const refusal = stepOnce(event)
      for (let next = queue.shift(); next; next = queue.shift()) stepOnce(next)
      return refusal
    } finally {
      stepping = false
      scheduleTick()
    }
  }

  return {
    state: () => state,
    dispatch,
    stop() {
      stopped = true
      cancelTimer()
    },
  }
}
