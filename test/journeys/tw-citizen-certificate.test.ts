import { describe, expect, test } from 'vitest'
import type { ResidentAnswers } from '../../main/commands/demo/resident.ts'
import { languages } from '../../main/contract/language.ts'
import { wordsMissing } from '../support/words.ts'
import { startTaiwan, withoutLine } from './support/taiwan.ts'

const service = 'tw-citizen-certificate'
const card = 'AB12345678901234'
const identityNumber = 'A123456789'
const status = { need: 'status', 'card-number': card }

describe('the citizen certificate on the whole booth', () => {
  test('a certificate goes its way at the authority: extended once, renewed and not paid, renewed and paid; lapsed; the numbers are nowhere', async () => {
    const { officer, title, knows, world, seen } = await startTaiwan(service)
    const happens = async (words: string, state: string) => {
      const said = await officer(words.startsWith('clock') ? words : `${service} ${card} ${words}`)
      expect(said).not.toContain('error')
      expect(await title(status)).toBe(`state.${state}`)
    }
    expect(await title(status)).toBe('status.not-found')
    await happens('apply', 'VALID')
    await happens('suspend', 'SUSPENDED')
    await happens('resume', 'VALID')
    await happens('clock 2031-09-22', 'EXTENDABLE')
    await happens('extend', 'VALID_EXT')
    await happens('clock 2034-09-22', 'RENEWABLE')
    await happens('renew', 'RENEWAL_ORDERED')
    await happens('clock +2', 'RENEWAL_ORDERED')
    await happens('clock +1', 'RENEWABLE')
    await happens('renew', 'RENEWAL_ORDERED')
    await happens('paid', 'RENEWAL_ORDERED')
    await happens('clock +9', 'RENEWAL_ORDERED')
    await happens('activated', 'VALID')
    await happens('clock 2039-12-31', 'LAPSED_EXTENDABLE')
    await happens('clock 2043-01-01', 'DEAD')
    await title({ need: 'apply', birth: { era: 'roc', year: 89, month: 2, day: 29 }, household: 'yes', guardianship: 'no', 'identity-number': identityNumber })
    expect(seen.flatMap(wordsMissing)).toEqual([])
    expect([card, identityNumber].filter(knows)).toEqual([])
    expect(world.journal.totals()).toEqual([])
  })

  test('where the operator has no line to MOICA, it says so and how to look oneself', async () => {
    const { title, saw } = await startTaiwan(service, withoutLine)
    expect(await title(status)).toBe('status.not-offered')
    expect(saw('advice')?.blocks.some((block) => block.kind === 'code' && block.payload === 'https://moica.nat.gov.tw')).toBe(true)
  })

  test.each(languages)('in %s each need is a whole visit from the first touch to goodbye', async (language) => {
    const { title, seen } = await startTaiwan(service)
    const visits: readonly (readonly [ResidentAnswers, string])[] = [
      [{ need: 'apply', birth: { era: 'roc', year: 89, month: 2, day: 29 }, household: 'yes', guardianship: 'no' }, 'flow.title'],
      [{ need: 'validity', where: 'card', expiry: { era: 'roc', year: 115, month: 12, day: 31 }, extended: 'no', stopped: 'no' }, 'validity.title.extend'],
      [{ need: 'pin', pin: 'first', origin: 'counter-default', issued: { era: 'western', year: 2025, month: 9, day: 23 } }, 'pin.form.id-last-4-and-birth-mmdd'],
      [{ need: 'acts', act: 'stop', stop: 'revoke' }, 'delegation.in-person'],
      [{ need: 'status' }, 'status.own-look'],
      [{ need: 'uses' }, 'uses.title'],
    ]
    for (const [answers, key] of visits) expect(await title(answers, language)).toBe(key)
    expect(seen.flatMap(wordsMissing)).toEqual([])
  })
})
