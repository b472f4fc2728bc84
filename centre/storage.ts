import type { CentreAnswer, Envelope } from '../main/contract/submission.ts'

/** How far an application has come. The centre's word is `received` or `refused`; the other two are what its operator marked. */
export type Stage = 'received' | 'refused' | 'passed-on' | 'decided'

export interface StoredApplication {
  readonly envelope: Envelope
  /** What the centre answered, word for word, every time it is asked. */
  readonly answer: CentreAnswer
  readonly stage: Stage
  /** What the authority decided, once it has. */
  readonly decision: Decision | null
}

export type Decision = 'approved' | 'declined'

/** What came in and how the centre decided to answer it, if it is new. */
export interface Arrival {
  readonly envelope: Envelope
  /** The sealed application, null for one that is refused: it is not kept. */
  readonly sealed: string | null
  readonly answer: CentreAnswer
}

/**
 * Where a centre keeps what it was sent. Whoever implements it must pass test/centre/storage-contract.ts. Everything that resolves is durable.
 * Errors: a storage that cannot do its work rejects, and the centre answers 503.
 */
export interface CentreStorage {
  /**
   * Keeps an arrival unless its key is known, in one step however many come at once, and resolves to what is kept under that key. `isNew` says
   * whether it was this arrival.
   */
  keep(arrival: Arrival): Promise<{ readonly isNew: boolean; readonly kept: StoredApplication }>
  find(key: string): Promise<StoredApplication | null>
  /** By the slip's number and the hash of number and code; null when either is wrong. */
  findBySlip(number: string, codeHash: string): Promise<StoredApplication | null>
  /** Every application with this number; more than one is rare and possible. */
  findByNumber(number: string): Promise<readonly StoredApplication[]>
  /** The newest first, at most `limit`. */
  list(limit: number): Promise<readonly StoredApplication[]>
  /** The sealed bytes as they came; null when they are not kept. */
  sealed(key: string): Promise<string | null>
  /** Moves on from `received` to `passed-on`, from there to `decided`; false when the application is not there to be moved. */
  passOn(key: string): Promise<boolean>
  decide(key: string, decision: Decision): Promise<boolean>
  close(): Promise<void>
}
