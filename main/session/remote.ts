import { type RemoteCommand, type RemoteOutcome, remoteActs } from '../contract/remote-command.ts'
import { change, type Draft } from './draft.ts'
import type { RecoveredRemote } from './records.ts'

/** Says of a booth out of service that it is because its operator closed it from afar. */
const closedFault = 'closed-by-operator'

/** The booth starts: a restart changes nothing of what was commanded. */
export function recoverRemote(draft: Draft, { last, judged, closed }: RecoveredRemote): void {
  change(draft, { remote: { last, judged }, latched: closed ? [...draft.state.latched, closedFault] : draft.state.latched })
}

/** The centre commands something. While somebody is in the booth, or nobody can say what time it is, nothing is judged: the command comes again. */
export function remotelyCommanded(draft: Draft, command: RemoteCommand): void {
  const { phase, visit, staff, clockUnsure } = draft.state
  if (phase !== 'open' || visit || staff || clockUnsure) return
  const { number, act } = command
  const outcome = judge(draft, command)
  // What was meant for another booth moves no number of this one.
  const last = outcome === 'another-booth' ? draft.state.remote.last : Math.max(draft.state.remote.last, number)
  draft.records.push({ kind: 'remote-command', visit: null, body: { number, act, outcome } })
  change(draft, { remote: { last, judged: { number, outcome } } })
  if (outcome !== 'done') return
  if (act === 'restart-when-idle') return void draft.effects.push({ kind: 'restart' })
  const others = draft.state.latched.filter((fault) => fault !== closedFault)
  change(draft, { latched: act === 'out-of-service' ? [...others, closedFault] : others })
}

function judge({ state, facts }: Draft, { number, booth, act, expires }: RemoteCommand): RemoteOutcome {
  if (booth !== facts.configuration.booth.id) return 'another-booth'
  if (number <= state.remote.last) return 'replayed'
  if (expires <= facts.now) return 'expired'
  return remoteActs.some((one) => one === act) ? 'done' : 'unknown'
}
