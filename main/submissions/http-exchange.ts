import { readFileSync } from 'node:fs'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import type { CentreRequest } from '../contract/centre-wire.ts'
import type { Exchange, Exchanged, ExchangeFailure } from './exchange.ts'

// Importing node:http reads each of its exports, and reading one of them loads a second client that nobody here uses: 40 ms of every start.
const { request: requestHttp } = process.getBuiltinModule('node:http')

/** An answer is a few hundred bytes; what is longer than this is none. */
const largestReplyBytes = 1024 * 1024
const largestHeadBytes = 16 * 1024

/** PEM files for https, as the configuration names them: whom the booth trusts, who is revoked, and by what the centre knows the booth. */
export interface TlsFiles {
  readonly authority?: string | undefined
  readonly revoked?: string | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
}

/**
 * The wire to the centre: a Unix socket when `address` is a path, else https (TLS 1.2 or newer, certificate and name always checked, with `revoked` its
 * revocation too; there is no way back to plain). The files are read for each connection, so what the operator renews holds from the next one on; one that
 * cannot be read leaves nobody to trust. One connection a question, redirects not followed, cookies and dates not looked at, compressed bodies not asked for.
 */
export function httpExchange(address: string, files: TlsFiles = {}): Exchange {
  const isSocket = address.startsWith('/')
  const base = isSocket ? null : new URL(address.endsWith('/') ? address : `${address}/`)
  if (base && base.protocol !== 'https:') throw new Error('the centre is reached by a Unix socket or https')
  return (question, signal) =>
    new Promise((done) => {
      const shared: RequestOptions = { method: question.method, headers: headersOf(question), agent: false, signal, maxHeaderSize: largestHeadBytes }
      let request: ClientRequest
      try {
        request = base
          ? requestHttps(new URL(question.path.slice(1), base), { ...shared, ...readTls(files) })
          : requestHttp({ ...shared, socketPath: address, path: question.path })
      } catch {
        return done({ ok: false, reason: 'not-trusted' })
      }
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

function readTls({ authority, revoked, certificate, key }: TlsFiles): SecureContextOptions & { readonly rejectUnauthorized: true } {
  const read = (name: 'ca' | 'crl' | 'cert' | 'key', file: string | undefined) => (file === undefined ? {} : { [name]: readFileSync(file) })
  return {
    ...read('ca', authority),
    ...read('crl', revoked),
    ...read('cert', certificate),
    ...read('key', key),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  }
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
