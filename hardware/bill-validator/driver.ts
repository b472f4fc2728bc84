import { openCctalk } from './cctalk/protocol.ts'
import type { Driver, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { makeTurns } from '../in-turn.ts'
import { makePoll } from '../poll.ts'
import type { DeviceSettings } from '../wire.ts'
import type { ApprovedNote, BillValidatorCommand, BillValidatorEvent, NoteCursor } from './events.ts'
import { openId003 } from './id003/protocol.ts'
import { isFurther, sameCursor, type Moved } from './moves.ts'
import type { NoteProtocol, OpenProtocol, Task } from './protocol.ts'

export type BillValidatorSettings = NonNullable<DeviceSettings['bill-validator']>

/** What the booth asked for with `configure`. */
interface Service {
  readonly approved: readonly ApprovedNote[]
  /** What the journal knows; null until it knows a validator that was never seen. */
  cursor: NoteCursor | null
  /** What was told and is not recorded yet. */
  unrecorded: Moved | null
}

function opener(settings: BillValidatorSettings): OpenProtocol {
  return settings.protocol === 'id003' ? openId003 : openCctalk(settings)
}

/** A driver for a note validator, whatever it speaks. Manual and quirks: README.md beside this file. */
export function makeBillValidatorDriver(settings: BillValidatorSettings): MakeDriver<BillValidatorCommand, BillValidatorEvent> {
  return (wire, { clock, emit, report, trace }): Driver<BillValidatorCommand> => {
    const protocol: NoteProtocol = opener(settings)(wire, { clock, emit, trace })
    let serial = ''
    let service: Service | null = null
    let wanted: readonly string[] = []
    let decision: { readonly kind: 'stack' | 'return'; readonly ordinal: number } | null = null
    let exchanged = false
    let stopped = false
    let failure: unknown = null
    let reported = ''

    const reportFaults = () => {
      const faults: FaultCode[] = [...(exchanged ? (['bill-validator-exchanged'] as const) : []), ...protocol.faults()]
      if (faults.join() === reported) return
      reported = faults.join()
      report(faults)
    }

    // One act at a time: a command and a poll never share the line.
    const inTurn = makeTurns()

    const taskOf = ({ cursor, approved, unrecorded }: Service): Task => ({
      cursor,
      approved,
      settled: unrecorded === null,
      wanted: stopped ? [] : wanted,
      decision: cursor && decision?.ordinal === cursor.ordinal + 1 ? decision.kind : null,
    })

    const tick = async () => {
      const own = service
      if (!own) return
      if (own.unrecorded) emit(own.unrecorded)
      const moved = await protocol.look(taskOf(own))
      if (moved && service === own && !own.unrecorded) {
        own.unrecorded = moved
        emit(moved)
      }
      reportFaults()
    }

    const polls = makePoll(clock, settings.pollMs, {
      isWanted: () => !stopped && service !== null && failure === null,
      tick: () => inTurn(tick),
      onFailure: (error) => (failure = error),
    })

    const configure = async (cursor: NoteCursor | null, approved: readonly ApprovedNote[]) => {
      decision = null
      exchanged = cursor !== null && cursor.serial !== serial
      service = exchanged ? null : { cursor, approved, unrecorded: null }
      protocol.begin()
      reportFaults()
      if (service) polls.start()
    }

    const recorded = (cursor: NoteCursor) => {
      if (!service || cursor.serial !== serial) return
      const { unrecorded, cursor: known } = service
      const isAnswer = unrecorded !== null && sameCursor(unrecorded.to, cursor)
      // The booth stays with the note in escrow: the intent to stack it was not written, and is not meant any more.
      const isGivenUp = known !== null && unrecorded?.to.held?.phase === 'stacking' && sameCursor(known, cursor) && decision?.kind === 'return' && decision.ordinal === known.ordinal + 1
      if (isGivenUp) service.unrecorded = null
      // A report comes with every poll, and so does its answer: an older one changes nothing. One that is further on was written before we began.
      if (!isAnswer && known && !isFurther(known, cursor)) return
      service.cursor = cursor
      service.unrecorded = null
    }

    return {
      start: () =>
        inTurn(async () => {
          const identity = await protocol.identify()
          if (!identity) return null
          serial = identity.serial
          reportFaults()
          emit({ kind: 'identified', serial })
          return identity
        }),
      async heartbeat() {
        if (failure !== null) throw failure
        return polls.isRunning() ? protocol.alive(true) : inTurn(() => protocol.alive(false))
      },
      async execute(command) {
        switch (command.kind) {
          case 'configure':
            return inTurn(() => configure(command.cursor, command.notes))
          case 'accept':
            wanted = command.ids
            return
          case 'recorded':
            return recorded(command.cursor)
          case 'stack':
          case 'return':
            decision = { kind: command.kind, ordinal: command.ordinal }
        }
      },
      async stop() {
        stopped = true
        await inTurn(() => protocol.close(service ? taskOf(service) : { cursor: null, settled: true, approved: [], wanted: [], decision: null }))
      },
    }
  }
}
