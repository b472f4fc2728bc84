import type { DatabaseSync } from 'node:sqlite'
import type { ChainHead } from './chain.ts'
import { one } from './rows.ts'

/** When the booth vouches for its journal: the day's end in Japan, a collection, a clean stop. */
export type SignReason = 'midnight' | 'collection' | 'stop'

/** The part of the booth's keys that the journal needs. */
export interface JournalKeys {
  readonly boothKeyId: string
  sign(bytes: Uint8Array): string
  verify(bytes: Uint8Array, signature: string): boolean
}

/** A head of the chain with the booth's Ed25519 signature. */
export interface SignedHead {
  readonly seq: number
  readonly at: number
  readonly reason: SignReason
  readonly booth_key: string
  readonly signature: string
}

export interface Heads {
  /** Signs `head` unless it is signed already or there is nothing to sign. */
  sign(head: ChainHead, reason: SignReason, at: number): void
  last(): SignedHead | null
  isTrue(head: SignedHead, digest: string): boolean
}

/** Keeps the signed heads. A key that is not this booth's makes every head false. */
export function createHeads(database: DatabaseSync, keys: JournalKeys): Heads {
  const insert = database.prepare(
    'INSERT INTO signed_head (seq, at, reason, booth_key, signature) VALUES (?, ?, ?, ?, ?) ON CONFLICT (seq) DO NOTHING',
  )
  const selectLast = database.prepare('SELECT * FROM signed_head ORDER BY seq DESC LIMIT 1')
  const bytes = (seq: number, digest: string, reason: SignReason, at: number, key: string) =>
    Buffer.from(JSON.stringify(['cardbooth-journal-head/1', seq, digest, reason, at, key]))
  return {
    sign(head, reason, at) {
      if (head.seq === 0) return
      insert.run(head.seq, at, reason, keys.boothKeyId, keys.sign(bytes(head.seq, head.digest, reason, at, keys.boothKeyId)))
    },
    last: () => one<SignedHead>(selectLast),
    isTrue: (head, digest) =>
      head.booth_key === keys.boothKeyId && keys.verify(bytes(head.seq, digest, head.reason, head.at, head.booth_key), head.signature),
  }
}
