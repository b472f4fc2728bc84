/** A photo as it came from a booth. */
export interface HandOverArrival {
  readonly id: string
  readonly tokenHash: string
  readonly sha256: string
  readonly sealed: Uint8Array
  /** Milliseconds since 1970. */
  readonly keptAt: number
  readonly until: number
}

/** What fetching came to. */
export type Taken =
  /** The sealed bytes, and how often they can be fetched after this. */
  | { readonly state: 'sealed'; readonly sealed: Uint8Array; readonly left: number }
  /** It was fetched as often as it may be · its time was over · there is nothing of this number with this token. */
  | { readonly state: 'taken' | 'expired' | 'absent' }

/**
 * Where a centre keeps sealed photos until they are fetched. Whoever implements it must pass test/centre/hand-over-contract.ts. Everything that
 * resolves is durable, and what is deleted is gone from the disk. Errors: a storage that cannot do its work rejects, and the centre answers 503.
 */
export interface HandOverStorage {
  /** Keeps an arrival unless its number is known, in one step however many come at once. */
  keep(arrival: HandOverArrival): Promise<{ readonly isNew: boolean; readonly kept: Pick<HandOverArrival, 'sha256' | 'until'> }>
  /** Fetches, counts, and deletes with the last time, in one step however many come at once. */
  take(id: string, tokenHash: string, now: number): Promise<Taken>
  /** Deletes what has lived its time at `now`, what came later than `now` allows for (a clock that was set back), and every trace a week after. */
  forget(now: number): Promise<void>
  /** Deletes one whatever the clock says. */
  end(id: string): Promise<void>
  /** What is still there to be fetched. */
  waiting(): Promise<readonly Pick<HandOverArrival, 'id' | 'until'>[]>
  close(): Promise<void>
}
