import type { FaultCode } from '../faults.ts'
import type { CoinAcceptorEvent } from './events.ts'

/** What an event means for the person at the booth. */
export type NoticeGroup = Extract<CoinAcceptorEvent, { kind: 'notice' }>['group']

interface EventCode {
  readonly name: string
  readonly group: NoticeGroup
}

/** Event codes of a coin acceptor, and whose matter each is (CT3 table 2). */
const eventCodes: Readonly<Record<number, EventCode>> = {
  1: { name: 'reject coin', group: 'returned' },
  2: { name: 'inhibited coin', group: 'returned' },
  3: { name: 'multiple window', group: 'returned' },
  4: { name: 'wake-up timeout', group: 'jam' },
  5: { name: 'validation timeout', group: 'jam' },
  6: { name: 'credit sensor timeout', group: 'swallowed' },
  7: { name: 'sorter opto timeout', group: 'jam' },
  8: { name: 'second close coin', group: 'slower' },
  9: { name: 'accept gate not ready', group: 'slower' },
  10: { name: 'credit sensor not ready', group: 'slower' },
  11: { name: 'sorter not ready', group: 'slower' },
  12: { name: 'reject coin not cleared', group: 'slower' },
  13: { name: 'validation sensor not ready', group: 'hardware' },
  14: { name: 'credit sensor blocked', group: 'jam' },
  15: { name: 'sorter opto blocked', group: 'jam' },
  16: { name: 'credit sequence error', group: 'fraud' },
  17: { name: 'coin going backwards', group: 'fraud' },
  18: { name: 'coin too fast over credit sensor', group: 'fraud' },
  19: { name: 'coin too slow over credit sensor', group: 'fraud' },
  20: { name: 'coin on string', group: 'fraud' },
  21: { name: 'double entry opto timeout', group: 'jam' },
  22: { name: 'double entry opto not seen', group: 'returned' },
  23: { name: 'credit sensor reached too early', group: 'fraud' },
  24: { name: 'repeated reject', group: 'returned' },
  25: { name: 'reject slug', group: 'returned' },
  26: { name: 'reject sensor blocked', group: 'jam' },
  27: { name: 'games overload', group: 'hardware' },
  28: { name: 'meter pulses exceeded', group: 'hardware' },
  29: { name: 'accept gate open not closed', group: 'hardware' },
  30: { name: 'accept gate closed not open', group: 'hardware' },
  31: { name: 'manifold opto timeout', group: 'jam' },
  32: { name: 'manifold opto blocked', group: 'jam' },
  33: { name: 'manifold not ready', group: 'jam' },
  34: { name: 'security status changed', group: 'hardware' },
  35: { name: 'motor exception', group: 'hardware' },
  36: { name: 'swallowed coin', group: 'swallowed' },
  37: { name: 'coin too fast over validation sensor', group: 'returned' },
  38: { name: 'coin too slow over validation sensor', group: 'returned' },
  39: { name: 'coin incorrectly sorted', group: 'hardware' },
  40: { name: 'external light attack', group: 'fraud' },
  253: { name: 'data block request', group: 'hardware' },
  254: { name: 'coin return mechanism activated', group: 'lever' },
  255: { name: 'unspecified alarm', group: 'hardware' },
}

/** What event `code` (1..255) is; codes that the table does not name belong to the technician. */
export function eventMeaning(code: number): EventCode {
  if (code >= 128 && code <= 159) return { name: `inhibited coin of type ${code - 127}`, group: 'returned' }
  return eventCodes[code] ?? { name: `event ${code}`, group: 'hardware' }
}

/** Whether event `code` says that a coin was refused because its kind, or all, are inhibited. */
export function saysInhibited(code: number): boolean {
  return code === 2 || (code >= 128 && code <= 159)
}

/** The one fault that a group of events means; null when the coin is back with its owner and nothing is wrong with the acceptor. */
export const faultOfGroup: Readonly<Record<NoticeGroup, FaultCode | null>> = {
  returned: null,
  slower: null,
  lever: null,
  jam: 'coin-jam',
  swallowed: 'coin-swallowed',
  fraud: 'coin-fraud',
  hardware: 'coin-acceptor-failed',
}

/** Self-check codes that somebody can mend by taking a coin out; every other one is the acceptor's own (CT3 table 3). */
const jams: ReadonlySet<number> = new Set([3, 8, 18, 19, 35, 42, 43, 49])

/** The one fault that a self-check code (header 232) means; null for 0, "ok". */
export function faultOfSelfCheck(code: number): FaultCode | null {
  if (code === 0) return null
  return jams.has(code) ? 'coin-jam' : 'coin-acceptor-failed'
}
