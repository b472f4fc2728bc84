import { machines, nextState, type Machine, type MachineName } from '../state-machines.ts'
import { choice, type Option, type Question } from './question.ts'

const word = (name: string): Option => ({ name, kind: 'text' })
/** The rule whose source a machine has. */
const ruleOf: Readonly<Record<MachineName, string>> = {
  application: 'issue-months',
  'lost-card': 'reissue',
  card: 'continued-use',
  'foreigner-order': 'R077',
  'foreigner-certificate': 'R096',
  'citizen-certificate': 'R123',
  'chip-lock': 'R118',
  'user-code': 'R121',
}

/** The procedures of the authorities, one step at a time. */
export const machineQuestions: readonly Question[] = [
  {
    name: 'next-state',
    rule: 'R077',
    ids: [],
    options: [choice('machine', Object.keys(machines)), word('state'), word('event')],
    answer(given) {
      const machine = given.text('machine') as MachineName
      const states = Object.keys(machines[machine])
      if (!states.includes(given.text('state'))) return { at: 'state', reason: `is none of ${states.join(' | ')}` }
      const next = nextState(machine, given.text('state'), given.text('event'))
      const possible = (machines[machine] as Machine)[given.text('state')]!
      return { value: { next, events: Object.keys(possible) }, from: null, to: null, rule: ruleOf[machine] }
    },
  },
]
