import { realClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { View } from '../../contract/view.ts'
import type { InProcessBooth } from './in-process-booth.ts'
import type { Act } from './resident.ts'

/** How far the virtual clock moves between two looks at the screen. */
const lookMs = 20

const pause = (ms: number) => new Promise<void>((done) => void realClock().after(ms, done))

/** Carries out an act; a refused command is an error. */
async function does(world: InProcessBooth, doing: Act): Promise<void> {
  if (doing.kind === 'hand') {
    const answer = await world.hand(`${doing.device} ${doing.line}`)
    if (answer.startsWith('error')) throw new Error(answer)
  } else if (doing.kind === 'say') {
    const answer = await world.booth.request('resident', doing.name, doing.input)
    if (!answer.ok) throw new Error(`the booth refused ${doing.name}: ${answer.error.code}`)
  }
}

/**
 * Plays a resident until `done` says so of a view, or `longestMs` of the booth's clock have passed; says whether it was done. One act a view. `clock` null: real time. Encoding and
 * sealing take real time even where the clock is virtual: while the resident waits, `momentMs` of it pass as well at each look; 0 for a clock that waits for such work by itself.
 */
export async function play(
  world: InProcessBooth,
  clock: VirtualClock | null,
  act: (view: View) => Act,
  done: (view: View) => boolean,
  longestMs: number,
  momentMs = 1,
): Promise<boolean> {
  let lastActed = -1
  let waiting = false
  for (let passed = 0; passed < longestMs; passed += lookMs) {
    if (!clock) await pause(lookMs)
    else {
      await clock.advance(lookMs)
      if (waiting && momentMs > 0) await pause(momentMs)
    }
    const { revision, view } = world.shown()
    if (done(view)) return true
    waiting = revision === lastActed
    if (waiting) continue
    const doing = act(view)
    waiting = doing.kind === 'wait'
    if (waiting) continue
    lastActed = revision
    await does(world, doing)
  }
  return false
}
