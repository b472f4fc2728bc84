import type { DeviceIdentity, DriverPorts } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import type { ByteTransport } from '../transport.ts'
import type { ApprovedNote, BillValidatorEvent, NoteCursor } from './events.ts'
import type { Moved } from './moves.ts'

/** What a validator is to do now. */
export interface Task {
  /** What the journal knows; null for a validator that was never seen. */
  readonly cursor: NoteCursor | null
  /** Whether the journal has everything that was told: only then may anything be decided. */
  readonly settled: boolean
  readonly approved: readonly ApprovedNote[]
  /** The notes to take; empty: none. */
  readonly wanted: readonly string[]
  /** What is to become of the note that is held. */
  readonly decision: 'stack' | 'return' | null
}

/** One protocol by which a validator is spoken to. The calls come one at a time. */
export interface NoteProtocol {
  /** Says who is there and lets nothing in; null when nobody answers properly. */
  identify(): Promise<DeviceIdentity | null>
  /** Asks once where the validator stands, does what is to be done, and says what has moved. */
  look(task: Task): Promise<Moved | null>
  /** The faults that hold now. */
  faults(): readonly FaultCode[]
  /** Forgets what merely happened: a technician, or the booth, begins anew. */
  begin(): void
  /** Lets nothing in any more; a note that was held and is not to be stacked is given back. */
  close(task: Task): Promise<void>
  /** Whether the validator is there; `polled` says that `look` is being called all the time. */
  alive(polled: boolean): Promise<boolean>
}

/** Opens a protocol on a line. */
export type OpenProtocol = (wire: ByteTransport, ports: Pick<DriverPorts<BillValidatorEvent>, 'clock' | 'emit' | 'trace'>) => NoteProtocol
