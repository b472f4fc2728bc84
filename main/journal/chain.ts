import { hash } from 'node:crypto'

/** One row of the journal as it stands on disk. `previous` and `digest` are SHA-256 in hexadecimal. */
export interface JournalRow {
  readonly seq: number
  readonly visit: string | null
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: string
  readonly version: number
  /** JSON, exactly as it was written. */
  readonly body: string
  readonly previous: string
  readonly digest: string
}

/** Where a chain stands: its last row. */
export interface ChainHead {
  readonly seq: number
  readonly digest: string
}

/** The head of a journal without rows. */
export const emptyChain: ChainHead = { seq: 0, digest: '0'.repeat(64) }

/** SHA-256 over the digest before it and every field of the row in a fixed order; each row so vouches for all before it. */
export function rowDigest(row: Omit<JournalRow, 'digest'>): string {
  return hash('sha256', JSON.stringify([row.previous, row.seq, row.visit, row.at, row.kind, row.version, row.body]))
}

/** Whether `row` follows `head`: next number, named predecessor, own digest true. */
export function follows(head: ChainHead, row: JournalRow): boolean {
  return row.seq === head.seq + 1 && row.previous === head.digest && row.digest === rowDigest(row)
}
