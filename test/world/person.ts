import { residentActs, type Act } from '../../main/commands/demo/resident.ts'
import type { View } from '../../main/contract/view.ts'
import type { Person } from './plan.ts'

/** What somebody does at a screen; `leaves` walks away from it, with everything as it stands. Coins are dropped in together, a note goes by itself. */
export type Move = Act | { readonly kind: 'insert'; readonly money: readonly number[] } | { readonly kind: 'leaves' }

/** Somebody at the booth. */
export interface Mind {
  /** One act at one look. */
  act(view: View): Move
  /** What they do once they have waited too long. */
  givesUp(view: View): Move
  /** Money that came out again at once: it is tried again. */
  returned(money: readonly number[]): void
}

/** Whether it is a note. */
export const isNote = (value: number | undefined): boolean => value !== undefined && value >= 1000

const wait: Move = { kind: 'wait' }
const tooNear = { stay: 'same', 'stay-until': { era: 'western', year: 2026, month: 12, day: 21 } } as const

/** What `person` does, whose form says `code`; `portrait` is the picture file that stands for what the camera sees. */
export function mindOf(person: Person, code: string, portrait: string): Mind {
  const act = residentActs({
    service: person.service,
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

  const pays = (view: Extract<View, { screen: 'payment' }>): Move => {
    if (view.note) return view.note.waits && person.decides ? { kind: 'say', name: 'pay-with-note', input: {} } : wait
    const money = view.open ? purse.shift() : undefined
    // A note that is not taken now stays in the hand.
    return money && (!isNote(money[0]) || view.notes.includes(money[0] ?? 0)) ? { kind: 'insert', money } : wait
  }

  return {
    givesUp: (view) => (person.takesBack && view.can.cancel && view.overlay?.kind !== 'cancel' ? { kind: 'say', name: 'cancel', input: { confirm: false } } : { kind: 'leaves' }),
    returned: (money) => void purse.unshift([...money]),
    act(view) {
      const step = 'step' in view ? view.step : view.screen
      if (person.leavesAt !== null && (view.screen === person.leavesAt || step === person.leavesAt)) return { kind: 'leaves' }
      if (view.overlay?.kind === 'still-there') return view.overlay.canExtend ? { kind: 'say', name: 'still-here', input: {} } : { kind: 'leaves' }
      if (view.screen === 'held' && !person.takesBack && view.canContinue) return { kind: 'say', name: 'use-credit', input: {} }
      if (view.screen === 'payment' && !view.overlay && person.cancelsAt !== 'pay') return pays(view)
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
