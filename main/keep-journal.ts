import type { Clock } from '../hardware/clock.ts'
import type { FaultCode } from '../hardware/faults.ts'
import { withReserve } from './disk/reserve.ts'
import type { Disk } from './disk/watch-disk.ts'
import { JournalFailure } from './journal/failure.ts'
import type { Journal } from './journal/journal.ts'
import type { Log } from './log/log.ts'
import { civilDateAt } from './rulebook/civil-date.ts'
import type { JournalRecord } from './session/records.ts'

/** The journal as a booth keeps it: what it cannot take is told, and its head is signed each midnight, whenever the cash box is taken out, and at the end. */
export interface KeptJournal {
  /** Whether the journal took all of them; it takes all or none. */
  append(records: readonly JournalRecord[]): boolean
  /** Empties the log into the database; what readers of it hold up is left for `checkpointRest`. */
  checkpoint(): void
  checkpointRest(): void
  /** Signs the head once on each day of Tokyo. */
  signAtMidnight(): void
  /** Writes that the booth stops in order, signs the head, closes. */
  close(): void
}

export interface KeepJournalPorts {
  /** Without one the booth is out of service anyway, and may say so. */
  readonly journal: Journal | null
  readonly clock: Clock
  readonly disk: Disk | undefined
  readonly log: Log
  readonly logFault: (event: 'fault-raised' | 'fault-cleared', fault: FaultCode) => void
  /** The journal does not take what it is given. */
  readonly onRefused: () => void
  /** Nobody can say what the disk holds of the last records. */
  readonly onUnsure: (() => void) | undefined
}

/** Keeps `journal`. Its failures are told after the step that met them has ended; what is no failure of it is thrown on. */
export function keepJournal({ journal, clock, disk, log, logFault, onRefused, onUnsure }: KeepJournalPorts): KeptJournal {
  const today = () => civilDateAt(clock.now(), 'Asia/Tokyo')
  let signedOn = today()
  let isLogEmpty = true

  const isWritten = (write: () => void): boolean => {
    try {
      write()
      return true
    } catch (error) {
      if (!(error instanceof JournalFailure)) throw error
      log({ event: 'journal-write-failed', reason: error.reason })
      queueMicrotask(() => {
        if (error.reason === 'disk-full' && disk) return disk.measure()
        onRefused()
        if (error.reason === 'input-output' || error.reason === 'damaged') onUnsure?.()
      })
      return false
    }
  }
  const append = (records: readonly JournalRecord[]): boolean => {
    if (!journal) return true
    if (!isWritten(() => withReserve(disk, () => journal.append(records)))) return false
    for (const record of records)
      if (record.kind === 'fault-raised' || record.kind === 'fault-cleared') logFault(record.kind, record.body.fault)
    // Whoever takes money out takes it from a journal that the booth vouches for.
    if (records.some((record) => record.kind === 'cash-box-moved' && record.body.out)) isWritten(() => journal.signHead('collection'))
    return true
  }
  const checkpoint = () => {
    isLogEmpty = journal?.checkpoint() ?? true
  }

  return {
    append,
    checkpoint,
    checkpointRest() {
      if (!isLogEmpty) checkpoint()
    },
    signAtMidnight() {
      const day = today()
      if (journal && day !== signedOn && isWritten(() => journal.signHead('midnight'))) signedOn = day
    },
    close() {
      if (!journal) return
      append([{ kind: 'booth-stopped', visit: null, body: {} }])
      try {
        journal.signHead('stop')
      } catch (error) {
        if (!(error instanceof JournalFailure)) throw error
        log({ event: 'journal-write-failed', reason: error.reason })
      }
      journal.close()
    },
  }
}
