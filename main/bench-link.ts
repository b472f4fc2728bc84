import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Clock } from '../hardware/clock.ts'

/** A hand that does not answer within this is given up. */
const answerTimeoutMs = 10_000

/** Sends lines to the bench of a demonstration, one connection a line; every failure is an answer that begins with `error:`. */
export function benchLink(socketPath: string, clock: Clock): (line: string) => Promise<string> {
  return (line) =>
    new Promise((done) => {
      const socket = connect(socketPath)
      const end = (answer: string) => {
        cancel()
        socket.destroy()
        done(answer)
      }
      const cancel = clock.after(answerTimeoutMs, () => end('error: the bench does not answer'))
      socket.on('error', () => end('error: the bench is not there'))
      createInterface({ input: socket }).once('line', end)
      socket.write(`${line.replaceAll('\n', ' ')}\n`)
    })
}
