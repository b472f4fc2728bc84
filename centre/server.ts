import { chmodSync, existsSync, lstatSync, unlinkSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Centre } from './centre.ts'
import { largestBodyBytes, problem } from './intake.ts'
import type { CentreReply } from '../main/contract/centre-wire.ts'

/** A centre that listens on a Unix socket, readable by its owner alone. */
export interface Listening {
  close(): Promise<void>
}

/** Listens on a Unix socket. A socket that a dead process left behind is taken over; one that somebody answers on is not. */
export async function listen(centre: Centre, socket: string): Promise<Listening> {
  if (existsSync(socket)) {
    if (!lstatSync(socket).isSocket() || (await answers(socket))) throw new Error(`${socket} is taken`)
    unlinkSync(socket)
  }
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    void respond(centre, request, response)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(socket, done)
  })
  chmodSync(socket, 0o600)
  return { close: () => close(server) }
}

async function respond(centre: Centre, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request).catch(() => 'broken' as const)
  if (body === 'broken') return void request.socket.destroy()
  const answered =
    body === 'too-large'
      ? problem(413, 'too-large', null)
      : await centre.handle({ method: request.method ?? '', path: request.url ?? '/', headers: headersOf(request), body })
  if (!answered) return void request.socket.destroy()
  write(response, answered)
}

function write(response: ServerResponse, { status, headers, body }: CentreReply): void {
  response.writeHead(status, { ...headers, 'content-length': body.length, connection: 'close' })
  response.end(body)
}

/** The body, null when there is none; what is too large is not read to its end. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null | 'too-large'> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes <= largestBodyBytes) parts.push(part)
    else if (bytes > 2 * largestBodyBytes) throw new Error('far too large')
  }
  if (!request.complete) throw new Error('cut off')
  if (bytes > largestBodyBytes) return 'too-large'
  return bytes === 0 ? null : Buffer.concat(parts)
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
}

function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const trial = connect(socket)
    trial.on('connect', () => {
      trial.destroy()
      done(true)
    })
    trial.on('error', () => done(false))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}
