import type { CentreRequest } from '../../main/contract/centre-wire.ts'
import type { JournalRecord } from '../../main/session/records.ts'
import type { History } from './history.ts'

/** What is tried at the centre, beside what the journal says is waiting at that moment. */
export interface TriesSeen {
  recorded(record: JournalRecord): void
  asked(request: CentreRequest, life: number): void
  readonly tries: History['tries']
}

export function watchTries(): TriesSeen {
  /** Oldest first, with the visit of each. */
  const waiting = new Map<string, string>()
  const open = new Set<string>()
  const tries: History['tries'][number][] = []
  let askedLast: string | null = null
  return {
    tries,
    recorded({ kind, visit, body }) {
      if (kind === 'visit-opened') open.add(visit)
      if (kind === 'visit-ended') open.delete(visit)
      if (kind === 'queued') waiting.set(body.key, visit)
      if (kind === 'answered') waiting.delete(body.key)
    },
    asked({ method, path, headers }, life) {
      const key = headers['idempotency-key'] ?? /^\/v1\/applications\/(?<key>[^/]+)$/.exec(path)?.groups?.['key']
      const visit = waiting.get(key ?? '')
      if (key === undefined || visit === undefined) return
      // What is sent once the centre said that it has none is still the same try.
      const isSameTry = method === 'POST' && askedLast === key
      askedLast = method === 'GET' ? key : null
      const all = [...waiting.keys()]
      if (!isSameTry) tries.push({ life, key, isVisitOpen: open.has(visit), older: all.slice(0, all.indexOf(key)) })
    },
  }
}
