import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import { type BoothKeys, openKeys } from '../../../main/vault/keys.ts'
import { configured } from '../../support/booth-facts.ts'
import { signClaim } from '../../../main/vault/claim-signature.ts'
import { claimIssued, coins, ended, opened, visitId, wholeVisit } from '../journal/journal-fixture.ts'

const command = join(import.meta.dirname, '../../../main/commands/till.ts')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-till-'))
  writeFileSync(join(folder, 'booth.json'), JSON.stringify(configured()))
  copyFileSync(join(import.meta.dirname, '../../../main/commands/demo/pack.json'), join(folder, 'pack.json'))
  write(() => wholeVisit(1))
})
/** What the booth wrote while it ran. */
function write(records: (keys: BoothKeys) => readonly (readonly JournalRecord[])[]): void {
  const keys = openKeys(join(folder, 'data/keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  const journal = openJournal({ file: join(folder, 'data/journal.db'), keys: keys.keys, clock: realClock() })
  if (!journal.ok) throw new Error(journal.detail)
  for (const own of records(keys.keys)) journal.journal.append(own)
  journal.journal.close()
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function till(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words, '--config', 'booth.json', '--data', 'data'], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
  })
  return { status, stdout, stderr, lines: stdout.startsWith('{') ? stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) : [] }
}

it('what was counted stands beside what the books expected, and a new period begins', () => {
  expect(till('refill', '--place', '900', '--coin', 'JP100A', '--count', '30', '--by', 'mori').lines).toMatchObject([{ event: 'refilled', count: 30 }])
  const before = till('show')
  expect(before.status).toBe(0)
  expect(before.lines).toContainEqual(expect.objectContaining({ event: 'content', place: '900', count: 30 }))
  expect(before.lines).toContainEqual(expect.objectContaining({ event: 'counter', name: 'sales', ever: 800, since: 800 }))
  // The two coins of the visit are 500 yen by the books.
  const collected = till('collect', '--counted', 'JP500A=1', '--by', 'mori')
  expect(collected.lines).toMatchObject([{ event: 'collected', place: 'box', expected: 1000, counted: 500, difference: -500, by: 'mori' }])
  const after = till('show')
  expect(after.lines).toContainEqual(expect.objectContaining({ event: 'counter', name: 'sales', ever: 800, since: 0 }))
  expect(after.lines.filter(({ event, place }) => event === 'content' && place === 'box')).toEqual([])
  expect(after.lines.at(-1)).toMatchObject({ event: 'books', ok: true, collectedAt: expect.any(String) as unknown })
  expect(till('export').stdout).toContain('\r\nCA17*0*100*30\r\n')
  expect(till('export', '--format', 'csv').stdout).toContain('counter,,coins-in,JPY,,,1000,0')
  for (const words of [['dance'], ['collect'], ['refill', '--place', '900', '--coin', 'XX100A', '--count', '1'], ['refill', '--place', 'x', '--coin', 'JP100A', '--count', '1']])
    expect(till(...words).status).toBe(2)
})

it('a claim slip is paid once: of this booth, with its code, under its signature', () => {
  const visit = visitId(2)
  const issued = claimIssued(visit, 500, 'cancelled')
  if (issued.kind !== 'claim-issued') throw new Error('no claim')
  const { claim } = issued.body
  write((keys) => [[opened(visit), ...coins(visit, 100, 500), { ...issued, body: { claim, signature: signClaim(keys, claim) } }, ended(visit, 'cancelled')]])
  const redeem = (number: string, code: string) => till('redeem', number, code, '--by', 'mori')
  expect(redeem(claim.number, 'AAAA-AAAA')).toMatchObject({ status: 1, lines: [{ event: 'refused', reason: 'unknown' }] })
  // The first visit's claim bears a signature that is none.
  expect(redeem('C-12345-00001', '7KQM-Z200')).toMatchObject({ status: 1, lines: [{ reason: 'signature' }] })
  expect(redeem(claim.number, claim.code)).toMatchObject({ status: 0, lines: [{ event: 'redeemed', amount: 500, by: 'mori' }] })
  expect(redeem(claim.number, claim.code)).toMatchObject({ status: 1, lines: [{ event: 'refused', reason: 'redeemed' }] })
  const after = till('show')
  expect(after.lines.filter(({ event }) => event === 'claim')).toMatchObject([{ number: 'C-12345-00001', amount: 200 }])
  expect(after.stdout).not.toContain('7KQM')
  expect(after.lines).toContainEqual(expect.objectContaining({ event: 'counter', name: 'claims-redeemed', ever: 500 }))
  expect(after.lines.at(-1)).toMatchObject({ event: 'books', ok: true })
})
