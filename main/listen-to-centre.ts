import type { BoothPorts } from './booth.ts'
import type { Journal } from './journal/journal.ts'
import type { Runner } from './session/runner.ts'
import { receiptCheck } from './submissions/receipt-check.ts'
import { remoteLine } from './submissions/remote-line.ts'

/**
 * Where the operator's centre hears how far the journal has come, and, where the configuration allows it, commands this booth: what it says becomes events, and what came of
 * them goes back.
 */
export function listenToCentre(ports: BoothPorts, journal: Journal, runner: Runner, random: () => number): ReturnType<typeof remoteLine> {
  const { exchange, clock, configuration, chance, log } = ports
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
      if (!configuration.centre.commands) return null
      const before = runner.state().remote
      runner.dispatch({ kind: 'remote', command })
      const { remote } = runner.state()
      if (remote === before || !remote.judged) return null
      log({ event: 'remote-command', number: command.number, act: command.act, outcome: remote.judged.outcome })
      return remote.judged.outcome
    },
    journal,
    onWentBack({ seq }) {
      // Whoever is in the booth has done nothing: it is said again with the next answer.
      const { visit, latched } = runner.state()
      if (visit || latched.includes('journal-altered')) return
      log({ event: 'journal-refused', reason: 'shorter', detail: `the operator's centre was told of another row ${seq} than this journal holds` })
      runner.dispatch({ kind: 'storage', fault: 'journal-altered', held: true, journalled: true })
    },
    // A line that is down is the outbox's to tell.
    onRefused: (reason) => reason !== 'no-answer' && log({ event: 'remote-refused', reason }),
  })
}
