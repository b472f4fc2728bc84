import type { Clock } from '../../hardware/clock.ts'
import { type BoothReport, type JournalHead, type JudgedCommand, type RemoteCommand, type ReportAnswer, reportAnswer, type RemoteOutcome } from '../contract/remote-command.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import { backOffMs } from './back-off.ts'
import type { Exchange, Exchanged } from './exchange.ts'
import { readRetryAfter } from './read-answer.ts'
import type { ReceiptCheck } from './receipt-check.ts'

const tryMs = 10_000
/** How often the centre is asked; half as long to half as long again, by chance. */
const everyMs = 30_000
/** The centre hears soon what became of a command. */
const soonMs = 1_000
const mostAtOnce = 16

/** Why an answer is none: `not-signed` by the centre, `not-understood` or about another report, or no answer came. */
export type RemoteRefusal = 'not-signed' | 'not-understood' | 'too-large' | 'no-answer'

export interface RemoteLineOptions {
  readonly exchange: Exchange
  readonly clock: Clock
  /** Whose signature under an answer is the centre's. */
  readonly isSigned: ReceiptCheck
  readonly booth: string
  /** 0 up to, not including, 1. */
  readonly random: () => number
  /** 32 fresh hexadecimal digits a call. */
  readonly id: () => string
  /** The highest number that was judged, and what came of the last command; told anew at each start, because nobody knows whether it was heard. */
  readonly last: () => number
  readonly judged: JudgedCommand | null
  /** Judges a command, and carries it out where that is its due; null: not now. */
  readonly judge: (command: RemoteCommand) => RemoteOutcome | null
  readonly journal: {
    head(): JournalHead
    /** The digest of the row with this number; null when there is none. */
    digestAt(seq: number): string | null
  }
  /** The journal does not hold the row that the centre was told once: it was put back to an older one. Told with each answer. */
  readonly onWentBack: (told: JournalHead) => void
  /** An answer that is not the centre's, or not to this booth's report. */
  readonly onRefused: (reason: RemoteRefusal) => void
}

/**
 * Tells the centre how far the journal has come, asks it for commands by the booth's own line, and tells it what became of each. The booth listens nowhere: a command comes as an answer, signed by the centre, to a
 * report that was just sent, or not at all.
 */
export function remoteLine(options: RemoteLineOptions): { start(): void; stop(): void } {
  const { exchange, clock, isSigned, booth, random, journal } = options
  const untold = new Map<number, RemoteOutcome>(options.judged ? [[options.judged.number, options.judged.outcome]] : [])
  /** The row that the centre named last. */
  let told: JournalHead | undefined
  let failures = 0
  let running = false
  let cancelTimer = () => {}
  let underWay = new AbortController()

  const ask = async (): Promise<void> => {
    underWay = new AbortController()
    const cancel = clock.after(tryMs, () => underWay.abort())
    const outcomes = [...untold].slice(0, mostAtOnce).map(([number, outcome]) => ({ number, outcome }))
    const known = told && { known: { seq: told.seq, digest: journal.digestAt(told.seq) } }
    const report: BoothReport = { id: options.id(), booth, last: options.last(), outcomes, head: journal.head(), ...known }
    const body = new TextEncoder().encode(JSON.stringify(report))
    const exchanged = await exchange({ method: 'POST', path: '/v1/reports', headers: { 'content-type': 'application/json' }, body }, underWay.signal)
    cancel()
    if (!running) return
    const answer = read(exchanged, report.id, isSigned)
    if (typeof answer === 'string') {
      failures += 1
      options.onRefused(answer)
      const wish = exchanged.ok ? readRetryAfter(exchanged.reply.headers['retry-after'], clock.now()) : null
      return again(Math.max(everyMs * (0.5 + random()), backOffMs(failures, random(), wish)))
    }
    failures = 0
    for (const { number } of outcomes) untold.delete(number)
    // In the order in which they were given, whatever the order in which they came.
    for (const command of answer.commands.toSorted((one, other) => one.number - other.number)) {
      const outcome = options.judge(command)
      if (outcome) untold.set(command.number, outcome)
    }
    const wentBack = answer.head !== undefined && journal.digestAt(answer.head.seq) !== answer.head.digest
    // The centre hears it, too, by the next report.
    const isNews = wentBack && answer.head?.digest !== told?.digest
    told = answer.head
    if (wentBack && told) options.onWentBack(told)
    again(untold.size > 0 || isNews ? soonMs : everyMs * (0.5 + random()))
  }
  const again = (ms: number) => {
    if (running) cancelTimer = clock.after(ms, () => void ask())
  }

  return {
    start() {
      running = true
      // Booths that lost their line together come back apart.
      again(everyMs * random())
    },
    stop() {
      running = false
      cancelTimer()
      underWay.abort()
    },
  }
}

function read(exchanged: Exchanged, id: string, isSigned: ReceiptCheck): ReportAnswer | RemoteRefusal {
  if (!exchanged.ok) return exchanged.reason === 'too-large' ? 'too-large' : exchanged.reason === 'not-http' ? 'not-understood' : 'no-answer'
  if (exchanged.reply.status !== 200) return 'no-answer'
  if (!isSigned(exchanged.reply)) return 'not-signed'
  const parsed = parseStrictJson(exchanged.reply.body)
  const answer = parsed.ok ? reportAnswer.safeParse(parsed.value).data : undefined
  return answer?.id === id ? answer : 'not-understood'
}
