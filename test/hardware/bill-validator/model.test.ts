import { expect, it } from 'vitest'
import { runModel } from './model.ts'

it.each(['id003', 'cctalk'] as const)('%s: whatever is lost, restarts or is pulled: no note twice, none lost without an alarm', async (protocol) => {
  await expect(runModel(protocol, 40, 20_261_122)).resolves.toBeUndefined()
})
