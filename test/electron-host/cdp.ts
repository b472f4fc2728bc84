import type { Readable, Writable } from 'node:stream'

/** An event of the Chrome DevTools Protocol. */
export interface CdpEvent {
  readonly method: string
  readonly params: Params
  readonly sessionId: string
}

/** Parameters as they come: read with `text`, `flag`, `part`. */
export type Params = Readonly<Record<string, unknown>>

export const text = (params: Params, key: string): string => {
  const value = params[key]
  return typeof value === 'string' ? value : ''
}
export const part = (params: Params, key: string): Params => {
  const value = params[key]
  return typeof value === 'object' && value !== null ? (value as Params) : {}
}

/** A connection to Chromium over the pipe of `--remote-debugging-pipe`: JSON, each message ended by a zero byte. */
export interface Cdp {
  send(method: string, params?: object, sessionId?: string): Promise<Params>
  onEvent(listen: (event: CdpEvent) => void): void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Params
  readonly sessionId?: string
  readonly result?: Params
  readonly error?: { readonly message: string }
}

export function connectCdp(write: Writable, read: Readable): Cdp {
  const waiting = new Map<number, { readonly method: string; done(result: Params): void; failed(error: Error): void }>()
  const listeners: ((event: CdpEvent) => void)[] = []
  let lastId = 0

  const receive = (message: Message) => {
    if (message.id === undefined) {
      const event = { method: message.method ?? '', params: message.params ?? {}, sessionId: message.sessionId ?? '' }
      for (const listen of listeners) listen(event)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) asked?.failed(new Error(`${asked.method}: ${message.error.message}`))
    else asked?.done(message.result ?? {})
  }

  let pieces: Buffer[] = []
  read.on('data', (chunk: Buffer) => {
    let from = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      pieces.push(chunk.subarray(from, end))
      const source = Buffer.concat(pieces).toString('utf8')
      pieces = []
      from = end + 1
      receive(JSON.parse(source) as Message)
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from))
  })
  read.on('close', () => {
    for (const { method, failed } of waiting.values()) failed(new Error(`${method}: Chromium is gone`))
    waiting.clear()
  })
  write.on('error', () => {})

  return {
    send(method, params = {}, sessionId = '') {
      lastId += 1
      const id = lastId
      write.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
      return new Promise((done, failed) => waiting.set(id, { method, done, failed }))
    },
    onEvent: (listen) => void listeners.push(listen),
  }
}
