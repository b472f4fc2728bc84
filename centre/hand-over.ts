import { createHash } from 'node:crypto'
import type { Clock } from '../hardware/clock.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { handOver, type HandOverAnswer, handOverId, handOverLengths, handOverMs, type HandOverProblem } from '../main/contract/hand-over.ts'
import { parseStrictJson } from '../main/contract/strict-json.ts'
import type { HandOverStorage } from './hand-over-storage.ts'
import { type Accepts, largestBodyBytes } from './intake.ts'
import { japanTime } from './japan-time.ts'
import { bytes as bytesReply, json } from './replies.ts'

/** The way of a resident's own photo from the booth to their telephone. The centre holds what it cannot open, and deletes it. */
export interface HandOvers {
  /** `POST /v1/hand-overs`. */
  take(request: CentreRequest): Promise<CentreReply>
  /** `POST /v1/hand-overs/{id}/download`; a POST, so that whatever follows links by itself fetches nothing. */
  handOut(id: string, request: CentreRequest): Promise<CentreReply>
  close(): Promise<void>
}

export interface HandOverOptions {
  readonly storage: HandOverStorage
  readonly clock: Clock
  readonly accepts: Accepts
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * Starts by deleting what lived its time while nobody was there. A photo goes after 24 hours by the clock on the wall or by hours that passed,
 * whichever comes first.
 */
export function createHandOvers({ storage, clock, accepts }: HandOverOptions): HandOvers {
  const timers = new Set<() => void>()
  const endAfter = (id: string, ms: number) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      // What could not be deleted now is deleted with the next question, or at the next start.
      void storage.end(id).catch(() => undefined)
    })
    timers.add(cancel)
  }
  const started = (async () => {
    await storage.forget(clock.now())
    for (const { id, until } of await storage.waiting()) endAfter(id, Math.min(until - clock.now(), handOverMs))
  })()
  // A storage that cannot do its work says so to each question.
  started.catch(() => undefined)

  return {
    async take(request) {
      await started
      if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return problem(415, 'unsupported', null)
      const body = request.body ?? new Uint8Array()
      if (body.length > largestBodyBytes) return problem(413, 'too-large', null)
      const parsed = parseStrictJson(body)
      const read = parsed.ok ? handOver.safeParse(parsed.value) : null
      const isTooBig = read?.error?.issues.some(({ code }) => code === 'too_big')
      if (!read?.success) return isTooBig ? problem(413, 'too-large', null) : problem(400, 'malformed', null)
      const { id, booth, tokenHash } = read.data
      const sealed = Buffer.from(read.data.sealed, 'base64url')
      if (sha256(sealed) !== read.data.sha256) return problem(400, 'malformed', id)
      if (accepts.booths && !accepts.booths.includes(booth)) return problem(403, 'not-allowed', id)
      const keptAt = clock.now()
      const { isNew, kept } = await storage.keep({ id, tokenHash, sha256: read.data.sha256, sealed, keptAt, until: keptAt + handOverMs })
      if (isNew) endAfter(id, handOverMs)
      if (kept.sha256 !== read.data.sha256) return problem(409, 'conflict', id)
      return json(isNew ? 201 : 200, { status: 'kept', id, sha256: kept.sha256, until: japanTime(kept.until) } satisfies HandOverAnswer)
    },
    async handOut(id, request) {
      await started
      if (!handOverId.safeParse(id).success) return problem(400, 'malformed', null)
      const [, text = ''] = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers['authorization'] ?? '') ?? []
      const token = Buffer.from(text, 'base64url')
      // Without its token a photo is not even known to be here.
      if (token.length !== handOverLengths.token) return problem(404, 'not-found', id)
      const taken = await storage.take(id, sha256(token), clock.now())
      if (taken.state === 'absent') return problem(404, 'not-found', id)
      if (taken.state !== 'sealed') return problem(410, taken.state, id)
      return bytesReply(200, taken.sealed, { 'downloads-left': String(taken.left) })
    },
    async close() {
      await started.catch(() => undefined)
      for (const cancel of timers) cancel()
      await storage.close()
    },
  }
}

function problem(status: number, name: HandOverProblem['problem'], id: string | null): CentreReply {
  return json(status, { problem: name, id } satisfies HandOverProblem)
}
