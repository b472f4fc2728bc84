import type { FaultCode } from '../../hardware/faults.ts'

/** Everything that the booth writes to its log: a closed list, without a place for personal data. */
export type LogEvent =
  | { readonly event: 'booth-started'; readonly version: string; readonly mode: string }
  | { readonly event: 'booth-stopped' }
  | { readonly event: 'configuration-refused'; readonly file: string; readonly path: string; readonly reason: string }
  /** The signed pack in force, and one that is not, with its place. */
  | { readonly event: 'pack'; readonly version: number; readonly issued: string }
  | { readonly event: 'pack-refused'; readonly file: string; readonly path: string; readonly reason: string }
  /** The rulebook in force, and where it comes from. */
  | { readonly event: 'rulebook'; readonly version: number; readonly issued: string; readonly from: 'file' | 'last-good' | 'release' }
  | { readonly event: 'rulebook-refused'; readonly file: string; readonly path: string; readonly refusal: string; readonly reason: string }
  | { readonly event: 'start-refused'; readonly reason: string }
  | { readonly event: 'journal-refused'; readonly reason: string; readonly detail: string }
  | { readonly event: 'journal-write-failed'; readonly reason: string }
  /** With the technician's words of the fault table, so that nobody has to look the code up. */
  | { readonly event: 'fault-raised'; readonly fault: FaultCode; readonly technician: string; readonly action: string }
  | { readonly event: 'fault-cleared'; readonly fault: FaultCode }
  /** Something that takes time did not work; `code` names why. */
  | { readonly event: 'effect-failed'; readonly effect: string; readonly code: string }
  /** An error that nobody expected ended the process: where it was thrown, without its message. */
  | { readonly event: 'process-failed'; readonly stack: readonly string[] }
  /** Something came over the channel of the shell that it never says. */
  | { readonly event: 'message-refused' }
  | { readonly event: 'command-refused'; readonly command: string; readonly code: string }
  /** A command of the operator's centre was judged; and an answer that was not the centre's, or none to this booth. */
  | { readonly event: 'remote-command'; readonly number: number; readonly act: string; readonly outcome: string }
  | { readonly event: 'remote-refused'; readonly reason: string }
  /** A visit that was open when the booth last stopped: what it held, where its application stands, how many of its claims are kept. */
  | { readonly event: 'visit-settled'; readonly credit: number; readonly application: string | null; readonly claims: number }
  | { readonly event: 'sealed-files-swept'; readonly deleted: number; readonly missing: number }
  /** What the shell says of its windows and processes. */
  | { readonly event: 'shell'; readonly line: string }
  /** Lines of one event that were not written, because a minute had brought too many. */
  | { readonly event: 'suppressed'; readonly of: string; readonly count: number }

export type Log = (entry: LogEvent) => void

/** A log of JSON lines with the wall time in front; `write` gets one line at a time. */
export function jsonLog(now: () => number, write: (line: string) => void): Log {
  return (entry) => write(`${JSON.stringify({ at: now(), ...entry })}\n`)
}
