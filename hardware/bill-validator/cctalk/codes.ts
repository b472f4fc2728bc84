import type { FaultCode } from '../../faults.ts'
import type { BillValidatorEvent } from '../events.ts'

type Group = Extract<BillValidatorEvent, { kind: 'notice' }>['group']

interface EventCode {
  readonly name: string
  /** Null: nothing to tell. */
  readonly group: Group | null
  /** What holds until the self-check, or another event, says otherwise. */
  readonly fault?: FaultCode
}

/** Event codes of a bill validator, result A = 0 (CT3 table 7). */
const eventCodes: Readonly<Record<number, EventCode>> = {
  0: { name: 'master inhibit active', group: null },
  1: { name: 'bill returned from escrow', group: 'returned' },
  2: { name: 'invalid bill, validation', group: 'returned' },
  3: { name: 'invalid bill, transport', group: 'returned' },
  4: { name: 'inhibited bill', group: 'returned' },
  5: { name: 'bill inhibited by switches', group: 'returned' },
  6: { name: 'jam in transport, within reach', group: 'jam', fault: 'note-jam' },
  7: { name: 'jam in the stacker', group: 'jam', fault: 'note-jam' },
  8: { name: 'bill pulled backwards', group: 'fraud' },
  9: { name: 'bill tamper', group: 'fraud' },
  10: { name: 'stacker ok', group: null },
  11: { name: 'stacker removed', group: 'stacker', fault: 'note-stacker-open' },
  12: { name: 'stacker inserted', group: 'stacker' },
  13: { name: 'stacker faulty', group: 'hardware', fault: 'bill-validator-failed' },
  14: { name: 'stacker full', group: 'stacker', fault: 'note-stacker-full' },
  15: { name: 'stacker jammed', group: 'jam', fault: 'note-jam' },
  16: { name: 'jam in transport, out of reach', group: 'jam', fault: 'note-jam' },
  17: { name: 'opto fraud', group: 'fraud' },
  18: { name: 'string fraud', group: 'fraud' },
  19: { name: 'anti-string mechanism faulty', group: 'hardware', fault: 'bill-validator-failed' },
  20: { name: 'barcode detected', group: null },
  21: { name: 'unknown bill stacked', group: 'hardware' },
}

/** What event `code` (0..255) is; codes that the table does not name belong to the technician. */
export function billEvent(code: number): EventCode {
  return eventCodes[code] ?? { name: `event ${code}`, group: 'hardware', fault: 'bill-validator-failed' }
}

/** The events that are known to be over with another event. */
export const stackerOk: ReadonlySet<number> = new Set([10, 12])

/** The fault behind a self-check code (CT3 table 3); null when all is well. */
export function selfCheckFault(code: number): FaultCode | null {
  if (code === 0) return null
  if (code === 39) return 'note-jam'
  if (code === 44) return 'note-stacker-open'
  return code === 45 ? 'note-stacker-full' : 'bill-validator-failed'
}
