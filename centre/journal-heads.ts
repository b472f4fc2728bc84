import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../hardware/clock.ts'
import type { BoothReport, JournalHead } from '../main/contract/remote-command.ts'

/** Tables of the heads: how far each booth's journal had come, and which came back without what it once held. */
export const headsSchema = `
  CREATE TABLE IF NOT EXISTS journal_head (booth TEXT PRIMARY KEY, seq INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS went_back (
    booth TEXT NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    head INTEGER NOT NULL,
    PRIMARY KEY (booth, seq, digest)
  ) STRICT, WITHOUT ROWID;
`

/** What each booth's journal must still hold: the one witness that lies outside of the booth (F18). */
export interface JournalHeads {
  /** Takes what a report says of its booth's journal; resolves with the row that the journal must hold, none for a booth that never told one. */
  take(report: BoothReport): JournalHead | undefined
  /** Words of an operator: `list [booth]`, or `<booth> accept`. */
  hand(words: readonly string[]): string
}

export const journalHelp = 'journal list [booth] · journal <booth> accept'

/**
 * Keeps the heads in `database`. A head takes the place of an earlier one only from a booth that shows that it holds that one; so neither a lost reply nor a report that comes
 * late moves anything, and a journal that was put back is found however far it grew since.
 */
export function createJournalHeads(database: DatabaseSync, clock: Clock): JournalHeads {
  const select = database.prepare('SELECT seq, digest FROM journal_head WHERE booth = ?')
  const keep = database.prepare('INSERT INTO journal_head (booth, seq, digest) VALUES (@booth, @seq, @digest) ON CONFLICT DO UPDATE SET seq = @seq, digest = @digest')
  const forget = database.prepare('DELETE FROM journal_head WHERE booth = ?')
  const tell = database.prepare('INSERT OR IGNORE INTO went_back (booth, seq, digest, at, head) VALUES (?, ?, ?, ?, ?)')
  const selectTold = database.prepare('SELECT booth, seq, at, head FROM went_back WHERE booth = @booth OR @booth IS NULL ORDER BY at DESC LIMIT 20')
  const headOf = (booth: string) => select.get(booth) as JournalHead | undefined

  return {
    take({ booth, head, known }) {
      if (!head) return undefined
      const kept = headOf(booth)
      const holds = kept && known?.seq === kept.seq && known.digest === kept.digest
      if (kept && known?.seq === kept.seq && !holds) tell.run(booth, kept.seq, kept.digest, Math.round(clock.now()), head.seq)
      if (kept && !(holds && head.seq >= kept.seq)) return kept
      keep.run({ booth, ...head })
      return head
    },
    hand([booth = '', word = '', ...rest]) {
      if (booth === 'list' && rest.length === 0) {
        const told = selectTold.all({ booth: word || null }) as unknown as readonly { booth: string; seq: number; at: number; head: number }[]
        return told.map((one) => `${one.booth} went back behind row ${one.seq}, to ${one.head}: ${new Date(one.at).toISOString()}`).join(' · ') || 'nothing here'
      }
      if (word !== 'accept' || rest.length > 0) return `error: ${journalHelp}`
      return forget.run(booth).changes === 1 ? `the journal of ${booth} is taken as it is from its next report on` : 'error: no booth of this name told how far its journal is'
    },
  }
}
