import type { DeviceHealth, DeviceIdentity, DeviceKind } from '../../hardware/device.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { DeviceCommand, HostMessage } from '../../hardware/wire.ts'
import type { Configuration } from '../config/configuration.ts'
import { reportedFaults } from './availability.ts'
import { cabinetSaid } from './cabinet.ts'
import { cardReaderGone, cardReaderSaid, followCard } from './card.ts'
import { replied } from './answering.ts'
import { acceptorCounted } from './coin-counts.ts'
import { coinNotice, coinsMoved } from './coins.ts'
import { commanded, photoEnded } from './commands.ts'
import { beginDelivery, handOverEnded, sheetEnded } from './delivering.ts'
import { change, latch, type Draft } from './draft.ts'
import { askWhatCameUp } from './flow.ts'
import type { BoothEvent, Effect, Facts, Refusal } from './events.ts'
import { hopperSaid } from './hoppers.ts'
import { decideNote, wantedCoins, wantedNotes } from './money.ts'
import { validatorSaid } from './notes.ts'
import { printAgain, printEnded } from './printing.ts'
import type { JournalRecord } from './records.ts'
import { recover } from './recovery.ts'
import { recoverRemote, remotelyCommanded } from './remote.ts'
import { codesRead, isReading, noiseRead } from './scanning.ts'
import { notSealed, sealed, sent } from './sending.ts'
import { sheetPrinted } from './sheets.ts'
import { cameraChecked, leave, pinChecked, reported } from './staff.ts'
import type { State } from './state.ts'
import { ticked } from './time.ts'

/** What came of one event: the state after it, what must be durable before anything else happens, and what happens then. */
export interface Stepped {
  readonly state: State
  readonly records: readonly JournalRecord[]
  readonly effects: readonly Effect[]
  /** Why a command did nothing; null when it did, and for all other events. */
  readonly refusal: Refusal
}

/** Steps the booth by one event. Pure: the same state, event and facts give the same answer. */
export function step(state: State, event: BoothEvent, facts: Facts): Stepped {
  const draft: Draft = { state, records: [], effects: [], refusal: null, facts }
  happened(draft, event)
  followCard(draft)
  beginDelivery(draft)
  if (draft.state.visit) leave(draft, 'coin')
  if (draft.state.staff?.who && draft.records.length > 0) draft.effects.push({ kind: 'report' })
  // A journal that cannot be written is not told so.
  if (event.kind !== 'storage' || event.journalled) draft.records.push(...faultRecords(state, draft.state))
  const commands = deviceCommands(state, draft.state, facts, event)
  return { state: draft.state, records: draft.records, effects: [...commands.map((command) => ({ kind: 'device' as const, command })), ...draft.effects], refusal: draft.refusal }
}

/** Faults that came and went with this event. */
function faultRecords(before: State, after: State): readonly JournalRecord[] {
  if (after.phase !== 'open') return []
  const was: ReadonlySet<FaultCode> = before.phase === 'open' ? reportedFaults(before) : new Set()
  const is = reportedFaults(after)
  return [
    ...[...is].filter((fault) => !was.has(fault)).map((fault) => ({ kind: 'fault-raised' as const, visit: null, body: { fault } })),
    ...[...was].filter((fault) => !is.has(fault)).map((fault) => ({ kind: 'fault-cleared' as const, visit: null, body: { fault } })),
  ]
}

