import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realClock } from '../../hardware/clock.ts'
import type { ReceiptKey } from '../../main/contract/receipt.ts'
import { handOverClient } from '../../main/hand-over/hand-over-client.ts'
import { deriveHandOver, sealPhoto } from '../../main/hand-over/seal-photo.ts'
import { centreClient } from '../../main/submissions/centre-client.ts'
import { httpExchange } from '../../main/submissions/http-exchange.ts'
import { receiptCheck } from '../../main/submissions/receipt-check.ts'
import { keyOf, submissionOf } from './centre-fixture.ts'

const entry = fileURLToPath(new URL('../../centre/main.ts', import.meta.url))
const signal = new AbortController().signal

let dir: string
let running: ChildProcess[]
let receiptKeys: readonly ReceiptKey[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-centre-'))
  running = []
})
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  rmSync(dir, { recursive: true })
})

interface Running {
  readonly child: ChildProcess
  readonly receiptKey: ReceiptKey
  say(line: string): Promise<unknown>
}

const socket = () => join(dir, 'centre.sock')

async function start(...more: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [entry, '--socket', socket(), '--data', join(dir, 'data'), ...more], { stdio: ['pipe', 'pipe', 'inherit'] })
  running.push(child)
  const lines: Interface = createInterface({ input: child.stdout })
  const next = async () => JSON.parse(String((await once(lines, 'line'))[0])) as unknown
  const ready = (await next()) as { readonly receiptKey: ReceiptKey }
  expect(ready).toMatchObject({ ready: true, socket: socket(), receiptKey: { id: expect.stringMatching(/^DEMO-centre-/) as string } })
  receiptKeys = [ready.receiptKey]
  return {
    child,
    receiptKey: ready.receiptKey,
    say(line) {
      const answer = next()
      child.stdin.write(`${line}\n`)
      return answer
    },
  }
}

const client = () => centreClient({ exchange: httpExchange(socket()), clock: realClock(), receiptKeys })

test('the centre listens on a socket of its owner alone, takes hands on standard input and ends with it', async () => {
  const { child, say } = await start()
  expect(statSync(socket()).mode & 0o777).toBe(0o600)
  expect(await client().trouble(signal)).toBeNull()
  expect(await client().send(submissionOf(1), signal)).toMatchObject({ verdict: 'answer', answer: { status: 'received', key: keyOf(1) } })
  expect(await say('list')).toEqual({ answer: `2026-0000-0000-0001 ${keyOf(1)} demo-1 received` })
  expect(await say('answers refused closed')).toEqual({ answer: 'answers refused closed' })
  expect(await client().send(submissionOf(2), signal)).toMatchObject({ verdict: 'answer', answer: { status: 'refused', reason: 'closed' } })
  child.stdin?.end()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('F61 what was answered before a kill -9 is there after it, and the socket is taken over', async () => {
  const first = await start()
  const answer = await client().send(submissionOf(1), signal)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  expect(await client().trouble(signal)).toMatchObject({ reason: 'unreachable' })
  const { receiptKey } = await start()
  expect(receiptKey).toEqual(first.receiptKey)
  expect(await client().send(submissionOf(1), signal)).toEqual(answer)
  expect(await client().ask(keyOf(1), submissionOf(1).envelope.sha256, signal)).toEqual(answer)
})

test('a photo that waits for its resident survives a kill -9 with its count, and nothing of it is ever said aloud', async () => {
  const said: string[] = []
  const listenTo = ({ child }: Running) => child.stdout?.on('data', (text) => said.push(String(text)))
  const photo = sealPhoto(Buffer.from('photo'))
  const { token } = deriveHandOver(Buffer.from(photo.secret, 'base64url'))
  const download = async () => {
    const headers = { authorization: `Bearer ${Buffer.from(token).toString('base64url')}` }
    const exchanged = await httpExchange(socket())({ method: 'POST', path: `/v1/hand-overs/${photo.id}/download`, headers, body: null }, signal)
    return exchanged.ok ? [exchanged.reply.status, exchanged.reply.headers['downloads-left']] : exchanged.reason
  }
  const first = await start()
  listenTo(first)
  const offer = handOverClient({ exchange: httpExchange(socket()), isSigned: receiptCheck(receiptKeys), booth: { id: 'demo-1', demo: true } })
  expect(await offer(photo, signal)).toMatchObject({ ok: true })
  expect(await download()).toEqual([200, '1'])
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await start()
  listenTo(second)
  expect(await download()).toEqual([200, '0'])
  expect(await download()).toEqual([410, undefined])
  expect(await second.say('list')).toEqual({ answer: 'nothing here' })
  expect(said.join('')).not.toContain(photo.id)
})

test('a second centre on the same socket ends with a word, and the first goes on', async () => {
  await start()
  const second = spawn(process.execPath, [entry, '--socket', socket(), '--data', join(dir, 'other')], { stdio: ['pipe', 'pipe', 'pipe'] })
  running.push(second)
  let words = ''
  second.stderr.on('data', (text) => (words += String(text)))
  expect(await once(second, 'exit')).toEqual([2, null])
  expect(words).toContain('is taken')
  expect(await client().trouble(signal)).toBeNull()
})

test('without a socket or with words that mean nothing it says how it is called', async () => {
  for (const words of [[], ['--socket', socket(), '--data', dir, '--answers', 'maybe']]) {
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
    running.push(child)
    let said = ''
    child.stderr.on('data', (text) => (said += String(text)))
    expect(await once(child, 'exit')).toEqual([2, null])
    expect(said).toMatch(/^usage: centre/)
  }
})

test('rubbish, half requests and heads without end do not stop it', async () => {
  await start()
  for (const bytes of [
    '\u0000\u0001\u0002',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /v1/applications HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"half"',
    `GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
  ]) {
    const line = connect(socket())
    line.on('error', () => {})
    line.end(bytes)
    line.resume()
    await new Promise((done) => line.once('close', done))
  }
  expect(await client().trouble(signal)).toBeNull()
})

test('the public page works over the socket', async () => {
  await start()
  await client().send(submissionOf(1), signal)
  const asking = request({
    socketPath: socket(),
    path: '/?lang=en',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  asking.end('number=2026-0000-0000-0001&code=7KQM-2XRB')
  const [response] = (await once(asking, 'response')) as [AsyncIterable<Buffer>]
  let text = ''
  for await (const part of response) text += part.toString()
  expect(text).toContain('data-state="received"')
})
