import { expect, it } from 'vitest'
import { judge } from '../../../hardware/hopper/judge.ts'

const intent = { id: 'p', serial: '7', coins: 5, counterBefore: 10, totalBefore: 1000 }
const at = (counter: number, remaining: number, paid: number, unpaid: number) => ({ counter, remaining, paid, unpaid })

it.each([
  ['the dispense never arrived', at(10, 0, 3, 0), 1000, { kind: 'never-arrived' }],
  ['coins are moving', at(11, 2, 3, 0), 1003, { kind: 'running' }],
  ['restarted between intent and dispense: the first coin is on its way', at(10, 1, 0, 0), 1000, { kind: 'running' }],
  ['all paid', at(11, 0, 5, 0), 1005, { kind: 'over', paid: 5, unpaid: 0, alarm: null }],
  ['ran dry', at(11, 0, 2, 3), 1002, { kind: 'over', paid: 2, unpaid: 3, alarm: 'empty' }],
  ['paid and unpaid do not add up: the exit decides', at(11, 0, 5, 3), 1004, { kind: 'over', paid: 4, unpaid: 1, alarm: 'mismatch' }],
  ['more left than were asked for', at(11, 0, 5, 0), 1006, { kind: 'over', paid: 5, unpaid: 0, alarm: 'mismatch' }],
  ['far more paid than were asked for', at(11, 0, 200, 100), 1003, { kind: 'over', paid: 3, unpaid: 2, alarm: 'mismatch' }],
  ['the count at the exit went backwards', at(11, 0, 5, 0), 900, { kind: 'over', paid: 5, unpaid: 0, alarm: 'mismatch' }],
  ['power lost in mid pay-out', at(0, 0, 2, 3), 1002, { kind: 'over', paid: 2, unpaid: 3, alarm: 'restarted' }],
  ['restarted before the dispense', at(0, 0, 0, 0), 1000, { kind: 'over', paid: 0, unpaid: 5, alarm: 'restarted' }],
  ['somebody else dispensed', at(13, 0, 5, 0), 1009, { kind: 'over', paid: 5, unpaid: 0, alarm: 'mismatch' }],
])('%s', (_name, status, total, verdict) => expect(judge(intent, status, total)).toEqual(verdict))

it('the event counter goes from 255 to 1', () => {
  expect(judge({ ...intent, counterBefore: 255 }, at(1, 0, 5, 0), 1005)).toMatchObject({ kind: 'over', paid: 5, alarm: null })
})

it('the dispense count wraps at 2^24', () => {
  expect(judge({ ...intent, totalBefore: 0xffffff }, at(11, 0, 5, 0), 4)).toMatchObject({ paid: 5, alarm: null })
})

it('without a second counter a lost first one counts as paid, never as unpaid', () => {
  const alone = { ...intent, totalBefore: null }
  expect(judge(alone, at(10, 0, 0, 0), null)).toEqual({ kind: 'never-arrived' })
  expect(judge(alone, at(11, 0, 4, 1), null)).toEqual({ kind: 'over', paid: 4, unpaid: 1, alarm: 'empty' })
  expect(judge(alone, at(11, 0, 200, 100), null)).toEqual({ kind: 'over', paid: 5, unpaid: 0, alarm: 'uncertain' })
  expect(judge(alone, at(0, 0, 2, 3), null)).toEqual({ kind: 'over', paid: 2, unpaid: 3, alarm: 'restarted' })
  expect(judge(alone, at(0, 0, 0, 0), null)).toEqual({ kind: 'over', paid: 5, unpaid: 0, alarm: 'uncertain' })
})
