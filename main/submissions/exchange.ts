import type { CentreReply, CentreRequest } from '../contract/centre-wire.ts'

/**
 * Why nothing came back that could be read: `unreachable` no connection, or it broke · `not-trusted` the other side's certificate · `not-http`
 * what came is no HTTP, or its head is too large · `too-large` the body passed 1 MiB · `stopped` the signal ended it.
 */
export type ExchangeFailure = 'unreachable' | 'not-trusted' | 'not-http' | 'too-large' | 'stopped'

export type Exchanged = { readonly ok: true; readonly reply: CentreReply } | { readonly ok: false; readonly reason: ExchangeFailure }

/** Brings a question to the centre and its reply back; ends when `signal` does. Never throws. */
export type Exchange = (request: CentreRequest, signal: AbortSignal) => Promise<Exchanged>
