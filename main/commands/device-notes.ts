import { selfCheckFault } from '../../hardware/bill-validator/cctalk/codes.ts'
import { headers } from '../../hardware/bill-validator/cctalk/headers.ts'
import type { BillValidatorSettings } from '../../hardware/bill-validator/driver.ts'
import type { ApprovedNote, BillValidatorEvent, NoteCursor } from '../../hardware/bill-validator/events.ts'
import { makeId003Link } from '../../hardware/bill-validator/id003/link.ts'
import { faultOf, noticeOf } from '../../hardware/bill-validator/id003/notices.ts'
import { sameCursor } from '../../hardware/bill-validator/moves.ts'
import { makeLink } from '../../hardware/cctalk/link.ts'
import { selfCheckName } from '../../hardware/cctalk/self-check.ts'
import type { Clock } from '../../hardware/clock.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { OpenTransport } from '../../hardware/transport.ts'
import type { DeviceHost } from '../../hardware/wire.ts'
import type { Say } from './device-watch.ts'

const device = 'bill-validator'
/** How long a validator may take to start and to tell its notes. */
const startMs = 20_000
/** A self-check may take seconds (CT2 3.24). */
const selfCheckMs = 10_000

const notesOf = (country: string, currency: string, values: Readonly<Record<string, number>>): readonly ApprovedNote[] =>
  Object.entries(values).flatMap(([digits, value]) => ['A', 'B'].map((issue) => ({ id: country + digits + issue, value, currency })))

/** The notes of a bench without a table of its own: those of Japan and Taiwan, in an older and a newer design. */
const benchNotes: readonly ApprovedNote[] = [
  ...notesOf('JP', 'JPY', { 1000: 1000, 2000: 2000, 5000: 5000, '010K': 10_000 }),
  ...notesOf('TW', 'TWD', { '0100': 100, '0200': 200, '0500': 500, 1000: 1000, 2000: 2000 }),
]

/** What becomes of a note on the bench: stacked, given back, or held. */
export type Decision = 'stack' | 'return' | 'wait'

/**
 * Takes the notes of `given` (null: those of Japan and Taiwan that the validator has) and tells everything. A `note` is one that was stacked: the
 * credit, told once; before that it is told as `escrow`.
 */
export function watchNotes(
  host: DeviceHost,
  say: Say,
  given: readonly ApprovedNote[] | null,
  decision: Decision,
): (event: BillValidatorEvent) => void {
  /** How far each validator was read; what was in it before this run is not ours. */
  const cursors = new Map<string, NoteCursor>()
  let approved: readonly ApprovedNote[] = given ?? []
  const configure = (serial: string) => {
    host.send({ device, command: { kind: 'configure', cursor: cursors.get(serial) ?? null, notes: approved } })
    host.send({ device, command: { kind: 'accept', ids: approved.map(({ id }) => id) } })
  }
  return (event) => {
    switch (event.kind) {
      case 'identified':
        return configure(event.serial)
      case 'table': {
        const known = given ?? benchNotes.filter(({ id }) => event.notes.some((note) => note.id === id))
        say({ event: 'table', device, table: event.notes, approved: known })
        if (known.length === approved.length) return
        approved = known
        return configure(event.serial)
      }
      case 'moved': {
        const { from, to, ended, lost, uncounted, alarm } = event
        const known = cursors.get(to.serial) ?? null
        const isNext = known === null || from === null ? known === from : sameCursor(known, from)
        if (isNext) {
          cursors.set(to.serial, to)
          const { held, ordinal } = to
          if (held?.phase === 'escrow' && !from?.held) {
            const { position, id, value, currency } = held
            say({ event: 'escrow', device, position, id, value, currency, ordinal: ordinal + 1 })
          }
          for (const { outcome, position, id, value, currency, counter, ordinal: at, afterPowerUp } of ended)
            say({ event: outcome === 'stacked' ? 'note' : outcome, device, position, id, value, currency, counter, ordinal: at, afterPowerUp })
          if (lost > 0 || uncounted > 0 || alarm) say({ event: 'alarm', device, alarm, lost, uncounted })
          if (held?.phase === 'escrow' && decision !== 'wait') host.send({ device, command: { kind: decision, ordinal: ordinal + 1 } })
        }
        host.send({ device, command: { kind: 'recorded', cursor: cursors.get(to.serial) ?? to } })
        return
      }
      case 'notice':
        say({ event: 'notice', device, code: event.code, name: event.name, group: event.group })
    }
  }
}

/** Asks the validator itself how it is (ID-003: status; ccTalk: header 232) and says so; false when it does not answer or is not well. */
export async function selfCheckNotes(
  settings: BillValidatorSettings,
  open: OpenTransport,
  { clock, say }: { readonly clock: Clock; readonly say: Say },
): Promise<boolean> {
  const wire = await open()
  const tell = (code: number | null, name: string, fault: FaultCode | null) => {
    say({ event: 'self-check', device, code, name, fault })
    return code !== null && fault === null
  }
  const check = async (): Promise<boolean> => {
    if (!wire) return tell(null, 'the port cannot be opened', 'bill-validator-lost')
    const ports = { clock, trace: () => undefined }
    if (settings.protocol === 'id003') {
      const frame = await makeId003Link(wire, ports).status()
      if (!frame) return tell(null, 'no answer', 'bill-validator-lost')
      return tell(frame.code, noticeOf(frame)?.name ?? 'ok', faultOf(frame.code))
    }
    const link = makeLink(wire, ports, settings)
    if (!(await link.ask(headers.simplePoll))) return tell(null, 'no answer', 'bill-validator-lost')
    const bytes = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: selfCheckMs })
    if (!bytes) return tell(0, 'not supported', null)
    return tell(bytes[0] ?? 0, selfCheckName(bytes[0] ?? 0), selfCheckFault(bytes[0] ?? 0))
  }
  const well = await check()
  await wire?.close()
  return well
}

/** Says which notes the validator knows, and lets nothing in; false when it does not tell. */
export async function tellNotes(host: DeviceHost, { clock, say }: { readonly clock: Clock; readonly say: Say }): Promise<boolean> {
  const told = await new Promise<boolean>((done) => {
    clock.after(startMs, () => done(false))
    host.onMessage((message) => {
      if (message.kind !== 'event' || message.device !== device) return
      const { event } = message
      if (event.kind === 'identified') host.send({ device, command: { kind: 'configure', cursor: null, notes: [] } })
      else if (event.kind === 'moved') host.send({ device, command: { kind: 'recorded', cursor: event.to } })
      else if (event.kind === 'table') {
        say({ event: 'table', device, table: event.notes })
        done(true)
      }
    })
  })
  await host.stop()
  return told
}
