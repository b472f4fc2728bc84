import type { Clock } from '../hardware/clock.ts'
import { refusalReasons } from '../main/contract/submission.ts'
import { problem, type RefusalReason } from './intake.ts'
import type { CentreReply } from '../main/contract/centre-wire.ts'
import { reply } from './replies.ts'

const plainModes = ['received', 'none', 'lost', 'unsigned', 'forged', 'error', 'malformed', 'html', 'not-enrolled'] as const

/**
 * How the centre behaves towards booths, as its operator sets it to try them: `received` as it should · `refused` everything new · `late` answers
 * after `ms` milliseconds · `none` takes it and never answers · `lost` takes it and cuts the line · `unsigned`, `forged` take it and answer without a
 * signature, or with a stranger's · `error`, `malformed`, `html` take nothing and answer 500, half a JSON, or a page as a captive portal does ·
 * `busy` takes nothing and wishes to be asked again in so many seconds · `not-enrolled` takes nothing from this booth.
 */
export type Answers =
  | { readonly mode: (typeof plainModes)[number] }
  | { readonly mode: 'busy'; readonly seconds: number }
  | { readonly mode: 'refused'; readonly reason: RefusalReason }
  | { readonly mode: 'late'; readonly ms: number }

export const answersHelp = `received | refused <${refusalReasons.join('|')}> | late <ms> | none | lost | unsigned | forged | error | malformed | html | busy <s> | not-enrolled`

/** Reads the words of an operator, e.g. `refused closed`; null when they are none. */
export function readAnswers(words: readonly string[]): Answers | null {
  const [mode, detail, ...rest] = words
  if (rest.length > 0) return null
  const plain = plainModes.find((one) => one === mode)
  if (plain) return detail === undefined ? { mode: plain } : null
  if (mode === 'refused') {
    const reason = refusalReasons.find((one) => one === (detail ?? 'closed'))
    return reason ? { mode, reason } : null
  }
  if (mode === 'busy' && /^[0-9]{1,6}$/.test(detail ?? '')) return { mode, seconds: Number(detail) }
  return mode === 'late' && /^[0-9]{1,6}$/.test(detail ?? '') ? { mode, ms: Number(detail) } : null
}

/** Lets `work` answer as the operator wants it answered; null cuts the line. */
export async function answerAs(answers: Answers, clock: Clock, work: () => Promise<CentreReply>): Promise<CentreReply | null> {
  switch (answers.mode) {
    case 'received':
    case 'refused':
    case 'unsigned':
    case 'forged':
      return work()
    case 'late': {
      const answer = await work()
      await new Promise<void>((done) => void clock.after(answers.ms, done))
      return answer
    }
    case 'none':
      await work()
      return new Promise<never>(() => {})
    case 'lost':
      await work()
      return null
    case 'error':
      return problem(500, 'busy', null)
    case 'busy': {
      const busy = problem(429, 'busy', null)
      return { ...busy, headers: { ...busy.headers, 'retry-after': String(answers.seconds) } }
    }
    case 'not-enrolled':
      return problem(403, 'not-allowed', null)
    case 'malformed':
      return reply(200, 'application/json; charset=utf-8', '{"status":"received","key":"')
    case 'html':
      return reply(200, 'text/html; charset=utf-8', '<!doctype html><title>Welcome</title><p>Please log in to this network.')
  }
}
