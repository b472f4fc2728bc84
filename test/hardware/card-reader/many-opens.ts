import { readdirSync } from 'node:fs'
import { realClock } from '../../../hardware/clock.ts'
import { openPcsc } from '../../../hardware/transports/pcsc.ts'

/** Opens a reader that is there and one that is not, over and over; prints how many files are open after the first rounds and after the last. */
const real = realClock()
const impatient = { ...real, after: (ms: number, act: () => void) => real.after(Math.min(ms, 1), act) }
const open = () => readdirSync('/proc/self/fd').length
const counts: number[] = []
for (let round = 0; round < 220; round += 1) {
  const line = await openPcsc({ pattern: 'Virtual PCD', clock: real })
  if (typeof line !== 'string') await line.close()
  await openPcsc({ pattern: 'No Such Reader', clock: impatient })
  if (round === 10 || round === 219) counts.push(open())
}
process.stdout.write(JSON.stringify(counts))
process.exit(0)
