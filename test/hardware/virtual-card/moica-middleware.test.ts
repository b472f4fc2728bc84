import { describe, expect, it } from 'vitest'
import type { CardState } from '../../../hardware/card-reader/virtual-card/card-state.ts'
import { newCardState } from '../../../hardware/card-reader/virtual-card/make-card.ts'
import { makeVirtualMoicaMiddleware } from '../../../hardware/card-reader/virtual-card/moica-middleware.ts'
import { chip, now } from './bench.ts'

describe('the ministry\'s programs for MOICA cards', () => {
  it('change a PIN that was right, and count what was wrong', async () => {
    const state = newCardState('moica-2', now)
    const programs = makeVirtualMoicaMiddleware(() => state, () => {})
    expect(await programs.verify('000000')).toEqual({ kind: 'wrong', tries: 2 })
    expect(await programs.verify('790401')).toEqual({ kind: 'done' })
    expect(await programs.change('111111', 'ABC12345')).toEqual({ kind: 'wrong', tries: 2 })
    expect(await programs.change('790401', 'ABC12345')).toEqual({ kind: 'done' })
    expect(await programs.verify('790401')).toEqual({ kind: 'wrong', tries: 2 })
    expect(await programs.verify('ABC12345')).toEqual({ kind: 'done' })
  })

  it.each(['12345', '123456789', '１２３４５６', '12 456', ''])('spend no try on a new PIN that is none: "%s"', async (next) => {
    const state = newCardState('moica-1', now)
    const programs = makeVirtualMoicaMiddleware(() => state, () => {})
    expect(await programs.change('000000', next)).toEqual({ kind: 'format' })
    expect(state.pins['moica']?.left).toBe(3)
  })

  it('block with the third wrong one, and see the tries that were spent at the card itself', async () => {
    const { state, say } = chip('moica-1')
    const programs = makeVirtualMoicaMiddleware(() => state, () => {})
    say('80200001 06 373930343031')
    expect(await programs.verify('000000')).toEqual({ kind: 'wrong', tries: 1 })
    expect(await programs.verify('000000')).toEqual({ kind: 'blocked' })
    expect(await programs.verify('790401')).toEqual({ kind: 'blocked' })
  })

  it('say when there is no such card', async () => {
    let inserted: CardState | null = null
    const programs = makeVirtualMoicaMiddleware(() => inserted, () => {})
    expect(await programs.verify('790401')).toEqual({ kind: 'no-card' })
    inserted = newCardState('my-number', now)
    expect(await programs.verify('790401')).toEqual({ kind: 'no-card' })
  })
})
