import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Place, place } from './journal-fixture.ts'

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url))

let here: Place
beforeEach(() => {
  here = place()
})
afterEach(() => here.remove())

/** Lets the writer run until it has acknowledged `acknowledgements` transactions and some microseconds more, then kills it; what it acknowledged. */
async function writeAndKill(
  firstVisit: number,
  acknowledgements: number,
  spins: number,
): Promise<readonly { visit: number; seq: number; digest: string }[]> {
  const child = spawn(process.execPath, [writer, here.dir, String(firstVisit)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    told += text
    if (told.split('\n').length <= acknowledgements) return
    let spun = 0
    while (spun < spins) spun += 1
    child.kill('SIGKILL')
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [visit, seq, digest = ''] = line.split(' ')
      return { visit: Number(visit), seq: Number(seq), digest }
    })
}

test('F02 kill -9 at any moment: every acknowledged record is there once, the chain holds and no coin is lost or doubled', async () => {
  const acknowledged: { visit: number; seq: number; digest: string }[] = []
  // A fixed row of moments from one seed; what the system does between them is chance enough.
  let chance = 20261121
  for (let round = 0; round < 8; round += 1) {
    chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648
    const told = await writeAndKill((acknowledged.at(-1)?.visit ?? 0) + 2, 1 + (chance % 60), chance % 400_000)
    acknowledged.push(...told)

    const journal = here.journal()
    for (;;) {
      const slice = journal.verifySlice()
      expect(slice.ok).toBe(true)
      if (!slice.ok || slice.done) break
    }
    const [totals] = journal.totals()
    const { visit } = journal.recover()
    if (visit) expect(journal.money(visit.visit).credit).toBeLessThanOrEqual(visit.credit)
    journal.close()

    const database = new DatabaseSync(here.file)
    const rows = new Map(
      database
        .prepare('SELECT seq, digest FROM journal')
        .all()
        .map((row) => [row['seq'], row['digest']]),
    )
    const events = database.prepare('SELECT count(*) AS rows, count(DISTINCT body) AS coins FROM journal WHERE kind = ?').get('coin-credited')
    database.close()
    for (const { seq, digest } of acknowledged) expect(rows.get(seq)).toBe(digest)
    expect(events?.['coins']).toBe(events?.['rows'])
    expect(totals?.inserted ?? 0).toBe(Number(events?.['rows']) * 500)
  }
  expect(acknowledged.length).toBeGreaterThan(8)
})
