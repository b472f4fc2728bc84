import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { migrate } from '../../main/journal/migrations.ts'
import { connection, lock, settle } from '../../main/journal/settings.ts'
import { makeIdPhoto } from '../../main/photo/id-photo.ts'
import { unreliableDisk } from '../endurance/support/unreliable-disk.ts'
import { coins, opened, visitId } from '../main/journal/journal-fixture.ts'
import { fillJournal, journalIn } from './long-journal.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const turns = 20
const commitsATurn = 100
const countedCommits = 2_000
const [short, long] = [1_000, 1_000_000]

type Commit = (ordinal: number) => void

/** The same coin in the same tables, kept by the same settings: no chain, no ledger, no questions before, no witness. */
function bareCommit(folder: string): { readonly commit: Commit; close(): void } {
  const database = new DatabaseSync(join(folder, 'bare.db'), connection)
  lock(database)
  settle(database)
  migrate(database)
  database.prepare('INSERT INTO visit (visit, language) VALUES (?, ?)').run(visitId(1), 'ja')
  const insert = database.prepare('INSERT INTO journal (visit, at, kind, version, body, previous, digest) VALUES (?, ?, ?, 1, ?, ?, ?)')
  const update = database.prepare(`UPDATE visit SET currency = 'JPY', inserted = ?, credit = ? WHERE visit = ?`)
  const put = database.prepare('INSERT INTO device_cursor VALUES (?, ?, ?, ?) ON CONFLICT (serial) DO UPDATE SET counter = excluded.counter, results = excluded.results, ordinal = excluded.ordinal')
  const insertCoin = database.prepare('INSERT INTO coin_event VALUES (?, ?, ?)')
  const add = database.prepare(`INSERT INTO till VALUES ('box', 'JP010A', 10, 'JPY', 1) ON CONFLICT (place, id, value) DO UPDATE SET count = count + excluded.count`)
  const raise = database.prepare(
    `INSERT INTO till_counter VALUES (?, 'JPY', 10, 10) ON CONFLICT (name, currency) DO UPDATE SET ever = ever + excluded.ever, since = since + excluded.since`,
  )
  const digest = 'd'.repeat(64)
  return {
    commit(ordinal) {
      database.exec('BEGIN IMMEDIATE')
      for (const record of coins(visitId(1), ordinal, 10)) insert.run(record.visit, 1_795_000_000_000, record.kind, JSON.stringify(record.body), digest, digest)
      update.run(ordinal * 10, ordinal * 10, visitId(1))
      insertCoin.run('4711', ordinal, ordinal)
      put.run('4711', ordinal % 256, '[1,2,3,4,5,6,7,8,9,10]', ordinal)
      add.run()
      raise.run('coins-in')
      raise.run('coins-to-box')
      database.exec('COMMIT')
    },
    close: () => database.close(),
  }
}

function timed(commit: Commit, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const began = performance.now()
    commit(first + index)
    return performance.now() - began
  })
}
const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0)

/** A journal of `rows` rows, and what commits the next coin to it. */
function journalOf(folder: string, rows: number): { readonly commit: Commit; close(): void } {
  mkdirSync(folder)
  const journal = journalIn(folder)
  const visits = fillJournal(journal, rows)
  const visit = visitId(visits + 1)
  journal.append([opened(visit)])
  return { commit: (ordinal) => void journal.append(coins(visit, visits * 2 + ordinal, 10)), close: () => journal.close() }
}

/** Durable commits of a coin: beside bare SQLite with the same settings, in turns; their flushes; with a thousand and with a million rows; and while a photo is made. */
export async function* measureJournal(): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-measure-'))
  try {
    const few = journalOf(join(folder, 'few'), short)
    const bare = bareCommit(folder)
    const [ours, theirs]: [number[], number[]] = [[], []]
    const ratios: number[] = []
    for (let turn = 0; turn <= turns; turn += 1) {
      const our = timed(few.commit, turn * commitsATurn + 1, commitsATurn)
      const their = timed(bare.commit, turn * commitsATurn + 1, commitsATurn)
      // The first turn only warms both.
      if (turn === 0) continue
      ours.push(...our)
      theirs.push(...their)
      ratios.push(sum(their) / sum(our))
    }
    bare.close()
    yield measurement('journal', 'bare commit', theirs)
    yield measurement('journal', 'commit', ours, { peer: 'bare commits a second', ratio: percentile(ratios, 0.5) })

    const counted = join(folder, 'counted')
    mkdirSync(counted)
    const disk = unreliableDisk(counted, { orders: join(folder, 'orders') })
    const [program = '', ...args] = [...disk.wrapper, process.execPath, join(import.meta.dirname, 'peers/committer.ts'), counted, String(countedCommits)]
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0) throw new Error('the commits could not be counted')
    yield measurement('journal', 'flushes', [disk.flushes()], { peer: 'commits', ratio: disk.flushes() / countedCommits }, 'flushes')

    const image = readFileSync(demoPortrait)
    let photos = 0
    let making = true
    const photo = (async () => {
      while (making) {
        await makeIdPhoto(Uint8Array.from(image))
        photos += 1
      }
    })()
    const besidePhoto: number[] = []
    for (let first = (turns + 1) * commitsATurn + 1; photos < 5 || besidePhoto.length < 500; first += 10) {
      besidePhoto.push(...timed(few.commit, first, 10))
      await new Promise<void>((done) => setImmediate(done))
    }
    making = false
    await photo
    few.close()
    yield measurement('journal', 'commit, 99 of 100', [percentile(ours, 0.99)])
    yield measurement('journal', 'commit, 99 of 100, while a photo is made', [percentile(besidePhoto, 0.99)], {
      peer: 'the same without',
      ratio: percentile(besidePhoto, 0.99) / percentile(ours, 0.99),
    })

    const many = journalOf(join(folder, 'many'), long)
    const atMillion = timed(many.commit, 1, turns * commitsATurn)
    many.close()
    yield measurement('journal', 'commit with a million rows', atMillion, { peer: 'the same with a thousand', ratio: percentile(atMillion, 0.5) / percentile(ours, 0.5) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
