import type { BoothPorts } from './booth.ts'
import type { Runner } from './session/runner.ts'
import { receiptCheck } from './submissions/receipt-check.ts'
import { remoteLine } from './submissions/remote-line.ts'

/** Where the operator's centre commands this booth: what it says becomes events, and what came of them goes back. */
export function listenToCentre({ exchange, clock, configuration, chance, log }: BoothPorts, runner: Runner, random: () => number): ReturnType<typeof remoteLine> {
  return remoteLine({
    exchange,
    clock,
    isSigned: receiptCheck(configuration.centre.receiptKeys),
    booth: configuration.booth.id,
    random,
    id: () => chance().slice(0, 32),
    last: () => runner.state().remote.last,
    judged: runner.state().remote.judged,
    judge(command) {
      const before = runner.state().remote
      runner.dispatch({ kind: 'remote', command })
      const { remote } = runner.state()
      if (remote === before || !remote.judged) return null
      log({ event: 'remote-command', number: command.number, act: command.act, outcome: remote.judged.outcome })
      return remote.judged.outcome
    },
    // A line that is down is the outbox's to tell.
    onRefused: (reason) => reason !== 'no-answer' && log({ event: 'remote-refused', reason }),
  })
}
