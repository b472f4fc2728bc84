import type { Clock } from '../hardware/clock.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { boothReport, remoteActs, type RemoteAct, type RemoteCommand, type RemoteOutcome, type ReportAnswer, type ReportProblem } from '../main/contract/remote-command.ts'
import { parseStrictJson } from '../main/contract/strict-json.ts'
import type { Accepts } from './intake.ts'
import { openDatabase } from './open-database.ts'
import { createJournalHeads, headsSchema, type JournalHeads } from './journal-heads.ts'
import { json } from './replies.ts'

const largestReportBytes = 16_384
const mostAtOnce = 16
const longestMinutes = 7 * 24 * 60

const schema = `
  CREATE TABLE IF NOT EXISTS command (
    booth TEXT NOT NULL,
    number INTEGER NOT NULL,
    act TEXT NOT NULL,
    expires INTEGER NOT NULL,
    outcome TEXT,
    PRIMARY KEY (booth, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS heard (booth TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;
`

/** A command as the centre keeps it, with what its booth said became of it. */
export interface KeptCommand extends RemoteCommand {
  readonly outcome: RemoteOutcome | null
}

/** What operators want of booths, and what booths say became of it. */
export interface RemoteCommands {
  /** `POST /v1/reports`. */
  take(request: CentreRequest, accepts?: Accepts): Promise<CentreReply>
  give(booth: string, act: RemoteAct, minutes: number): KeptCommand
  /** The newest first, of one booth or of all. */
  list(booth: string | null, limit: number): readonly KeptCommand[]
  /** Words of an operator: `<booth> <act> [minutes]`, or `list [booth]`. */
  hand(words: readonly string[]): string
  /** What booths' journals must still hold. */
  readonly heads: Pick<JournalHeads, 'hand'>
  close(): void
}

export const remoteHelp = `command <booth> ${remoteActs.join('|')} [minutes] · command list [booth]`

/** Keeps commands in one SQLite file; `:memory:` for none. */
export function openRemoteCommands({ file, clock }: { readonly file: string; readonly clock: Clock }): RemoteCommands {
  const database = openDatabase(file, schema + headsSchema)
  const heads = createJournalHeads(database, clock)
  const columns = 'booth, number, act, expires, outcome'
  const insert = database.prepare(
    `INSERT INTO command (booth, number, act, expires) VALUES (@booth,
       1 + max(coalesce((SELECT max(number) FROM command WHERE booth = @booth), 0), coalesce((SELECT last FROM heard WHERE booth = @booth), 0)), @act, @expires) RETURNING ${columns}`,
  )
  const settle = database.prepare('UPDATE command SET outcome = ? WHERE booth = ? AND number = ? AND outcome IS NULL')
  const hear = database.prepare('INSERT INTO heard (booth, last) VALUES (?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)')
  const selectOpen = database.prepare(`SELECT ${columns} FROM command WHERE booth = ? AND outcome IS NULL ORDER BY number LIMIT ${mostAtOnce}`)
  const selectAll = database.prepare(`SELECT ${columns} FROM command WHERE booth = @booth OR @booth IS NULL ORDER BY number DESC LIMIT @limit`)
  const kept = (rows: readonly unknown[]) => rows as readonly KeptCommand[]

  const give: RemoteCommands['give'] = (booth, act, minutes) => kept([insert.get({ booth, act, expires: Math.round(clock.now()) + minutes * 60_000 })])[0]!
  const list: RemoteCommands['list'] = (booth, limit) => kept(selectAll.all({ booth, limit }))

  return {
    give,
    list,
    heads,
    async take(request, accepts) {
      if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return problem(415, 'unsupported')
      const body = request.body ?? new Uint8Array()
      if (body.length > largestReportBytes) return problem(413, 'too-large')
      const parsed = parseStrictJson(body)
      const read = parsed.ok ? boothReport.safeParse(parsed.value).data : undefined
      if (!read) return problem(400, 'malformed')
      const { id, booth, last, outcomes } = read
      if (accepts?.booths && !accepts.booths.includes(booth)) return problem(403, 'not-allowed')
      if (last > 0) hear.run(booth, last)
      for (const { number, outcome } of outcomes) settle.run(outcome, booth, number)
      const commands = kept(selectOpen.all(booth)).map(({ outcome: _none, ...command }) => command)
      const head = heads.take(read)
      return json(200, { id, commands, ...(head && { head }) } satisfies ReportAnswer)
    },
    hand([booth = '', word = '', minutes = '60', ...rest]) {
      if (booth === 'list' && rest.length === 0) return list(word || null, 20).map(inOneLine).join(' · ') || 'nothing here'
      const act = remoteActs.find((one) => one === word)
      const long = /^[1-9][0-9]{0,4}$/.test(minutes) ? Number(minutes) : 0
      if (!act || rest.length > 0 || long < 1 || long > longestMinutes || !/^[a-z0-9-]{1,40}$/.test(booth)) return `error: ${remoteHelp}`
      return inOneLine(give(booth, act, long))
    },
    close: () => database.close(),
  }
}

function inOneLine({ booth, number, act, expires, outcome }: KeptCommand): string {
  return `${booth} ${number} ${act} ${outcome ?? `until ${new Date(expires).toISOString()}`}`
}

function problem(status: number, name: ReportProblem): CentreReply {
  return json(status, { problem: name })
}
