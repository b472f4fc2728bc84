import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { CardLine } from '../card-reader/card-line.ts'
import type { Clock } from '../clock.ts'
import { socketLine } from './socket.ts'
import { vpcdReader } from './vpcd-reader.ts'

export interface VpcdSettings {
  /** Where cards come in: a TCP port of this machine alone (vpcd's own is 35963), or the path of a Unix socket. */
  readonly listen: number | string
  readonly clock: Clock
}

/**
 * A reader without a card service: the reader's end of vpcd's socket protocol, for cards that are programs. A card is in the reader while its connection is open; null when
 * nobody can come in at `listen`.
 */
export async function openVpcd({ listen, clock }: VpcdSettings): Promise<CardLine | null> {
  const reader = vpcdReader(clock)
  const server = createServer((socket) => reader.insert(socketLine(socket)))
  // A process that was killed leaves its socket behind.
  if (typeof listen === 'string') rmSync(listen, { force: true })
  const listening = await new Promise<boolean>((done) => {
    server.once('error', () => done(false))
    if (typeof listen === 'number') server.listen(listen, '127.0.0.1', () => done(true))
    else server.listen(listen, () => done(true))
  })
  if (!listening) return null
  server.on('error', reader.lose)
  reader.line.onClose(() => void server.close())
  return reader.line
}