function happened(draft: Draft, event: BoothEvent): void {
  const { visit } = draft.state
  switch (event.kind) {
    case 'started':
      if (event.remote) recoverRemote(draft, event.remote)
      recover(draft, event.recovered, event.door)
      return void draft.records.push(
        ...(event.refused ?? []).map((body) => ({ kind: 'offer-refused' as const, visit: null, body })),
        ...(event.editions ?? []).map((body) => ({ kind: 'edition-in-force' as const, visit: null, body })),
      )
    case 'remote':
      return remotelyCommanded(draft, event.command)
    case 'command':
      return commanded(draft, event)
    case 'device':
      return deviceSaid(draft, event.message)
    case 'devices-lost':
      change(draft, { devicesLink: 'down', devices: withoutHost(draft.state.devices) })
      cardReaderGone(draft)
      // Whoever printed is gone: what was under way is told by nobody.
      return sheetEnded(draft, `${visit?.visit}-sheet`, false)
    case 'tick':
      return ticked(draft)
    case 'photo-made':
    case 'photo-refused':
      if (visit?.visit === event.visit) photoEnded(draft, event.attempt, event)
      return
    case 'replied':
      return replied(draft, event.visit, event.asked, event.reply)
    case 'sealed':
      return sealed(draft, event)
    case 'not-sealed':
      return notSealed(draft, event.key)
    case 'sent':
      return sent(draft, event.application, event.result)
    case 'outbox': {
      const others = draft.state.outbox.filter((fault) => fault !== event.fault)
      change(draft, { outbox: event.held ? [...others, event.fault] : others, lineKnown: draft.state.lineKnown || event.fault === 'centre-unreachable' })
      return askWhatCameUp(draft)
    }
    case 'slip-lost':
      return printEnded(draft, event.job, false)
    case 'sheet-lost':
      return sheetEnded(draft, event.job, false)
    case 'handed-over':
      return handOverEnded(draft, event.visit, event.kept)
    case 'sheet-not-drawn':
      return sheetPrinted(draft, event.job, false)
    case 'page-lost':
      draft.records.push({ kind: 'page-lost', visit: visit?.visit ?? null, body: {} })
      leave(draft, 'page')
      return change(draft, { touchStuck: false, devices: { ...draft.state.devices, camera: { ...draft.state.devices.camera, state: draft.state.devices.camera.state === 'off' ? 'off' : 'starting', faults: [] } } })
    case 'screen-fault':
      return event.held ? latch(draft, 'screen-not-starting') : change(draft, { latched: draft.state.latched.filter((fault) => fault !== 'screen-not-starting') })
    case 'keys-typed':
      return change(draft, { scannerTypes: true })
    case 'pin-checked':
      return pinChecked(draft, event.who, event.right)
    case 'reported':
      return reported(draft, event.report)
    case 'camera-checked':
      return cameraChecked(draft, event.asked, event.check)
    case 'clock':
      change(draft, { clockUnsure: event.unsure })
      return askWhatCameUp(draft)
    case 'storage':
      return change(draft, { latched: [...draft.state.latched.filter((fault) => fault !== event.fault), ...(event.held ? [event.fault] : [])] })
  }
}

/** Every device but the camera, which is the page's, is as good as gone without the device process: the new one will say how they are. */
function withoutHost(devices: State['devices']): State['devices'] {
  const gone = (health: DeviceHealth): DeviceHealth => (health.state === 'off' ? health : { ...health, state: 'lost' })
  const after = Object.entries(devices).map(([kind, health]) => [kind, kind === 'camera' ? health : gone(health)] as const)
  return Object.fromEntries(after) as State['devices']
}

const identityParts = ['manufacturer', 'product', 'serial', 'software'] as const

/** Writes down what a device says that it is when it is another one than before, or another program runs in it. */
function deviceSeen(draft: Draft, device: DeviceKind, identity: DeviceIdentity | null): void {
  const before = draft.state.seen[device]
  if (!identity || (before && identityParts.every((part) => identity[part] === before[part]))) return
  change(draft, { seen: { ...draft.state.seen, [device]: identity } })
  draft.records.push({ kind: 'device-seen', visit: null, body: { device, identity } })
}

