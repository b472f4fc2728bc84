import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CentreRequest } from '../../../main/contract/centre-wire.ts'
import { httpExchange, type TlsFiles } from '../../../main/submissions/http-exchange.ts'
import { trial } from '../../centre/centre-fixture.ts'
import { finals, harness } from './outbox-fixture.ts'
import { until } from '../../support/until.ts'

const file = (name: string) => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const pem = (name: string) => readFileSync(file(name))
const forever = new AbortController().signal
const health: CentreRequest = { method: 'GET', path: '/v1/health', headers: {}, body: null }
const trusting: TlsFiles = { authority: file('authority.pem') }
const asBooth = (certificate: string): TlsFiles => ({ ...trusting, certificate: file(certificate), key: file('server.key') })

let servers: Server[]
let sockets: Set<Socket>
beforeEach(() => {
  servers = []
  sockets = new Set()
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
})

async function listening(server: Server, port = 0): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
  await new Promise<void>((done) => server.listen(port, 'localhost', done))
  return (server.address() as AddressInfo).port
}

/** A centre behind TLS; `heard` counts the questions that came through. */
async function tlsServer(certificate: string, options: Record<string, unknown> = {}, port = 0) {
  const there = trial()
  const said: string[] = []
  const server = createTlsServer({ cert: pem(certificate), key: pem('server.key'), ...options }, (request, response) => {
    said.push(request.url ?? '')
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const body = parts.length > 0 ? Buffer.concat(parts) : null
      void there.centre.handle({ method, path: url, headers: headers as Record<string, string>, body }).then((reply) => {
        response.writeHead(reply?.status ?? 500, reply?.headers)
        response.end(reply?.body)
      })
    })
  })
  server.on('tlsClientError', () => {})
  const at = await listening(server, port)
  return { server, there, said, port: at, address: `https://localhost:${at}` }
}

test('F66 H18 expired, not yet valid, other name, own-signed, unknown authority, revoked, no current list, old TLS: nothing is said, nothing falls back', async () => {
  const withList = { ...trusting, revoked: file('revoked.crl') }
  const oldTls = (version: string) => ({ maxVersion: version, minVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' })
  const cases: readonly [string, Record<string, unknown>, TlsFiles][] = [
    ['expired.pem', {}, trusting],
    ['not-yet.pem', {}, trusting],
    ['other-name.pem', {}, trusting],
    ['own-signed.pem', {}, trusting],
    ['good.pem', {}, {}],
    ['revoked.pem', {}, withList],
    ['good.pem', {}, { ...trusting, revoked: file('old.crl') }],
    ['good.pem', oldTls('TLSv1'), trusting],
    ['good.pem', oldTls('TLSv1.1'), trusting],
  ]
  for (const [certificate, options, files] of cases) {
    const { address, said } = await tlsServer(certificate, options)
    for (const question of [health, { ...health, method: 'POST', body: new Uint8Array(100_000) }])
      expect(await httpExchange(address, files)(question, forever), certificate).toEqual({ ok: false, reason: 'not-trusted' })
    expect(said, certificate).toEqual([])
  }
  const { address } = await tlsServer('good.pem')
  expect(await httpExchange(address, withList)(health, forever)).toMatchObject({ ok: true, reply: { status: 200 } })
})

test('F72 to a clock that is too early the centre’s certificate is not valid yet: refused, no check is skipped', async () => {
  const { address, said } = await tlsServer('not-yet.pem')
  expect(await httpExchange(address, trusting)(health, forever)).toEqual({ ok: false, reason: 'not-trusted' })
  expect(said).toEqual([])
})

test('F66 a file of the own authority, list, certificate or key that is gone or no PEM leaves nobody to trust', async () => {
  const { address, said } = await tlsServer('good.pem')
  const broken: readonly TlsFiles[] = [
    { authority: '/nowhere.pem' },
    { ...trusting, revoked: '/nowhere.crl' },
    { ...asBooth('booth.pem'), key: '/nowhere.key' },
    { ...asBooth('booth.pem'), key: file('booth.pem') },
    { authority: file('make.sh') },
  ]
  for (const files of broken) expect(await httpExchange(address, files)(health, forever)).toEqual({ ok: false, reason: 'not-trusted' })
  expect(said).toEqual([])
})

test('F66 H18 a booth whose own certificate is revoked is not let in; one whose is good is', async () => {
  const demanding = { requestCert: true, rejectUnauthorized: true, ca: pem('authority.pem'), crl: pem('revoked.crl') }
  const { address, said } = await tlsServer('good.pem', demanding)
  expect(await httpExchange(address, asBooth('booth.pem'))(health, forever)).toMatchObject({ ok: true, reply: { status: 200 } })
  expect(said).toHaveLength(1)
  for (const files of [asBooth('revoked-booth.pem'), trusting]) expect(await httpExchange(address, files)(health, forever)).toMatchObject({ ok: false })
  expect(said).toHaveLength(1)
})

test.each([
  ['certificate revoked', 44],
  ['certificate expired', 45],
  ['certificate unknown', 46],
  ['unknown authority', 48],
  ['access denied', 49],
  ['protocol version', 70],
  ['certificate required', 116],
])('H18 the other side ends the handshake with the alert "%s": not trusted, not just "no line"', async (_name, description) => {
  const server = createServer((socket) => {
    // TLS record (RFC 8446, 5.1): type alert, version 3.3, length 2, fatal.
    socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, description])))
  })
  const port = await listening(server)
  expect(await httpExchange(`https://localhost:${port}`, asBooth('revoked-booth.pem'))(health, forever)).toEqual({ ok: false, reason: 'not-trusted' })
})

test('F66 a server that speaks plain HTTP on the port is not spoken to in plain', async () => {
  let heard = Buffer.alloc(0)
  const port = await listening(
    createServer((socket) => {
      socket.on('data', (bytes) => {
        heard = Buffer.concat([heard, bytes])
        socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{"status":"ok"}')
      })
    }),
  )
  expect(await httpExchange(`https://localhost:${port}`, trusting)(health, forever)).toEqual({ ok: false, reason: 'not-trusted' })
  expect(heard[0]).toBe(22)
  expect(heard.includes('GET')).toBe(false)
})

test('F66 the certificate expires while applications wait: a fault of its own, nothing is lost, and all leave once it is renewed', async () => {
  const expired = await tlsServer('expired.pem')
  const on = harness(expired.there, { exchange: httpExchange(expired.address, trusting) })
  on.outbox.start()
  await until(() => expect(on.faults).toContain('+centre-not-trusted not-trusted'))
  expect(on.faults.at(-1)).toBe('+centre-not-trusted not-trusted')
  expect(on.faults).toContain('-centre-unreachable not-trusted')
  for (const n of [1, 2, 3]) on.queue(n)
  on.outbox.submitNow(on.waiting[0]?.key ?? '')
  await until(() => expect(on.results).toMatchObject([{ result: { status: 'unknown', reason: 'not-trusted' } }]))
  await new Promise((done) => expired.server.close(done))
  servers.pop()

  const renewed = await tlsServer('good.pem', {}, expired.port)
  await until(async () => {
    await on.clock.advance(1000)
    expect(finals(on)).toHaveLength(3)
  })
  expect(finals(on).every(({ result }) => result.status === 'received')).toBe(true)
  expect((await renewed.there.storage.list(10)).length).toBe(3)
  expect(on.faults.at(-1)).toBe('-centre-not-trusted heard')
})
