import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../hardware/clock.ts'
import { flushDirectory } from '../disk/durable-file.ts'
import { type ChainHead, emptyChain } from './chain.ts'
import { sqliteCode } from './failure.ts'
import { createHeads, type JournalKeys } from './heads.ts'
import { createJournal, type Journal } from './journal.ts'
import { migrate } from './migrations.ts'
import { checksAtStart, damageFoundBy } from './page-checks.ts'
import { createPatrol } from './patrol.ts'
import { createProjections } from './projections.ts'
import { createQueries } from './queries.ts'
import { findSetAside, setAside } from './set-aside.ts'
import { connection, lock, settle } from './settings.ts'
import { createVerifier, type Verifier } from './verify.ts'
import { openWitness, readWitness } from './witness.ts'

/**
 * Why the journal cannot be used. Unreadable: `in-use` another process has it (leave at once) · `damaged` no whole database, set aside under the
 * name in `setAside` · `set-aside` that happened before and nobody has dealt with it · `no-access` · `not-a-journal` · `newer` a newer program
 * made it · `settings` the library did not take one. Altered: `chain`, `signature`, `sums` the content contradicts itself · `shorter` it ends
 * before the point that it had reached · `missing` there was one.
 */
export type OpenReason =
  'in-use' | 'damaged' | 'set-aside' | 'no-access' | 'not-a-journal' | 'newer' | 'settings' | 'chain' | 'signature' | 'sums' | 'shorter' | 'missing'

export type OpenedJournal =
  | { readonly ok: true; readonly journal: Journal }
  | {
      readonly ok: false
      readonly fault: 'journal-unreadable' | 'journal-altered'
      readonly reason: OpenReason
      readonly detail: string
      readonly setAside: string | null
    }

export interface OpenOptions {
  readonly file: string
  readonly keys: JournalKeys
  readonly clock: Clock
}

type Refused = Extract<OpenedJournal, { ok: false }>
type Witnessed = ReturnType<typeof readWitness>

const witnessOf = (file: string) => `${file}.head`

/** Rows that are verified between two looks at the database, so that a long journal does not fill the memory. */
const rowsAtOnce = 2000

const busy = 5
const corrupt = 11
const notADatabase = 26

/**
 * Opens the journal, makes it at the first start, and verifies it: settings, `quick_check`, the chain from the last signed head, the sums of the
 * open visit, and that it is no shorter than it was. It is never reset and nothing of it is ever deleted: whatever is wrong comes back as a value
 * and the booth stays out of service.
 */
export function openJournal(options: OpenOptions): OpenedJournal {
  const { file, clock } = options
  const aside = findSetAside(file)
  if (!existsSync(file) && aside !== null)
    return { ...unreadable('set-aside', 'an unreadable journal was set aside and waits for a technician'), setAside: aside }
  let database: DatabaseSync | null = null
  let opened: OpenedJournal
  try {
    const witnessed = readWitness(witnessOf(file))
    if (!existsSync(file)) {
      if (witnessed !== 'none' && witnessed !== 'unreadable' && witnessed.seq > 0)
        return altered('missing', `the journal had ${witnessed.seq} rows and is gone`)
      createFile(file)
    }
    database = new DatabaseSync(file, connection)
    lock(database)
    opened = examine(database, witnessed, options)
  } catch (error) {
    opened = refusalOf(error)
  }
  if (opened.ok) return opened
  if (database?.isOpen) database.close()
  return opened.reason === 'damaged' ? { ...opened, setAside: setAside(file, clock.now()) } : opened
}

/** Verifies what the file holds and makes a journal of it. */
function examine(database: DatabaseSync, witnessed: Witnessed, options: OpenOptions): OpenedJournal {
  const unsettled = settle(database)
  if (unsettled.length > 0) return unreadable('settings', unsettled.join('; '))
  for (const check of checksAtStart(database)) {
    const damage = damageFoundBy(database, check)
    if (damage) return unreadable('damaged', damage)
  }
  const migrated = migrate(database)
  if (!migrated.ok) return unreadable(migrated.reason, migrated.detail)

  const heads = createHeads(database, options.keys)
  const projections = createProjections(database)
  const queries = createQueries(database)
  const verifier = createVerifier(database, heads, projections)
  const signed = heads.last()
  const from = verifier.headAt(signed?.seq ?? 0)
  if (!from || (signed && !heads.isTrue(signed, from.digest)))
    return altered('signature', `the head signed at row ${signed?.seq ?? 0} is not this booth's`)
  const end = walkToEnd(verifier, from)
  if (!end.ok) return altered('chain', `row ${end.damagedAt}: ${end.detail}`)
  const open = queries.recover().visit
  if (open && !verifier.moneyFollows(open.visit)) return altered('sums', `the sums of the open visit ${open.visit} do not follow from its records`)
  if (!reaches(witnessed, end.head, verifier)) return altered('shorter', `the journal ends at row ${end.head.seq}, which is not how far it had come`)

  const witness = openWitness(witnessOf(options.file), end.head)
  return {
    ok: true,
    journal: createJournal(database, {
      clock: options.clock,
      start: end.head,
      projections,
      queries,
      heads,
      patrol: createPatrol(database, verifier),
      witness,
    }),
  }
}

function refusalOf(error: unknown): Refused {
  const code = sqliteCode(error)
  const detail = error instanceof Error ? error.message : String(error)
  if (code === busy) return unreadable('in-use', 'another process has the journal')
  return unreadable(code === corrupt || code === notADatabase ? 'damaged' : 'no-access', detail)
}

/** A file that only its owner reads, in a folder that only its owner enters. SQLite gives its log the same rights. */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'wx', 0o600))
  flushDirectory(dirname(file))
}

function walkToEnd(verifier: Verifier, from: ChainHead): ReturnType<Verifier['walk']> {
  let head = from
  for (;;) {
    const walk = verifier.walk(head, rowsAtOnce)
    if (!walk.ok || walk.head.seq === head.seq) return walk
    head = walk.head
  }
}

/** Whether the journal still holds the row that the witness saw last. */
function reaches(witnessed: Witnessed, end: ChainHead, verifier: Verifier): boolean {
  if (witnessed === 'unreadable') return false
  if (witnessed === 'none') return end.seq === emptyChain.seq
  return verifier.headAt(witnessed.seq)?.digest === witnessed.digest
}

function unreadable(reason: OpenReason, detail: string): Refused {
  return { ok: false, fault: 'journal-unreadable', reason, detail, setAside: null }
}

function altered(reason: OpenReason, detail: string): Refused {
  return { ok: false, fault: 'journal-altered', reason, detail, setAside: null }
}
