import { auditEventCodes, type AuditEventName } from './audit-events.ts'

/** Serial number, or what stands for one; model and revision as the device says them, empty where it was not asked yet. */
export interface AuditedDevice {
  readonly serial: string
  readonly model: string
  readonly revision: string
}

/** What an export tells of a booth; amounts in the smallest unit, ever and since the cash box was last collected. */
export interface Audit {
  readonly booth: string
  readonly model: string
  readonly acceptor: AuditedDevice
  /** Null without one. */
  readonly validator: AuditedDevice | null
  /** ISO 4217. */
  readonly currency: string
  /** Local date and time, `YYYYMMDD` and `HHMMSS`. */
  readonly date: string
  readonly time: string
  counter(name: string): { readonly ever: number; readonly since: number }
  /** A hopper's place is its serial number; what lies elsewhere, in a box or in the stacker, has a word. */
  readonly contents: readonly { readonly place: string; readonly id: string; readonly value: number; readonly count: number }[]
  /** Oldest first; `since`: after the cash box was last collected. */
  readonly events: readonly { readonly name: AuditEventName; readonly date: string; readonly time: string; readonly since: boolean }[]
}

/** ISO 4217, as ID402 has it: a 1 for "ISO" before the number. */
const currencyNumbers: Readonly<Record<string, string>> = { JPY: '1392', TWD: '1901' }
/** Events that are told with their time; all are counted. */
const mostEvents = 100

/** A field of EVA-DTS: without the separator and line ends. */
const field = (text: string | number) => String(text).replaceAll(/[*\r\n]/g, ' ')
const line = (name: string, ...fields: readonly (string | number)[]) => [name, ...fields.map(field)].join('*')
const device = (name: string, { serial, model, revision }: AuditedDevice) => line(name, serial, model, revision)

/**
 * The audit as lines of EVA-DTS (European Vending Association, 6.1): ID machine and currency, VA1 sales (value and number, ever, then since the reset), VA2 test and
 * VA3 free vends, which it never makes, CA1 acceptor, BA1 validator, CA2 cash sales, CA3 cash in (total, to cash box, to tubes, notes; since the reset, then ever; notes
 * once more as their value in CA309 and CA310), CA4 paid out in all and of that by hand (claims that staff paid; since the reset, then ever), CA10 filled in, CA15 value in
 * hoppers, CA17 each hopper's coin and count, EA1 events with their time, EA2 how many of each (since the reset, ever), EA7 losses of power (the same). Between a
 * DXS and a DXE line, as data collection expects.
 */
export function evaDts(audit: Audit): readonly string[] {
  const { counter, contents } = audit
  const [sales, number] = [counter('sales'), counter('sales-number')]
  const [coins, notes, box, hoppers] = [counter('coins-in'), counter('notes-in'), counter('coins-to-box'), counter('coins-to-hoppers')]
  const [out, byHand, filled] = [counter('paid-out'), counter('claims-redeemed'), counter('refilled')]
  const inHoppers = contents.filter(({ place }) => /^\d+$/.test(place))
  const set = [
    line('ST', '001', '0001'),
    line('ID1', audit.booth, audit.model, 1, '', '', ''),
    line('ID4', 0, currencyNumbers[audit.currency] ?? '', audit.currency),
    line('ID5', audit.date, audit.time),
    line('VA1', sales.ever, number.ever, sales.since, number.since),
    line('VA2', 0, 0, 0, 0),
    line('VA3', 0, 0, 0, 0),
    device('CA1', audit.acceptor),
    ...(audit.validator ? [device('BA1', audit.validator)] : []),
    line('CA2', sales.ever, number.ever, sales.since, number.since),
    line('CA3', coins.since + notes.since, box.since, hoppers.since, notes.since, coins.ever + notes.ever, box.ever, hoppers.ever, notes.ever, notes.since, notes.ever),
    line('CA4', out.since + byHand.since, byHand.since, out.ever + byHand.ever, byHand.ever),
    line('CA10', filled.since, filled.ever),
    line('CA15', inHoppers.reduce((sum, { value, count }) => sum + value * count, 0)),
    ...inHoppers.map(({ value, count }, index) => line('CA17', index, value, count)),
    ...eventLines(audit.events),
  ]
  return ['DXS*CARDBOOTH*VA*V1/1*1', ...set, line('G85', crcOf(set)), line('SE', set.length + 2, '0001'), 'DXE*1*1']
}

function eventLines(events: Audit['events']): readonly string[] {
  const codes = [...new Set(events.map(({ name }) => auditEventCodes[name]))].sort()
  const count = (happened: (name: AuditEventName) => boolean) => {
    const all = events.filter(({ name }) => happened(name))
    return [all.filter(({ since }) => since).length, all.length]
  }
  return [
    ...events.slice(-mostEvents).map(({ name, date, time }) => line('EA1', auditEventCodes[name], date, time, '', '', name.slice(0, 12))),
    ...codes.map((code) => line('EA2', code, ...count((name) => auditEventCodes[name] === code))),
    line('EA7', ...count((name) => name === 'power-loss')),
  ]
}

/** CRC-16 of EVA-DTS (polynomial x^16 + x^15 + x^2 + 1, reflected, start 0) over the lines of the set with their line ends, as four hexadecimal digits. */
function crcOf(lines: readonly string[]): string {
  let crc = 0
  for (const character of lines.map((text) => `${text}\r\n`).join('')) {
    crc ^= character.charCodeAt(0) & 0xff
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** The same as CSV (RFC 4180): one row a counter and one a kind of coin in each place. */
export function auditCsv(audit: Audit, names: readonly string[]): readonly string[] {
  const cell = (text: string | number) => (/[",\r\n]/.test(String(text)) ? `"${String(text).replaceAll('"', '""')}"` : String(text))
  const row = (...cells: readonly (string | number)[]) => cells.map(cell).join(',')
  return [
    row('kind', 'place', 'name', 'currency', 'value', 'count', 'ever', 'since'),
    ...names.map((name) => row('counter', '', name, audit.currency, '', '', audit.counter(name).ever, audit.counter(name).since)),
    ...audit.contents.map(({ place, id, value, count }) => row('content', place, id, audit.currency, value, count, '', '')),
  ]
}
