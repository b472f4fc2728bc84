import type { CentreReply, CentreRequest } from '../contract/centre-wire.ts'
import type { Exchange } from './exchange.ts'

/** A wire without sockets to a centre in the same process: `handle` answers, or never does. */
export function directExchange(handle: (request: CentreRequest) => Promise<CentreReply | null>): Exchange {
  return (request, signal) =>
    new Promise((done) => {
      if (signal.aborted) return done({ ok: false, reason: 'stopped' })
      signal.addEventListener('abort', () => done({ ok: false, reason: 'stopped' }), { once: true })
      void handle(request).then((reply) => done(reply ? { ok: true, reply } : { ok: false, reason: 'unreachable' }))
    })
}
