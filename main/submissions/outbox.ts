import type { Clock } from '../../hardware/clock.ts'
import type { OutboxFault } from '../session/events.ts'
import type { SendResult } from '../contract/submission.ts'
import { backOffMs } from './back-off.ts'
import type { CentreClient } from './centre-client.ts'
import { envelopeOf, type OutboxItem } from './envelope.ts'
import type { Unknown, UnknownReason, Verdict } from './read-answer.ts'

/** A try ends after this long, whatever the line does. */
const tryMs = 30_000
const healthTryMs = 10_000
/** How often the line is asked for when nothing else was said on it; half as long to half as long again, by chance. */
const healthEveryMs = 30_000
/** A centre that does not take this booth's word is asked this seldom, up to twice as long by chance: somebody has to do something first. */
const refusedPauseMs = 900_000

type LineFault = Exclude<OutboxFault, 'outbox-full' | 'application-parked'>

/** What each kind of trouble means for the booth. */
const faultOf: Readonly<Record<UnknownReason, LineFault>> = {
  unreachable: 'centre-unreachable',
  timeout: 'centre-unreachable',
  'server-error': 'centre-unreachable',
  'not-understood': 'centre-unreachable',
  'not-trusted': 'centre-not-trusted',
  'refused-booth': 'centre-refused-booth',
  forged: 'centre-answer-forged',
}

/** So often in a row an application fails, with a centre that is well each time, before another is tried in its stead. */
const doubtedAfter = 3

/** Troubles that are over as soon as the centre says that it is well; the others when it takes an application. */
const overWithHealth: ReadonlySet<UnknownReason> = new Set(['unreachable', 'not-trusted'])

export interface OutboxOptions {
  /** Applications still to be sent, oldest first, and those that a person must decide: the journal's word at any moment. */
  readonly journal: { waiting(): readonly OutboxItem[]; parked(): readonly unknown[] }
  readonly readSealed: (
    item: OutboxItem,
  ) => Promise<{ readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string }>
  readonly client: CentreClient
  readonly clock: Clock
  /** 0 up to, not including, 1. */
  readonly random: () => number
  readonly booth: { readonly id: string; readonly demo: boolean }
  readonly limits: { readonly maximumWaiting: number; readonly maximumWaitingHours: number }
  /** What each try came to. A final one is told once; whoever records it takes the application out of `journal.waiting()`. */
  readonly onResult: (item: OutboxItem, result: SendResult) => void
  /** Told on every change; `detail` is the technician's word. */
  readonly onFault: (fault: OutboxFault, held: boolean, detail: string) => void
}

export interface Outbox {
  /** Begins: the first word about `centre-unreachable`, that it holds or that it does not, comes with the centre's first answer or the lack of one. */
  start(): void
  /**
   * Tries this application at once, whatever the back-off says: its resident is standing there. The result comes through `onResult`. To a centre that
   * does not take this booth's word, or that wished to be left alone for a while, nothing is sent: the application waits for its turn.
   */
  submitNow(key: string): void
  /** Ends what is under way; nothing is told afterwards. */
  stop(): void
}

interface Tries {
  /** How often it failed while the centre took others; one that did waits for itself, all others wait alike and keep their order. */
  readonly failures: number
  /** On the monotonic clock. */
  readonly dueAt: number
  readonly mayHaveArrived: boolean
}

/** What a try came to; `file-lost` without a word to the centre, because there is nothing to send. */
type Tried = Verdict | { readonly verdict: 'file-lost'; readonly reason: string }

const fresh: Tries = { failures: 0, dueAt: 0, mayHaveArrived: false }

