import { expect, test } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { onceAMinute } from '../../hardware/once-a-minute.ts'

test('F23 what fails in the same way ten times a second is said once a minute, and takes nothing from what fails in another', async () => {
  const clock = virtualClock(0)
  const isNew = onceAMinute(clock)
  const said: string[] = []
  const say = (what: string) => isNew(what) && said.push(what)
  for (let tenth = 0; tenth < 1_800; tenth += 1) {
    say('the acceptor')
    if (tenth === 700) say('the printer')
    await clock.advance(100)
  }
  expect(said).toEqual(['the acceptor', 'the acceptor', 'the printer', 'the acceptor'])
})
