import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { writeFileDurably } from '../disk/durable-file.ts'
import type { ChainHead } from './chain.ts'

/** Number in 16 digits, blank, digest, newline: always the same length and less than a disk's sector, so that a write is whole or not at all. */
const shape = /^([0-9]{16}) ([0-9a-f]{64})\n$/

/**
 * A file beside the journal that says how far it had come: SQLite itself cannot notice that its write-ahead log was lost, or that the whole file was
 * exchanged for an older one, because what is left is consistent. It is written after each commit and not flushed: at a power cut it may lag behind
 * the journal, and never runs ahead of it.
 */
export interface Witness {
  record(head: ChainHead): void
  close(): void
}

/** Reads the witness; `none` when there is no such file. */
export function readWitness(file: string): ChainHead | 'none' | 'unreadable' {
  if (!existsSync(file)) return 'none'
  const [, seq, digest] = shape.exec(readFileSync(file, 'latin1')) ?? []
  return seq !== undefined && digest !== undefined ? { seq: Number(seq), digest } : 'unreadable'
}

const words = ({ seq, digest }: ChainHead) => `${String(seq).padStart(16, '0')} ${digest}\n`

/** Opens the witness for writing, beginning with `head`, which is flushed. */
export function openWitness(file: string, head: ChainHead): Witness {
  // Never there without its words: a booth that dies just then would look as if its journal had been cut.
  if (!existsSync(file)) writeFileDurably(file, Buffer.from(words(head), 'latin1'))
  const descriptor = openSync(file, 'r+')
  const write = (next: ChainHead) => writeSync(descriptor, words(next), 0, 'latin1')
  write(head)
  fsyncSync(descriptor)
  return {
    record(next) {
      try {
        write(next)
      } catch {
        // What it vouches for is on the disk already; a witness that lags behind only sees less.
      }
    },
    close: () => closeSync(descriptor),
  }
}
