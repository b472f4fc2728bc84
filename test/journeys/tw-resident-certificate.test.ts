import { describe, expect, test } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import type { ResidentAnswers } from '../../main/commands/demo/resident.ts'
import { wordsMissing } from '../support/words.ts'
import { startTaiwan, withoutLine } from './support/taiwan.ts'

const service = 'tw-resident-certificate'
const number = 'A800000014'
const status = { topic: 'status', 'order-number': number }

describe('the certificate of foreign residents on the whole booth', () => {
  test('R077 R079 R085 R088 R095 an order goes its way at the authority: unpaid, deleted after its days, paid, sent, activated, suspended, resumed; the number is nowhere', async () => {
    const { officer, advice, title, knows, world, seen } = await startTaiwan(service)
    expect(await title(status)).toBe('status.not-found')
    await officer(`${service} ${number} apply`)
    expect(await title(status)).toBe('state.APPLIED_UNPAID')
    await officer('clock +15')
    expect(await title(status)).toBe('state.APPLIED_UNPAID')
    await officer('clock +1')
    expect(await title(status)).toBe('state.DELETED_UNPAID')
    for (const [event, state] of [['apply', 'APPLIED_UNPAID'], ['paid', 'PAID']] as const) {
      await officer(`${service} ${number} ${event}`)
      expect(await title(status)).toBe(`state.${state}`)
    }
    await officer('clock +1')
    expect(await title(status)).toBe('state.PRODUCED_MAILED')
    await officer('clock +20')
    expect(await title(status)).toBe('state.DELIVERED_INACTIVE')
    await officer(`${service} ${number} activated`)
    expect(await title(status)).toBe('state.VALID')
    await officer(`${service} ${number} suspend`)
    expect(await title(status)).toBe('state.SUSPENDING')
    await officer('clock +5')
    expect(await title(status)).toBe('state.SUSPENDED')
    await officer(`${service} ${number} resume`)
    expect(await title(status)).toBe('state.RESUMING')
    expect((await advice({ topic: 'pay', applied: { era: 'western', year: 2026, month: 11, day: 20 } }))?.values).toEqual({ date: '2026-12-04', days: 13 })
    expect(seen.flatMap(wordsMissing)).toEqual([])
    expect(knows(number)).toBe(false)
    expect(world.journal.totals()).toEqual([])
  })

  test('where the operator has no line to MOICA, it says so and how to look oneself', async () => {
    const { title, saw } = await startTaiwan(service, withoutLine)
    expect(await title(status)).toBe('status.not-offered')
    expect(saw('advice')?.blocks.some((block) => block.kind === 'code' && block.payload === 'https://moica.nat.gov.tw')).toBe(true)
  })

  test.each(languages)('in %s each topic is a whole visit from the first touch to goodbye', async (language) => {
    const { title, seen } = await startTaiwan(service)
    const day = { era: 'roc', year: 115, month: 11, day: 20 } as const
    const visits: readonly (readonly [ResidentAnswers, string])[] = [
      [{ topic: 'apply', birth: { era: 'roc', year: 89, month: 2, day: 29 }, document: 'chip', 'document-until': { era: 'western', year: 2027, month: 1, day: 1 }, who: 'self' }, 'afterwards.title'],
      [{ topic: 'pay', applied: day }, 'pay.in-time'],
      [{ topic: 'card', arrived: 'no', paid: day, where: 'islands' }, 'delivery.about'],
      [{ topic: 'stop', need: 'lost' }, 'lost.title'],
      [{ topic: 'stop', need: 'resume', taken: 'yes', accepted: day, 'card-until': { era: 'western', year: 2030, month: 1, day: 1 } }, 'resume.advised'],
      [{ topic: 'expiry', known: 'issued', issued: day }, 'expiry.about'],
    ]
    for (const [answers, key] of visits) expect(await title(answers, language)).toBe(key)
    expect(seen.flatMap(wordsMissing)).toEqual([])
  })
})