/**
 * Sends what the journal says is waiting, in order, until each has a final answer. Never sends blindly: an application that may have arrived
 * (after an unknown result, or found at start) is asked for first and sent again, with the same key, only when the centre says that it has none.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { journal, clock, client, random } = options
  /** What is known of applications that were tried or found at start. */
  const tries = new Map<string, Tries>()
  /** Told as final; not tried again while the journal still lists them. */
  const told = new Set<string>()
  const underWay = new Map<string, AbortController>()
  /** Nothing at all is asked before `heldUntil`, which is the centre's own wish. */
  const line = { failures: 0, clearAt: 0, askAt: 0, heldUntil: 0 }
  /** The application whose turn it is and that failed so often in a row for what may be its own trouble; so often another was tried in its stead. */
  let doubt: { readonly key: string; readonly times: number; readonly instead: number } | null = null
  /** What is wrong with the line, each with whether the centre's health ends it. */
  const troubles = new Map<LineFault, { readonly overWithHealth: boolean }>()
  /** What was told; null where it is still to be found out. */
  const faults = new Map<OutboxFault, boolean | null>()
  let running = false
  let inBackground = false
  let cancelTimer = () => {}

  const report = (fault: OutboxFault, held: boolean, detail: string) => {
    if (faults.get(fault) === held || (!held && !faults.has(fault))) return
    faults.set(fault, held)
    options.onFault(fault, held, detail)
  }

  const open = () => {
    const waiting = journal.waiting()
    for (const key of told) if (!waiting.some((item) => item.key === key)) told.delete(key)
    const [oldest] = waiting
    const hours = oldest ? (clock.now() - oldest.queuedAt) / 3_600_000 : 0
    const { maximumWaiting, maximumWaitingHours } = options.limits
    report(
      'outbox-full',
      waiting.length > maximumWaiting || hours > maximumWaitingHours,
      `${waiting.length} waiting, the oldest for ${Math.floor(hours)} h`,
    )
    const parked = journal.parked().length
    report('application-parked', parked > 0, `${parked} parked`)
    return waiting.filter((item) => !told.has(item.key) && !underWay.has(item.key))
  }

  const askLater = () => {
    line.askAt = clock.monotonic() + healthEveryMs * (0.5 + random())
  }
  /** One word about the line at a time; what only an application can end stays beside it. */
  const troubled = (fault: LineFault, detail: string, over: { readonly overWithHealth: boolean }) => {
    for (const [other, { overWithHealth: soon }] of troubles) if (soon && other !== fault) ended(other, detail)
    troubles.set(fault, { overWithHealth: over.overWithHealth && (troubles.get(fault)?.overWithHealth ?? true) })
    report(fault, true, detail)
  }
  const ended = (fault: LineFault, detail: string) => {
    troubles.delete(fault)
    report(fault, false, detail)
  }
  const heard = (by: 'health' | 'answer') => {
    // With nothing left to send, its health is all that there is to know of a centre.
    const all = by === 'answer' || journal.waiting().length === 0
    const over = [...troubles].filter(([, trouble]) => all || trouble.overWithHealth)
    for (const [fault] of over) ended(fault, 'heard')
    if (troubles.size > 0 || (by === 'health' && over.length === 0)) return
    Object.assign(line, { failures: 0, clearAt: 0 })
    if (by === 'health') for (const [key, known] of tries) tries.set(key, { ...known, dueAt: 0 })
  }

  /** Ends `work` after `ms`, or when `controller` is told to. */
  const within = async <Result>(ms: number, controller: AbortController, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    const cancel = clock.after(ms, () => controller.abort())
    const result = await work(controller.signal)
    cancel()
    return result
  }

  const tryOnce = async (item: OutboxItem, signal: AbortSignal): Promise<Tried> => {
    if (tries.get(item.key)?.mayHaveArrived) {
      const asked = await client.ask(item.key, item.sha256, signal)
      if (asked.verdict !== 'absent') return asked
    }
    const sealed = await options.readSealed(item)
    if (!sealed.ok) return { verdict: 'file-lost', reason: `sealed-file-${sealed.reason}` }
    tries.set(item.key, { ...(tries.get(item.key) ?? fresh), mayHaveArrived: true })
    return client.send({ envelope: envelopeOf(item, options.booth), sealed: new TextDecoder().decode(sealed.bytes) }, signal)
  }

  const hold = ({ retryAfterMs }: Unknown) => {
    line.heldUntil = Math.max(line.heldUntil, clock.monotonic() + (retryAfterMs ?? 0))
  }
  const failuresOf = ({ key }: OutboxItem) => tries.get(key)?.failures ?? 0
  const setAside = (item: OutboxItem) => {
    const failures = failuresOf(item) + 1
    tries.set(item.key, { ...(tries.get(item.key) ?? fresh), failures, dueAt: clock.monotonic() + backOffMs(failures, random(), null) })
  }

  /** It failed again and again, and the centre took another since. */
  const isProven = ({ key }: OutboxItem) => line.failures === 0 && doubt?.key === key && doubt.times >= doubtedAfter

  const settle = (item: OutboxItem, verdict: Tried) => {
    askLater()
    if (verdict.verdict === 'unknown') {
      const { reason, trouble, retryAfterMs, isOfTheLine } = verdict
      const isItsOwn = !isOfTheLine && (failuresOf(item) > 0 || isProven(item))
      hold(verdict)
      if (isItsOwn) setAside(item)
      else {
        const wishMs = reason === 'refused-booth' ? refusedPauseMs * (1 + random()) : retryAfterMs
        line.failures += 1
        line.clearAt = clock.monotonic() + backOffMs(line.failures, random(), wishMs)
      }
      // What only one application meets takes the booth from nobody; that somebody forges answers is an alarm all the same.
      if (!isItsOwn || reason === 'forged') troubled(faultOf[reason], trouble, { overWithHealth: overWithHealth.has(reason) })
      return options.onResult(item, { status: 'unknown', reason })
    }
    if (verdict.verdict !== 'file-lost') heard(verdict.verdict === 'answer' ? 'answer' : 'health')
    tries.delete(item.key)
    told.add(item.key)
    if (verdict.verdict !== 'answer') return options.onResult(item, { status: 'parked', reason: verdict.reason })
    const { answer } = verdict
    if (answer.status === 'received') return options.onResult(item, { status: 'received', receivedAt: answer.receivedAt })
    options.onResult(item, { status: 'refused', reason: answer.reason })
  }

  /** What a try came to, once it is told. */
  const attempt = async (item: OutboxItem): Promise<Tried> => {
    const controller = new AbortController()
    underWay.set(item.key, controller)
    const verdict = await within(tryMs, controller, (signal) => tryOnce(item, signal))
    underWay.delete(item.key)
    if (running) settle(item, verdict)
    return verdict
  }

  /**
   * Tries the application whose turn it is. What may be its own trouble is taken for the line's, so that nobody overtakes it. When it fails again and again
   * although the centre is well, another is tried at once after it: if the centre takes that one and this one fails once more, it is its own.
   */
  const inTurn = async (item: OutboxItem): Promise<void> => {
    const wasAside = failuresOf(item) > 0
    const tried = await attempt(item)
    if (wasAside || !running) return
    const mayBeItsOwn = tried.verdict === 'unknown' && !tried.isOfTheLine && failuresOf(item) === 0
    const known = doubt?.key === item.key ? doubt : { key: item.key, times: 0, instead: 0 }
    doubt = mayBeItsOwn ? { ...known, times: known.times + 1 } : null
    if (!doubt) return
    // The centre's health tells whether it is the line's.
    line.askAt = clock.monotonic()
    if (doubt.times <= doubtedAfter || line.heldUntil > clock.monotonic()) return
    const others = open().filter((one) => one.key !== item.key && failuresOf(one) === 0)
    // The oldest first; one that failed as well is not tried again before all the others.
    const other = others[doubt.instead % others.length]
    if (!other) return
    doubt = { ...doubt, instead: doubt.instead + 1 }
    await attempt(other)
  }

  const askHealth = async () => {
    const controller = new AbortController()
    underWay.set('health', controller)
    const trouble = await within(healthTryMs, controller, client.trouble)
    underWay.delete('health')
    if (!running) return
    askLater()
    if (trouble === null) heard('health')
    else {
      hold(trouble)
      doubt = null
      troubled(faultOf[trouble.reason], trouble.trouble, { overWithHealth: true })
    }
  }

  const background = (work: Promise<void>) => {
    inBackground = true
    void work.finally(() => {
      inBackground = false
      plan()
    })
  }

  /** Does what is due, or sets the timer for what comes next. */
  const plan = () => {
    cancelTimer()
    if (!running || inBackground) return
    const now = clock.monotonic()
    const items = open().map((item) => ({ item, ...(tries.get(item.key) ?? fresh) }))
    const clearAt = Math.max(line.clearAt, line.heldUntil)
    const [next] = items.filter(({ dueAt }) => Math.max(dueAt, clearAt) <= now)
    if (next) return background(inTurn(next.item))
    const askAt = Math.max(line.askAt, line.heldUntil)
    if (askAt <= now) return background(askHealth())
    cancelTimer = clock.after(Math.min(askAt, ...items.map(({ dueAt }) => Math.max(dueAt, clearAt))) - now, plan)
  }

  return {
    start() {
      running = true
      for (const item of open()) tries.set(item.key, { ...fresh, mayHaveArrived: true })
      troubles.set('centre-unreachable', { overWithHealth: true })
      faults.set('centre-unreachable', null)
      background(askHealth())
    },
    submitNow(key) {
      const isLeftAlone = troubles.has('centre-refused-booth') || line.heldUntil > clock.monotonic()
      const item = running && !isLeftAlone ? open().find((one) => one.key === key) : undefined
      if (item) void attempt(item).finally(plan)
      else plan()
    },
    stop() {
      running = false
      cancelTimer()
      for (const controller of underWay.values()) controller.abort()
    },
  }
}
