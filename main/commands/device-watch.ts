import type { ApprovedNote } from '../../hardware/bill-validator/events.ts'
import type { ApprovedCoin, CoinAcceptorEvent, CoinCursor } from '../../hardware/coin-acceptor/events.ts'
import type { DeviceHealth, DeviceKind } from '../../hardware/device.ts'
import { faults, type FaultCode } from '../../hardware/faults.ts'
import type { HopperEvent } from '../../hardware/hopper/events.ts'
import type { PrinterEvent } from '../../hardware/printer/events.ts'
import type { QrScannerEvent } from '../../hardware/qr-scanner/events.ts'
import type { DeviceHost } from '../../hardware/wire.ts'
import { cashSets } from '../config/cash-sets.ts'
import { tellCabinet } from './device-cabinet.ts'
import { watchNotes, type Decision } from './device-notes.ts'
import { containsIndividualNumber } from '../rulebook/individual-number.ts'

/** Tells one line. */
export type Say = (line: Readonly<Record<string, unknown>>) => void

type DeviceTable = Extract<CoinAcceptorEvent, { kind: 'identified' }>['table']

/**
 * The table for a bench without a table of its own: of each coin of the acceptor's country the issues that it knows. An acceptor that lacks a coin in every
 * issue is refused as it would be in a booth.
 */
export function benchTable(table: DeviceTable): readonly ApprovedCoin[] {
  const known = new Set(table.map(({ id }) => id))
  const { coins } = cashSets[table.some(({ id }) => id.startsWith('TW')) ? 'taiwan' : 'japan']
  return coins.filter(({ id, value }) => known.has(id) || !coins.some((other) => other.value === value && known.has(other.id)))
}

/** Tells how a device is, each time that it changes: who it is, its state, faults that came and faults that went. */
export function healthTeller(say: Say): (device: DeviceKind, health: DeviceHealth) => void {
  let identity = ''
  let state = ''
  let held: readonly FaultCode[] = []
  return (device, health) => {
    const next = JSON.stringify(health.identity)
    if (health.identity && next !== identity) say({ event: 'identity', device, ...health.identity })
    identity = next
    if (health.state !== state) say({ event: 'state', device, state: health.state })
    state = health.state
    for (const fault of health.faults) if (!held.includes(fault)) say({ event: 'fault', device, fault, severity: faults[fault].severity })
    for (const fault of held) if (!health.faults.includes(fault)) say({ event: 'fault-cleared', device, fault })
    held = health.faults
  }
}

function watchCoins(host: DeviceHost, say: Say, given: readonly ApprovedCoin[] | null): (event: CoinAcceptorEvent) => void {
  /** How far each acceptor was read; what was in it before this run is not ours. */
  const cursors = new Map<string, CoinCursor>()
  return (event) => {
    switch (event.kind) {
      case 'identified': {
        const coins = given ?? benchTable(event.table)
        say({ event: 'table', device: 'coin-acceptor', table: event.table, approved: coins })
        host.send({ device: 'coin-acceptor', command: { kind: 'configure', cursor: cursors.get(event.serial) ?? null, coins } })
        host.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: coins.map(({ id }) => id) } })
        return
      }
      case 'moved': {
        const { from, to, coins, lost, unknown, alarm } = event
        const known = cursors.get(to.serial) ?? null
        if (JSON.stringify(known) === JSON.stringify(from)) {
          cursors.set(to.serial, to)
          for (const { position, id, value, currency, counter, ordinal, path } of coins)
            say({ event: 'credit', device: 'coin-acceptor', position, id, value, currency, counter, ordinal, path })
          if (lost > 0 || unknown > 0 || alarm) say({ event: 'alarm', device: 'coin-acceptor', alarm, lost, unknown, counter: to.counter })
        }
        host.send({ device: 'coin-acceptor', command: { kind: 'recorded', cursor: cursors.get(to.serial) ?? to } })
        return
      }
      case 'counted':
        say({ event: 'counted', device: 'coin-acceptor', counts: event.counts })
        return
      case 'notice':
        say({ event: 'note', device: 'coin-acceptor', code: event.code, name: event.name, group: event.group })
    }
  }
}

/** What was read; a code that could hold an Individual Number is refused here as everywhere (B9). */
function tellCode(event: QrScannerEvent, say: Say): void {
  if (event.kind === 'garbage') return void say({ event: 'note', device: 'qr-scanner', name: 'garbage' })
  const bytes = Buffer.from(event.bytesHex, 'hex')
  const text = bytes.toString('utf8')
  if (containsIndividualNumber(text)) say({ event: 'code', device: 'qr-scanner', bytesHex: null, text: null, reason: 'individual-number' })
  else say({ event: 'code', device: 'qr-scanner', bytesHex: event.bytesHex, text: text.includes('\ufffd') ? null : text, reason: null })
}

const hopperLine = ({ kind: _kind, ...told }: HopperEvent) => told

/** What a bench takes: null for the coins and notes that it knows by itself. */
export interface Taken {
  readonly coins: readonly ApprovedCoin[] | null
  readonly notes: readonly ApprovedNote[] | null
  readonly decision: Decision
}

/** Watches the devices of `host`: a coin acceptor and a note validator take money, a scanner listens. */
export function watchDevice(host: DeviceHost, say: Say, { coins, notes, decision }: Taken): void {
  const tellHealth = healthTeller(say)
  const coin = watchCoins(host, say, coins)
  const note = watchNotes(host, say, notes, decision)
  const printed = (event: PrinterEvent) => say({ event: event.kind, device: 'printer', job: event.job })
  host.onMessage((message) => {
    if (message.kind === 'health') tellHealth(message.device, message.health)
    else if (message.device === 'coin-acceptor') coin(message.event)
    else if (message.device === 'bill-validator') note(message.event)
    else if (message.device === 'cabinet') tellCabinet(message.event, say)
    else if (message.device === 'hopper') say({ event: message.event.kind, device: 'hopper', ...hopperLine(message.event) })
    else if (message.device === 'qr-scanner') tellCode(message.event, say)
    else if (message.device === 'printer') printed(message.event)
  })
  host.send({ device: 'qr-scanner', command: { kind: 'listen' } })
}
