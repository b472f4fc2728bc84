import { type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { CentreRequest } from '../contract/centre-wire.ts'
import type { Exchange, Exchanged, ExchangeFailure } from './exchange.ts'

/** An answer is a few hundred bytes; what is longer than this is none. */
const largestReplyBytes = 1024 * 1024
const largestHeadBytes = 16 * 1024

/** What a booth may bring for TLS: the operator's own authority, and the booth's certificate; all in PEM. */
export interface TlsOptions {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/**
 * The wire to the centre: a Unix socket when `address` is a path, else https (TLS 1.2 or newer, certificate and name always checked). One connection
 * a question, redirects not followed, cookies and dates not looked at, compressed bodies not asked for.
 */
export function httpExchange(address: string, tls: TlsOptions = {}): Exchange {
  const isSocket = address.startsWith('/')
  const base = isSocket ? null : new URL(address.endsWith('/') ? address : `${address}/`)
  if (base && base.protocol !== 'https:') throw new Error('the centre is reached by a Unix socket or https')
  return (question, signal) =>
    new Promise((done) => {
      const shared: RequestOptions = { method: question.method, headers: headersOf(question), agent: false, signal, maxHeaderSize: largestHeadBytes }
      const request = base
        ? requestHttps(new URL(question.path.slice(1), base), { ...shared, ...tls, minVersion: 'TLSv1.2', rejectUnauthorized: true })
        : requestHttp({ ...shared, socketPath: address, path: question.path })
      const fail = (error: Error) => done({ ok: false, reason: failureOf(error, signal) })
      request.on('error', fail)
      request.on('close', () => fail(new Error('closed without an answer')))
      request.on('response', (response) => {
        void readReply(response).then((exchanged) => {
          done(exchanged)
          request.destroy()
        }, fail)
      })
      request.end(question.body ?? undefined)
    })
}

function headersOf(question: CentreRequest): Record<string, string | number> {
  return {
    ...question.headers,
    accept: 'application/json',
    'accept-encoding': 'identity',
    connection: 'close',
    ...(question.body ? { 'content-type': 'application/json', 'content-length': question.body.length } : {}),
  }
}

async function readReply(response: IncomingMessage): Promise<Exchanged> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > largestReplyBytes) return { ok: false, reason: 'too-large' }
    parts.push(part)
  }
  if (!response.complete) return { ok: false, reason: 'unreachable' }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
  return { ok: true, reply: { status: response.statusCode ?? 0, headers, body: Buffer.concat(parts) } }
}

/** OpenSSL's and Node's names for a certificate or a protocol that is refused. */
const notTrusted = /CERT|SELF_SIGNED|UNABLE_TO_|EPROTO|ERR_TLS|ERR_SSL|CRL/

function failureOf(error: Error, signal: AbortSignal): ExchangeFailure {
  if (signal.aborted) return 'stopped'
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return 'not-http'
  return notTrusted.test(code) ? 'not-trusted' : 'unreachable'
}
