import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import type { CentreRequest } from '../../../main/contract/centre-wire.ts'
import { centreClient } from '../../../main/submissions/centre-client.ts'
import { httpExchange } from '../../../main/submissions/http-exchange.ts'
import { receiptHeader } from '../../../main/contract/receipt.ts'
import { keyOf, signingKey, submissionOf } from '../../centre/centre-fixture.ts'
import { until } from '../../support/until.ts'

let dir: string
let servers: { close(): unknown }[]
let sockets: Set<Socket>
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-line-'))
  servers = []
  sockets = new Set()
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
  rmSync(dir, { recursive: true })
})

const forever = new AbortController().signal
const path = () => join(dir, 'line.sock')
const about = submissionOf(1)
const received = JSON.stringify({ status: 'received', key: keyOf(1), sha256: about.envelope.sha256, receivedAt: '2026-11-21T10:00:05+09:00' })
const question: CentreRequest = { method: 'GET', path: '/v1/health', headers: {}, body: null }

/** A server of raw bytes: `speak` gets each connection with what was asked once its head is whole. */
async function raw(speak: (socket: Socket, head: string) => void): Promise<{ readonly heads: readonly string[] }> {
  const heads: string[] = []
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let heard = ''
    socket.on('data', (bytes) => {
      const before = heard.includes('\r\n\r\n')
      heard += bytes.toString('latin1')
      if (before || !heard.includes('\r\n\r\n')) return
      heads.push(heard)
      speak(socket, heard)
    })
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(path(), done))
  return { heads }
}

const answer = (head: string, body: string | Uint8Array) => (socket: Socket) => {
  socket.write(`HTTP/1.1 ${head}\r\n\r\n`)
  socket.end(body)
}
const json = (body: string, length = Buffer.byteLength(body)) =>
  answer(`201 Created\r\ncontent-type: application/json\r\n${receiptHeader}: ${signingKey.sign(Buffer.from(body))}\r\ncontent-length: ${length}`, body)
const send = () => centreClient({ exchange: httpExchange(path()), clock: realClock(), receiptKeys: [signingKey.publicKey] }).send(about, forever)

test('a whole answer comes through, and the question carries key, length and nothing that it need not', async () => {
  const { heads } = await raw(json(received))
  expect(await send()).toMatchObject({ verdict: 'answer', answer: { status: 'received' } })
  const head = heads[0]?.split('\r\n\r\n')[0]?.toLowerCase() ?? ''
  expect(head).toContain(`idempotency-key: ${keyOf(1)}`)
  expect(head).toContain('content-type: application/json')
  expect(head).toContain('accept-encoding: identity')
  for (const word of ['cookie', 'user-agent', 'referer', 'authorization']) expect(head).not.toContain(word)
})

test('H05 a redirect is not followed: one question, one place', async () => {
  const { heads } = await raw(answer(`307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0`, ''))
  expect(await send()).toMatchObject({ verdict: 'unknown', trouble: 'redirect' })
  expect(heads).toHaveLength(1)
})

test('H09 a compressed body is not unpacked, whatever it would become', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000))
  await raw(answer(`200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}`, bomb))
  expect(await send()).toMatchObject({ verdict: 'unknown', reason: 'not-understood' })
})

test('H10 a body without end is cut at 1 MiB', async () => {
  let written = 0
  await raw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
    const pour = () => {
      if (socket.destroyed) return
      written += 65_536
      socket.write(`10000\r\n${' '.repeat(65_536)}\r\n`, pour)
    }
    pour()
  })
  expect(await send()).toMatchObject({ verdict: 'unknown', trouble: 'too-large' })
  expect(written).toBeLessThan(8 * 1024 * 1024)
})

test('H10 a line that says nothing, or a byte now and then, ends with its deadline', async () => {
  for (const dribble of [false, true]) {
    rmSync(path(), { force: true })
    await raw((socket) => {
      if (dribble) socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{')
    })
    const deadline = new AbortController()
    const verdict = centreClient({ exchange: httpExchange(path()), clock: realClock(), receiptKeys: [signingKey.publicKey] }).send(about, deadline.signal)
    setTimeout(() => deadline.abort(), 50)
    expect(await verdict).toMatchObject({ verdict: 'unknown', reason: 'timeout' })
    for (const server of servers) server.close()
  }
})

test('H11 a body that is shorter or longer than it says, or cut off, is not success', async () => {
  const exchanges: readonly ((socket: Socket) => void)[] = [
    json(received, received.length + 50),
    json(received, received.length - 20),
    answer('201 Created\r\ncontent-type: application/json\r\ntransfer-encoding: chunked', `${received.length.toString(16)}\r\n${received}\r\n`),
    (socket) => socket.end('HTTP/1.1 201 Created\r\ncontent-type: applica'),
    (socket) => socket.end(),
  ]
  for (const speak of exchanges) {
    rmSync(path(), { force: true })
    await raw(speak)
    expect(await send()).toMatchObject({ verdict: 'unknown' })
    for (const server of servers) server.close()
  }
})

test('H12 a head without end or measure is no answer, and the booth drops the line', async () => {
  const heads = [
    `HTTP/1.1 201 Created\r\nx: ${'a'.repeat(1_048_576)}`,
    `HTTP/1.1 201 Created\r\n${Array.from({ length: 10_000 }, (_, n) => `x-${n}: y`).join('\r\n')}`,
    'HTTP/1.1 201 Created\r\nx: a\rb',
    'ICY 200 OK',
  ]
  for (const head of heads) {
    rmSync(path(), { force: true })
    let dropped = false
    await raw((socket) => {
      socket.on('close', () => (dropped = true))
      // Written and not ended: the line stays until the booth lets go of it.
      socket.write(`${head}\r\ncontent-type: application/json\r\ncontent-length: ${received.length}\r\n\r\n${received}`)
    })
    expect(await send()).toMatchObject({ verdict: 'unknown', trouble: 'not-http' })
    await until(() => expect(dropped).toBe(true))
    for (const server of servers) server.close()
  }
})

test('nobody there is unreachable, and so is a line that breaks', async () => {
  expect(await httpExchange(path())(question, forever)).toEqual({ ok: false, reason: 'unreachable' })
  await raw((socket) => socket.destroy())
  expect(await httpExchange(path())(question, forever)).toEqual({ ok: false, reason: 'unreachable' })
})

test('only a Unix socket or https is an address', () => {
  for (const address of ['http://centre.example/', 'ftp://centre.example/', 'file:///etc/passwd']) expect(() => httpExchange(address)).toThrow()
})
