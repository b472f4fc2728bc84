import { expect, test } from 'vitest'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth } from './support/launch.ts'
import { letLoose } from './support/monkey.ts'
import { touchesOn } from './support/touches.ts'

const minutes = Number(process.env['CARDBOOTH_MINUTES'] ?? 60)

test(`F52 a monkey for ${minutes} minutes: never out of the booth, no error, every yen accounted for`, async () => {
  const booth = await launchBooth()
  try {
    const touches = touchesOn(booth, 'en')
    await touches.at('attract')
    const seed = Number(process.env['CARDBOOTH_SEED'] ?? Date.now() % 1_000_000)
    const { acts, screens, accepted, complaints } = await letLoose(booth, seed, minutes * 60_000)
    process.stderr.write(`seed ${seed}: ${acts} acts on ${[...screens].join(', ')}; ${accepted} yen\n`)
    expect(complaints, `seed ${seed}`).toEqual([])
    await expect.poll(() => readJournal(booth.data).money.inserted).toBe(accepted)
    await touches.leave()
    const { money } = readJournal(booth.data)
    expect(money.inserted).toBe(money.credit + money.parked + money.earned + money.owed)
  } finally {
    await booth.close()
  }
})
