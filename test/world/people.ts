import { createHash } from 'node:crypto'
import type { View } from '../../main/contract/view.ts'
import { mindOf, type Move } from './person.ts'
import type { Person } from './plan.ts'
import { portraitFile } from './portrait.ts'

/** How long somebody waits for a booth that is not free, how long they stay at most, and how long they look at a screen that waits for them before they give up. */
const patienceMs = 240_000
const stayMs = 300_000
/** Longer than the booth takes to ask whether somebody is still there. */
const waitMs = 75_000
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
  /** Since when they have done nothing but look on, say that they are still there, and offer money that comes out again. */
  let idleSince = 0
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
      if (!hasBegun) idleSince = now()
      hasBegun = true
      const { mind } = here
      const move = now() - idleSince > waitMs ? mind.givesUp(view) : mind.act(view)
      if (move.kind === 'leaves') return goes()
      let goesOn = move.kind !== 'wait' && !(move.kind === 'say' && move.name === 'still-here')
      const isDone = await does(move, (money) => {
        mind.returned(money)
        goesOn = false
      })
      if (goesOn) idleSince = now()
      if (isDone) refusals = 0
      else if ((refusals += 1) > mostRefusals) goes()
    },
    next: () => (here ? actsAt : Number.POSITIVE_INFINITY),
    isOver: () => !here,
  }
}
