import { createHash } from 'node:crypto'
import type { View } from '../../main/contract/view.ts'
import { mindOf, type Move } from './person.ts'
import type { Person } from './plan.ts'
import { portraitFile } from './portrait.ts'

/** How long somebody waits for a booth that is not free, and how long they stay at most. */
const patienceMs = 240_000
const stayMs = 300_000
/** Acts in a row that are refused before somebody gives up. */
const mostRefusals = 8

/** Those who come, one after another. */
export interface People {
  /** Lets whoever is there look at the screen (null: there is none) and act, if their time has come. */
  look(view: View | null): Promise<void>
  /** When the next one acts; never once all are gone. */
  next(): number
  isOver(): boolean
  /** The IDs on their forms. */
  readonly ids: readonly string[]
}

/** `does` carries out a move: false when it was refused, money that came out again at once is given back to the mind. */
export function makePeople(plan: readonly Person[], seed: number, now: () => number, does: (move: Move, returned: (money: readonly number[]) => void) => Promise<boolean>): People {
  const ids = plan.map((_, index) => `2026${createHash('sha256').update(`${seed} ${index}`).digest('hex').replaceAll(/[a-f]/g, '7').slice(0, 19)}`)
  const people = plan.map((person, index) => ({ person, mind: mindOf(person, `https://net.kojinbango-card.go.jp/?id=${ids[index]}`, portraitFile) }))
  let here = people.shift()
  let comesAt = here ? here.person.comesAfter : 0
  let actsAt = comesAt
  let hasBegun = false
  let refusals = 0
  const goes = () => {
    here = people.shift()
    if (here) comesAt = now() + here.person.comesAfter
    actsAt = comesAt
    hasBegun = false
    refusals = 0
  }
  return {
    ids,
    async look(view) {
      if (!here || now() < actsAt) return
      actsAt = now() + here.person.pace
      if (now() - comesAt > (hasBegun ? stayMs : patienceMs)) return goes()
      if (!view) return
      const { service } = here.person
      const free = view.screen === 'attract' && !view.coming && view.services.some(({ id, available }) => id === service && available)
      if (hasBegun && (view.screen === 'attract' || view.screen === 'out-of-service')) return goes()
      if (!hasBegun && !free) return
      hasBegun = true
      const { mind } = here
      const move = mind.act(view)
      if (move.kind === 'leaves') return goes()
      if (await does(move, (money) => mind.returned(money))) refusals = 0
      else if ((refusals += 1) > mostRefusals) goes()
    },
    next: () => (here ? actsAt : Number.POSITIVE_INFINITY),
    isOver: () => !here,
  }
}
