import type { FaultCode } from '../../hardware/faults.ts'

/**
 * Why nothing was recorded. `impossible`: the records contradict the journal, which is a bug of whoever made them. After `input-output` nobody can
 * say what the disk holds: this journal takes nothing more until it is opened, and so verified, again.
 */
export type FailureReason = 'disk-full' | 'input-output' | 'read-only' | 'damaged' | 'impossible' | 'closed' | 'other'

/** What `append` throws, and all that it throws: the transaction left no trace. */
export class JournalFailure extends Error {
  readonly fault: FaultCode = 'journal-write-failed'
  readonly reason: FailureReason

  constructor(reason: FailureReason, detail: string) {
    super(`${reason}: ${detail}`)
    this.name = 'JournalFailure'
    this.reason = reason
  }
}

/** Primary result codes of SQLite that mean something to the booth (sqlite.org/rescode.html). */
const reasons: ReadonlyMap<number, FailureReason> = new Map([
  [8, 'read-only'],
  [10, 'input-output'],
  [11, 'damaged'],
  [13, 'disk-full'],
  [14, 'input-output'],
  [19, 'impossible'],
  [26, 'damaged'],
])

/** SQLite's primary result code of an error; null when it comes from elsewhere. */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

/** Names an error that came out of a transaction. */
export function toFailure(error: unknown): JournalFailure {
  if (error instanceof JournalFailure) return error
  const code = sqliteCode(error)
  return new JournalFailure(code === null ? 'other' : (reasons.get(code) ?? 'other'), error instanceof Error ? error.message : String(error))
}
