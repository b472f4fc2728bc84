import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import type { Simulator } from '../../../hardware/simulator.ts'

/** Those who have hands, by name. */
export type Handed = Readonly<Record<string, Pick<Simulator, 'hand'>>>

/** Carries out one line such as `coin-acceptor insert 500`; what goes wrong comes back as `error: ...`. */
export async function carryOut(handed: Handed, line: string): Promise<string> {
  const [name = '', ...words] = line.trim().split(' ')
  if (name === 'help') return Object.keys(handed).map((who) => `${who} help`).join(' | ')
  const who = Object.hasOwn(handed, name) ? handed[name] : undefined
  if (!who) return `error: there is no ${name}; help lists who has hands`
  try {
    return await who.hand(words.join(' '))
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}

/** Takes hands on a Unix socket: a line in, a line out, in order. Resolves when it listens. */
export function listenForHands(path: string, handed: Handed): Promise<{ close(): Promise<void> }> {
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    let last = Promise.resolve()
    createInterface({ input: socket }).on('line', (line) => {
      last = last.then(async () => {
        const answer = await carryOut(handed, line)
        if (!socket.destroyed) socket.write(`${answer.replaceAll('\n', ' ')}\n`)
      })
    })
  })
  return new Promise((listening, failed) => {
    server.once('error', failed)
    server.listen(path, () =>
      listening({
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            rmSync(path, { force: true })
          }),
      }),
    )
  })
}
