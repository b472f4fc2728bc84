import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Clock } from '../../../hardware/clock.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import type { ReceiptKey } from '../../contract/receipt.ts'

const startTimeoutMs = 15_000
const goodbyeMs = 3_000

/**
 * Starts the reference centre as a process of its own. Its hands are those of its operator (`answers late 5000`, `pass-on <number>`), and two for its power: `down` and
 * `up`, which keeps what it had received.
 */
export async function startCentreProcess(options: { readonly socket: string; readonly data: string; readonly cards: { readonly authorities: string; readonly revocations: string }; readonly clock: Clock }): Promise<Simulator & { readonly receiptKey: ReceiptKey }> {
  const { socket, data, cards, clock } = options
  const entry = fileURLToPath(new URL('../../../centre/main.ts', import.meta.url))

  const start = async () => {
    const child = spawn(process.execPath, [entry, '--socket', socket, '--data', data, '--card-authorities', cards.authorities, '--card-revocations', cards.revocations], { stdio: ['pipe', 'pipe', 'inherit'] })
    const gone = new Promise<void>((done) => child.once('exit', () => done()))
    const lines = createInterface({ input: child.stdout })
    const next = (ms: number) =>
      new Promise<string>((done, failed) => {
        const cancel = clock.after(ms, () => failed(new Error('the centre does not answer')))
        lines.once('line', (line) => {
          cancel()
          done(line)
        })
      })
    const { receiptKey } = JSON.parse(await next(startTimeoutMs)) as { readonly receiptKey: ReceiptKey }
    return {
      receiptKey,
      async say(line: string): Promise<string> {
        const answer = next(startTimeoutMs)
        child.stdin.write(`${line}\n`)
        return (JSON.parse(await answer) as { readonly answer: string }).answer
      },
      async stop() {
        child.stdin.end()
        const cancel = clock.after(goodbyeMs, () => child.kill('SIGKILL'))
        await gone
        cancel()
      },
    }
  }

  const first = await start()
  let centre: Awaited<ReturnType<typeof start>> | null = first
  const down = async () => {
    await centre?.stop()
    centre = null
    return 'ok'
  }
  return {
    receiptKey: first.receiptKey,
    async hand(line) {
      if (line === 'down') return down()
      if (line === 'up') {
        centre ??= await start()
        return 'ok'
      }
      if (!centre) return 'error: the centre is down'
      const answer = await centre.say(line)
      return line === 'help' ? `${answer} | down | up` : answer
    },
    async stop() {
      await down()
    },
  }
}
