import type { BillValidatorEvent } from '../events.ts'
import { failureName, rejectName, status, unknownStatusName } from './codes.ts'
import type { Id003Frame } from './frames.ts'
import type { FaultCode } from '../../faults.ts'

type Notice = Extract<BillValidatorEvent, { kind: 'notice' }>

/** Statuses of the ordinary way of a note, and of a start: nothing to tell. */
const ordinary: ReadonlySet<number> = new Set([
  ...[status.idling, status.accepting, status.escrow, status.stacking, status.vendValid, status.stacked, status.returning, status.holding],
  ...[status.disabled, status.initialising, status.powerUp, status.powerUpInAcceptor, status.powerUpInStacker],
])

const troubles: Readonly<Record<number, { readonly name: string; readonly group: Notice['group']; readonly fault: FaultCode }>> = {
  [status.stackerFull]: { name: 'stacker full', group: 'stacker', fault: 'note-stacker-full' },
  [status.stackerOpen]: { name: 'stacker open', group: 'stacker', fault: 'note-stacker-open' },
  [status.jamInAcceptor]: { name: 'jam in the acceptor', group: 'jam', fault: 'note-jam' },
  [status.jamInStacker]: { name: 'jam in the stacker', group: 'jam', fault: 'note-jam' },
  [status.pause]: { name: 'a second note waits', group: 'wait', fault: 'note-pause' },
  [status.cheated]: { name: 'cheated', group: 'fraud', fault: 'note-fraud' },
  [status.failure]: { name: 'failure', group: 'hardware', fault: 'bill-validator-failed' },
  [status.communicationError]: { name: 'communication error', group: 'line', fault: 'bill-validator-line' },
}

/** The fault that holds while the validator says `code`; null for the statuses of its ordinary way. */
export function faultOf(code: number): FaultCode | null {
  if (ordinary.has(code) || code === status.rejecting) return null
  return troubles[code]?.fault ?? 'bill-validator-failed'
}

/** What the resident or the technician is told when the validator comes to say `frame`; null when it is nothing out of the ordinary. */
export function noticeOf({ code, data }: Id003Frame): Notice | null {
  if (ordinary.has(code)) return null
  if (code === status.rejecting) return { kind: 'notice', code: data[0] ?? code, name: rejectName(data[0]), group: 'returned' }
  if (code === status.failure) return { kind: 'notice', code: data[0] ?? code, name: failureName(data[0]), group: 'hardware' }
  const { name, group } = troubles[code] ?? { name: unknownStatusName(code), group: 'hardware' as const }
  return { kind: 'notice', code, name, group }
}
