import { createHash } from 'node:crypto'
import { virtualClock } from '../../hardware/clock.ts'
import type { CentreAnswer, Envelope, Submission } from '../../main/contract/submission.ts'
import { type Centre, createCentre, type CentreOptions } from '../../centre/centre.ts'
import { openRemoteCommands } from '../../centre/remote-commands.ts'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { sqliteHandOvers } from '../../centre/sqlite-hand-overs.ts'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import type { Arrival, CentreStorage } from '../../centre/storage.ts'
import type { CentreReply } from '../../main/contract/centre-wire.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A compact JWE in form; what is inside of it does not matter to a centre, which cannot open it. */
export function sealedText(content: string, header: Record<string, string> = {}): string {
  const head = JSON.stringify({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'DEMO-office', ...header })
  return [head, 'key', 'iv', content, 'tag'].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

export const keyOf = (n: number) => `${n.toString(16).padStart(32, '0')}-1`
/** The key of every centre in these tests. */
export const signingKey = makeSigningKey()
export const slip = { number: '2026-1234-5678-9012', code: '7KQM-2XRB' }

/** The submission with number `n`. */
export function submissionOf(n: number, changes: Partial<Envelope> = {}, sealed = sealedText(`application ${n}`)): Submission {
  const number = `2026-0000-0000-${String(n).padStart(4, '0')}`
  return {
    envelope: {
      key: keyOf(n),
      booth: 'demo-1',
      service: 'jp-mynumber-application',
      number,
      codeHash: sha256(`${number}:${slip.code}`),
      sha256: sha256(sealed),
      office: 'DEMO-office',
      confirmedAt: '2026-11-21T10:00:00+09:00',
      demo: true,
      ...changes,
    },
    sealed,
  }
}

export function arrivalOf(n: number, changes: Partial<Envelope> = {}): Arrival {
  const { envelope, sealed } = submissionOf(n, changes)
  const answer: CentreAnswer = { status: 'received', key: envelope.key, sha256: envelope.sha256, receivedAt: '2026-11-21T10:00:05.000+09:00' }
  return { envelope, sealed, answer }
}

export interface Trial {
  readonly centre: Centre
  readonly storage: CentreStorage
  readonly clock: ReturnType<typeof virtualClock>
  post(submission: unknown, headers?: Record<string, string>): Promise<Told>
  get(path: string, headers?: Record<string, string>): Promise<Told>
}

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: unknown
}

/** A centre in this process, without sockets, on a virtual clock. */
export function trial(options: Partial<CentreOptions> = {}): Trial {
  const storage = sqliteStorage(':memory:')
  const clock = virtualClock(Date.UTC(2026, 10, 21, 1))
  const cards = { authorities: () => '', revocations: () => '' }
  const centre = createCentre({ key: signingKey, storage, cards, handOvers: sqliteHandOvers(':memory:'), remote: openRemoteCommands({ file: ':memory:', clock }), clock, operator: { name: 'Test & Co', phone: '03-0000-0000' }, ...options })
  const told = (reply: CentreReply | null): Told => {
    if (!reply) throw new Error('the line was cut')
    const text = new TextDecoder().decode(reply.body)
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      json: reply.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : null,
    }
  }
  return {
    centre,
    storage,
    clock,
    async post(submission, headers = {}) {
      const key = (submission as Partial<Submission>).envelope?.key ?? ''
      const body = submission instanceof Uint8Array ? submission : new TextEncoder().encode(JSON.stringify(submission))
      return told(
        await centre.handle({
          method: 'POST',
          path: '/v1/applications',
          headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
          body,
        }),
      )
    },
    get: async (path, headers = {}) => told(await centre.handle({ method: 'GET', path, headers, body: null })),
  }
}
