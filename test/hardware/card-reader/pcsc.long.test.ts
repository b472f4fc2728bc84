import { describe, expect, it } from 'vitest'
import { cardStand, hand, states, summary } from './card-stand.ts'
import { until } from '../../support/until.ts'

/** What takes its time: the driver through the real pcscd, against cards that are torn out or do not answer. */
const { reader, insert, slots } = cardStand()

describe('a reader behind pcscd', { timeout: 60_000 }, () => {
  it('a card torn out in the middle of a command is told as gone, and read whole when it is back', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    for (const [round, tear] of ['during', 'unanswered'].entries()) {
      await hand(card, 'remove')
      await until(() => expect(states(watch).at(-1)).toBe('absent'))
      await hand(card, `at ${4 + round * 8} tear ${tear}`)
      await hand(card, 'insert')
      await until(() => expect(states(watch).slice(-2)).toEqual(expect.arrayContaining(['failed', 'absent'])))
      expect(watch.of('card').findLast(({ state }) => state === 'failed')?.['reason']).toMatch(/^(no-card|card-error)$/)
      await hand(card, 'normal')
      await hand(card, 'remove')
      await hand(card, 'insert')
      await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { tries: { authentication: 3, signature: 5 } } }))
    }
    expect(await summary(card)).toMatchObject({ denied: [], spent: {} })
  })

  it('a card that never answers is told to be taken out after 5 s, and keeps nobody from ending', async () => {
    const card = await insert('my-number')
    await hand(card, 'at 3 mute')
    const watch = reader('watch')
    await until(() => expect(watch.of('card').slice(-2)).toMatchObject([{ state: 'silent' }, { state: 'failed', reason: 'no-answer' }]))
    await hand(card, 'remove')
    await until(() => expect(states(watch).at(-1)).toBe('absent'))
    await hand(card, 'normal')
    await hand(card, 'insert')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    await hand(card, 'remove')
    await until(() => expect(states(watch).at(-1)).toBe('absent'))
    await hand(card, 'mute')
    await hand(card, 'insert')
    await until(() => expect(states(watch).at(-1)).toBe('present'))
    const asked = performance.now()
    watch.interrupt()
    expect(await watch.ended).toBe(0)
    expect(performance.now() - asked).toBeLessThan(4000)
    // pcscd holds the reader for us until the card is out.
    await hand(card, 'remove')
    await slots(false)
    await hand(card, 'mute')
    await hand(card, 'insert')
    const check = reader('check')
    expect(await check.ended).toBe(1)
    expect(check.of('card').at(-1)).toMatchObject({ state: 'failed', reason: 'no-answer' })
  })
})
