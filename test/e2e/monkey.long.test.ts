import { expect, test } from 'vitest'
import { expectEveryYen } from './support/every-yen.ts'
import { launchBooth } from './support/launch.ts'
import { letLoose } from './support/monkey.ts'
import { touchesOn } from './support/touches.ts'

const minutes = Number(process.env['CARDBOOTH_MINUTES'] ?? 60)
const starts = ['attract', 'consent', 'payment', 'scan', 'birth', 'photo', 'review']

test(`F52 a monkey for ${minutes} minutes: never out of the booth, no error, every yen accounted for`, async () => {
  const booth = await launchBooth()
  try {
    const touches = touchesOn(booth, 'en')
    await touches.at('attract')
    const seed = Number(process.env['CARDBOOTH_SEED'] ?? Date.now() % 1_000_000)
    const monkey = await letLoose(booth, seed)
    const until = performance.now() + minutes * 60_000
    for (let round = 0; performance.now() < until && monkey.complaints.length === 0; round += 1) {
      await touches.hurryTo(starts[round % starts.length] ?? 'attract')
      await monkey.act(200)
      await touches.leave()
    }
    process.stderr.write(`seed ${seed}: ${[...monkey.screens].join(', ')}\n`)
    expect(monkey.complaints, `seed ${seed}`).toEqual([])
    await expectEveryYen(booth)
  } finally {
    await booth.close()
  }
})
