import type { Centre } from '../../../centre/centre.ts'
import type { VirtualClock } from '../../../hardware/clock.ts'
import type { SendResult } from '../../../main/contract/submission.ts'
import { centreClient } from '../../../main/submissions/centre-client.ts'
import { directExchange } from '../../../main/submissions/direct-exchange.ts'
import type { OutboxItem } from '../../../main/submissions/envelope.ts'
import type { CentreReply, CentreRequest } from '../../../main/contract/centre-wire.ts'
import type { Exchange } from '../../../main/submissions/exchange.ts'
import { createOutbox, type Outbox } from '../../../main/submissions/outbox.ts'
import { keyOf, sealedText, sha256, signingKey, slip, type Trial, trial } from '../../centre/centre-fixture.ts'

export const minute = 60_000
export const hour = 60 * minute

/** An outbox, a line, and the real centre behind it, on one virtual clock. */
export interface Harness {
  readonly clock: VirtualClock
  readonly outbox: Outbox
  readonly waiting: OutboxItem[]
  readonly results: { readonly key: string; readonly result: SendResult; readonly at: number }[]
  readonly faults: string[]
  /** What was asked of the centre, in order: `send 1`, `ask 1`, `health`. */
  readonly said: string[]
  /** What stands between booth and centre. */
  line: (request: CentreRequest, toCentre: Centre['handle']) => Promise<CentreReply | null>
  /** Puts application `n` into the outbox, as the booth does once its record is durable. */
  queue(n: number): OutboxItem
  sends(n: number): number
}

const sealedOf = (n: number) => sealedText(`application ${n}`)
export const numberOf = (key: string) => Number.parseInt(key.slice(0, 32), 16)

export interface HarnessOptions {
  readonly random?: () => number
  readonly limits?: { readonly maximumWaiting: number; readonly maximumWaitingHours: number }
  /** Applications that the outbox finds at its start. */
  readonly queued?: readonly number[]
  /** Another wire than the one in memory. */
  readonly exchange?: Exchange
  /** Applications whose sealed file is gone. */
  readonly lostFiles?: readonly number[]
}

export function harness(there: Trial = trial(), options: HarnessOptions = {}): Harness {
  const { clock } = there
  const waiting: OutboxItem[] = []
  const results: Harness['results'] = []
  const faults: string[] = []
  const said: string[] = []
  const wire: Exchange = directExchange((request) => {
    const key = request.headers['idempotency-key'] ?? request.path.split('/').at(-1) ?? ''
    said.push(request.path === '/v1/health' ? 'health' : `${request.method === 'POST' ? 'send' : 'ask'} ${numberOf(key)}`)
    return self.line(request, there.centre.handle)
  })
  const queue = (n: number): OutboxItem => {
    const item: OutboxItem = {
      key: keyOf(n),
      visit: keyOf(n).slice(0, 32),
      service: 'jp-mynumber-application',
      number: `2026-0000-0000-${String(n).padStart(4, '0')}`,
      code: slip.code,
      file: `${keyOf(n)}.jwe`,
      sha256: sha256(sealedOf(n)),
      office: 'DEMO-office',
      confirmedAt: '2026-11-21T10:00:00+09:00',
      price: 800,
      queuedAt: clock.now(),
    }
    waiting.push(item)
    return item
  }
  for (const n of options.queued ?? []) queue(n)
  const parked: string[] = []
  const outbox = createOutbox({
    journal: { waiting: () => [...waiting], parked: () => parked },
    readSealed: async (item) => {
      const n = numberOf(item.key)
      return options.lostFiles?.includes(n) ? { ok: false, reason: 'missing' } : { ok: true, bytes: new TextEncoder().encode(sealedOf(n)) }
    },
    client: centreClient({ exchange: options.exchange ?? wire, clock, receiptKeys: [signingKey.publicKey] }),
    clock,
    random: options.random ?? (() => 0.5),
    booth: { id: 'demo-1', demo: true },
    limits: options.limits ?? { maximumWaiting: 200, maximumWaitingHours: 72 },
    onResult(item, result) {
      results.push({ key: item.key, result, at: clock.monotonic() })
      if (result.status === 'unknown') return
      // The booth records the answer a moment later, as its queue does.
      clock.after(5, () => {
        const place = waiting.findIndex((one) => one.key === item.key)
        if (place >= 0) waiting.splice(place, 1)
        if (result.status === 'parked') parked.push(item.key)
      })
    },
    onFault: (fault, held, detail) => faults.push(`${held ? '+' : '-'}${fault} ${detail}`),
  })
  const self: Harness = {
    clock,
    outbox,
    waiting,
    results,
    faults,
    said,
    line: (request, toCentre) => toCentre(request),
    queue,
    sends: (n) => said.filter((one) => one === `send ${n}`).length,
  }
  return self
}

export const finals = (on: Harness) => on.results.filter(({ result }) => result.status !== 'unknown')
/** A line without anybody at its end. */
export const dead = () => Promise.resolve(null)
