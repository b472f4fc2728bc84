import { reply } from '../cctalk/frames.ts'
import { say } from '../cctalk/simulator-core.ts'
import type { Answer } from '../cctalk/simulator-line.ts'

/** How long a wrong PIN is pondered, so that guessing takes years (CT2 3.38 leaves the length open). */
const wrongPinMs = 250
const noPin = '0,0,0,0'

/** The PIN mechanism of a hopper (CT2 3.37, 3.38). */
export interface PinLock {
  /** Whether there is a PIN at all. */
  readonly isOn: () => boolean
  /** Whether protected commands are carried out; while they are not, they meet silence. */
  readonly isOpen: () => boolean
  /** Header 219: a new PIN, zero for none; false when the old one was not entered before. */
  change(pin: Uint8Array): boolean
  /** Header 218: a wrong PIN is acknowledged as well, late. */
  enter(pin: Uint8Array): Answer
  /** Power-up and reset: the PIN stays, and has to be entered again. */
  forget(): void
}

export function makePinLock(): PinLock {
  let pin = noPin
  let entered = false
  const isOn = () => pin !== noPin
  const isOpen = () => !isOn() || entered
  return {
    isOn,
    isOpen,
    change(next) {
      if (next.length !== 4 || !isOpen()) return false
      pin = next.join()
      entered = false
      return true
    },
    enter(given) {
      if (given.length !== 4) return null
      entered = given.join() === pin
      return entered ? say([]) : { header: reply.answer, data: [], delayMs: wrongPinMs }
    },
    forget() {
      entered = false
    },
  }
}