function deviceSaid(draft: Draft, message: HostMessage): void {
  if (draft.state.devicesLink === 'down') change(draft, { devicesLink: 'up' })
  if (message.kind === 'health') {
    if (message.device === 'qr-scanner' && message.health.state === 'ready' && draft.state.devices['qr-scanner'].state !== 'ready') change(draft, { scannerTypes: false })
    change(draft, { devices: { ...draft.state.devices, [message.device]: message.health } })
    deviceSeen(draft, message.device, message.health.identity)
    if (message.device === 'printer' && message.health.state === 'ready') printAgain(draft)
    if (message.device === 'card-reader' && message.health.state === 'lost') cardReaderGone(draft)
    return
  }
  if (message.device === 'coin-acceptor') {
    if (message.event.kind === 'identified') change(draft, { acceptor: draft.state.acceptor ?? message.event.serial })
    else if (message.event.kind === 'moved') coinsMoved(draft, message.event)
    else if (message.event.kind === 'counted') acceptorCounted(draft, message.event)
    else coinNotice(draft, message.event)
  } else if (message.device === 'bill-validator') validatorSaid(draft, message.event)
  else if (message.device === 'hopper') hopperSaid(draft, message.event)
  else if (message.device === 'cabinet') cabinetSaid(draft, message.event)
  else if (message.device === 'card-reader') cardReaderSaid(draft, message.event)
  else if (message.device === 'qr-scanner') {
    if (message.event.kind === 'code') change(draft, { scannerTypes: false })
    if (!draft.state.visit) return
    if (message.event.kind === 'code') codesRead(draft, [message.event.bytesHex])
    else noiseRead(draft)
  } else if (message.device === 'sheet-printer') {
    sheetEnded(draft, message.event.job, message.event.kind === 'printed')
    sheetPrinted(draft, message.event.job, message.event.kind === 'printed')
  }
  else if (message.device === 'printer') printEnded(draft, message.event.job, message.event.kind === 'printed')
}

/** What the devices should be doing now, as far as the state alone decides it. */
function wanted(state: State, configuration: Configuration) {
  const { visit } = state
  return {
    coins: wantedCoins(state, configuration),
    notes: wantedNotes(state, configuration),
    note: decideNote(state, configuration),
    listening: visit !== null && isReading(visit),
    // The lamp of the cabinet burns while somebody is at the booth.
    lamp: visit !== null,
  }
}

/** A device that has just (re)appeared is told everything; the others only what changed. */
function deviceCommands(before: State, after: State, facts: Facts, event: BoothEvent): readonly DeviceCommand[] {
  const { configuration } = facts
  const appeared = (kind: DeviceKind) =>
    event.kind === 'device' && event.message.kind === 'health' && event.message.device === kind && before.devices[kind].state !== 'ready' && after.devices[kind].state === 'ready'
  const identified = (kind: DeviceKind) => event.kind === 'device' && event.message.kind === 'event' && event.message.device === kind && event.message.event.kind === 'identified'
  /** Where a device was read up to is known only once the journal has said so. */
  const configures = (kind: DeviceKind) => (identified(kind) || event.kind === 'started') && after.phase === 'open'
  const was = wanted(before, configuration)
  const is = wanted(after, configuration)
  const commands: DeviceCommand[] = []
  if (configures('coin-acceptor') && after.acceptor !== null)
    commands.push({ device: 'coin-acceptor', command: { kind: 'configure', cursor: after.cursors[after.acceptor] ?? null, coins: configuration.cash.coins } })
  if (identified('coin-acceptor') || appeared('coin-acceptor') || was.coins.join() !== is.coins.join())
    commands.push({ device: 'coin-acceptor', command: { kind: 'accept', ids: is.coins } })
  const notesAnew = configures('bill-validator') && after.validator !== null
  if (notesAnew && after.validator !== null)
    commands.push({ device: 'bill-validator', command: { kind: 'configure', cursor: after.noteCursors[after.validator] ?? null, notes: configuration.cash.notes } })
  if (notesAnew || appeared('bill-validator') || was.notes.join() !== is.notes.join()) commands.push({ device: 'bill-validator', command: { kind: 'accept', ids: is.notes } })
  if (is.note && (notesAnew || is.note.kind !== was.note?.kind || is.note.ordinal !== was.note.ordinal)) commands.push({ device: 'bill-validator', command: is.note })
  if (appeared('qr-scanner') || was.listening !== is.listening) commands.push({ device: 'qr-scanner', command: { kind: is.listening ? 'listen' : 'rest' } })
  if (after.devices.cabinet.state !== 'off' && (appeared('cabinet') || was.lamp !== is.lamp)) commands.push({ device: 'cabinet', command: { kind: 'lamp', on: is.lamp } })
  return commands
}
