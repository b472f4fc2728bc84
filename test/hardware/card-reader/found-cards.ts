import { realClock } from '../../../hardware/clock.ts'
import { openPcsc } from '../../../hardware/transports/pcsc.ts'

/** Opens a reader, and again when it closes, until a card lies in it; prints what its slot has been since it was opened last. */
for (;;) {
  const line = await openPcsc({ pattern: 'Virtual PCD', clock: realClock() })
  if (typeof line === 'string') throw new Error(line)
  const states: string[] = []
  const found = await new Promise<boolean>((done) => {
    line.onClose(() => done(false))
    line.onSlot(({ state }) => {
      states.push(state)
      if (state === 'card') done(true)
    })
  })
  if (!found) continue
  process.stdout.write(JSON.stringify(states))
  process.exit(0)
}
