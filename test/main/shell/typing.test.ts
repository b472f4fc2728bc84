import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { isKeyAllowed } from '../../../main/shell/security.ts'
import { watchTyping } from '../../../main/shell/typing.ts'

const bench = () => {
  const clock = virtualClock(0)
  let bursts = 0
  const judge = watchTyping(
    clock,
    (press) => isKeyAllowed('resident', press),
    () => (bursts += 1),
  )
  /** Types keys `gapMs` apart, each pressed and let go; gives those that reached the page. */
  const type = async (keys: readonly string[], gapMs: number, isAutoRepeat = false) => {
    const through: string[] = []
    for (const key of keys) {
      for (const kind of ['keyDown', 'keyUp']) if (judge({ key, control: false, alt: false, meta: false, type: kind, isAutoRepeat })) through.push(key)
      await clock.advance(gapMs)
    }
    return [...new Set(through)]
  }
  return { clock, type, bursts: () => bursts }
}
const code = [...'https://net.kojinbango-card.go.jp/?id=12345678901234567890123']

describe('F44 a code reader in keyboard mode', () => {
  it.each([2, 10, 20])('a key every %i ms: none reaches the page, neither the Enter or Tab behind it, and it is noticed once', async (gapMs) => {
    const { type, bursts } = bench()
    expect(await type([...code, 'Enter', 'Tab', ' '], gapMs)).toEqual([])
    expect(bursts()).toBeGreaterThanOrEqual(1)
  })

  it('is noticed while it goes on, not once a key', async () => {
    const { type, bursts } = bench()
    await type(code, 2)
    expect(bursts()).toBe(1)
  })
})

describe('people', () => {
  it('with a switch move the focus and press, as fast as they like', async () => {
    const { type, bursts } = bench()
    expect(await type(['Tab', 'Tab', 'Enter', ' ', 'ArrowDown'], 5)).toEqual(['Tab', 'Enter', ' ', 'ArrowDown'])
    expect(bursts()).toBe(0)
  })

  it('who type are refused, but are no machine', async () => {
    const { clock, type, bursts } = bench()
    expect(await type([...'hello there, is anybody in'], 60)).toEqual([])
    expect(bursts()).toBe(0)
    await clock.advance(500)
    expect(await type(['Enter'], 0)).toEqual(['Enter'])
  })

  it('who hold a key down are no machine either', async () => {
    const { type, bursts } = bench()
    expect(await type(Array.from({ length: 100 }, () => 'x'), 5, true)).toEqual([])
    expect(bursts()).toBe(0)
  })
})
