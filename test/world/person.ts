import { residentActs, type Act } from '../../main/commands/demo/resident.ts'
import type { View } from '../../main/contract/view.ts'
import type { Person } from './plan.ts'

/** What somebody does at a screen; `leaves` walks away from it, with everything as it stands. */
export type Move = Act | { readonly kind: 'insert'; readonly coins: readonly number[] } | { readonly kind: 'leaves' }

/** Somebody at the booth. */
export interface Mind {
  /** One act at one look. */
  act(view: View): Move
  /** Coins that came out again: they are tried again. */
  returned(coins: readonly number[]): void
}

const wait: Move = { kind: 'wait' }
const tooNear = { stay: 'same', 'stay-until': { era: 'western', year: 2026, month: 12, day: 21 } } as const

/** What `person` does, whose form says `code`; `portrait` is the picture file that stands for what the camera sees. */
export function mindOf(person: Person, code: string, portrait: string): Mind {
  const act = residentActs({
    language: person.language,
    coins: [],
    code,
    answers: person.tooNear ? tooNear : {},
    portrait,
    stopAt: person.cancelsAt,
  })
  const purse = person.handfuls.map((coins) => [...coins])
  const codes = [...person.wrongCodes, code]
  const bytes = (text: string) => Buffer.from(text).toString('hex')
  let looks = 0

  return {
    returned: (coins) => void purse.unshift([...coins]),
    act(view) {
      const step = 'step' in view ? view.step : view.screen
      if (person.leavesAt !== null && (view.screen === person.leavesAt || step === person.leavesAt)) return { kind: 'leaves' }
      if (view.overlay?.kind === 'still-there') return view.overlay.canExtend ? { kind: 'say', name: 'still-here', input: {} } : { kind: 'leaves' }
      if (view.screen === 'held' && !person.takesBack && view.canContinue) return { kind: 'say', name: 'use-credit', input: {} }
      if (view.screen === 'payment' && !view.overlay && person.cancelsAt !== 'pay') {
        const coins = view.open ? purse.shift() : undefined
        return coins ? { kind: 'insert', coins } : wait
      }
      if (view.screen === 'scan' && view.purpose === 'application' && !view.overlay && person.cancelsAt !== 'scan') {
        const shown = codes[0] ?? code
        if (codes.length > 1) codes.shift()
        looks += 1
        // A reader that does not read: the camera sees the form as well.
        if (looks % 2 === 0) return { kind: 'say', name: 'codes', input: { codes: [bytes(shown)] } }
        return { kind: 'hand', device: 'qr-scanner', line: `show ${shown}` }
      }
      return act(view)
    },
  }
}
