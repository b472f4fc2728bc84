import { expect, test } from 'vitest'
import { weekWithoutLine } from './support/week.ts'

test('F59 a week without a line: 210 whole visits, sold and told, then all leave in their order, each once, within a quarter of an hour', async () => {
  const week = await weekWithoutLine({ visits: 210, everyHours: 0.8 })
  try {
    expect([week.receipts.length, new Set(week.receipts), week.toldBefore]).toEqual([210, new Set(['not-confirmed']), 210])
    expect(await week.lineComesBack()).toMatchObject({ newcomer: 'received' })
    expect(week.drainMs()).toBeLessThanOrEqual(15 * 60_000)
    expect(await week.arrived()).toEqual(week.sold)
    expect(week.waiting()).toEqual([])
  } finally {
    await week.end()
  }
})
