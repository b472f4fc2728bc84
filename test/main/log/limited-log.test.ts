import { expect, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { limitedLog } from '../../../main/log/limited-log.ts'
import type { LogEvent } from '../../../main/log/log.ts'

function trial() {
  const clock = virtualClock(0)
  const lines: LogEvent[] = []
  return { clock, lines, log: limitedLog((entry) => lines.push(entry), clock) }
}
const refused: LogEvent = { event: 'command-refused', command: 'photo', code: 'bad-input' }

test('F23 a flood of one event is sixty lines a minute and their number, and takes nothing from the others', async () => {
  const { clock, lines, log } = trial()
  for (let second = 0; second < 60; second += 1) {
    for (let n = 0; n < 10_000; n += 1) log(refused)
    if (second === 30) log({ event: 'booth-stopped' })
    await clock.advance(1_000)
  }
  expect(lines).toHaveLength(62)
  expect(lines.slice(60)).toEqual([{ event: 'booth-stopped' }, { event: 'suppressed', of: 'command-refused', count: 599_940 }])
  log(refused)
  expect(lines.at(-1)).toEqual(refused)
})

test('a minute that was not too loud is written whole and says nothing of itself, and nothing waits when nothing is logged', async () => {
  const { clock, lines, log } = trial()
  for (let n = 0; n < 60; n += 1) log(refused)
  await clock.advance(120_000)
  expect(lines).toHaveLength(60)
  expect(await clock.advanceToNext()).toBe(false)
})
