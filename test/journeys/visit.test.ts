import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSealed } from '../../centre/office.ts'
import { everythingOnDisk } from '../support/on-disk.ts'
import { startWorld } from './support/world.ts'

describe('a visit from the first touch to the receipt', () => {
  test.each(['ja', 'en', 'zh-Hant'] as const)('R040–R043 in %s: the centre receives one sealed application', async (language) => {
    const { world, dir, visit, saw } = await startWorld()
    await visit({ language })
    expect(saw('receipt')).toMatchObject({ status: 'received', print: 'printed', language })
    expect(world.journal.totals()).toMatchObject([{ inserted: 800, earned: 800, owed: 0, parked: 0 }])
    expect(world.journal.waiting()).toEqual([])
    expect(readdirSync(join(dir, 'sealed'))).toEqual([])
    expect(readdirSync(join(dir, 'slips'))).toHaveLength(1)
  })

  test('what the office opens is what the resident said, with a photo of 827 × 1063 px, and nothing else', async () => {
    const { world, dir, visit } = await startWorld()
    await world.hand('centre answers none')
    await visit({ answers: { certificates: 'authentication', braille: 'yes' } })
    const [waiting] = world.journal.waiting()
    const sealed = readFileSync(join(dir, 'sealed', waiting?.file ?? ''))
    const opened = await openSealed(sealed, world.office.privateJwk)
    expect(opened).toMatchObject({
      applicationFormId: '20261121000000000012345',
      birthDate: '1989-03-31',
      certificates: { signature: false, authentication: true },
      braille: true,
      cause: 'first',
      representative: 'none',
      photo: { widthPx: 827, heightPx: 1063, dpi: 600 },
    })
  })

  test('I4 R047: after the visit neither the ID nor the birth date stands anywhere on the disk', async () => {
    const { dir, visit } = await startWorld()
    await visit()
    const disk = everythingOnDisk(dir)
    expect(disk).not.toContain('20261121000000000012345')
    expect(disk).not.toContain('1989-03-31')
  })
})

describe('what the centre answers', () => {
  test('refused for its form: said so, and all the money is owed by a signed slip', async () => {
    const { world, visit, saw } = await startWorld()
    await world.hand('centre answers refused malformed')
    await visit()
    expect(saw('receipt')).toMatchObject({ status: 'refused', claim: { amount: 800 } })
    expect(world.journal.totals()).toMatchObject([{ inserted: 800, earned: 0, owed: 800, parked: 0 }])
  })

  test('no answer within 20 s: "not confirmed", the money stays parked with the application, and it is received later, once', async () => {
    const { world, clock, visit, saw } = await startWorld()
    await world.hand('centre answers none')
    await visit()
    expect(saw('receipt')).toMatchObject({ status: 'not-confirmed', claim: null })
    expect(saw('goodbye')).toMatchObject({ kept: 'locked-copy' })
    expect(world.journal.totals()).toMatchObject([{ parked: 800, earned: 0 }])
    await world.hand('centre answers received')
    for (let minutes = 0; minutes < 60 && world.journal.waiting().length > 0; minutes += 1) await clock.advance(60_000)
    expect(world.journal.totals()).toMatchObject([{ parked: 0, earned: 800 }])
  })

  test('too much inserted: the change is owed with the receipt', async () => {
    const { world, visit, saw } = await startWorld()
    await visit({ coins: [500, 500] })
    expect(saw('receipt')).toMatchObject({ status: 'received', claim: { amount: 200 } })
    expect(world.journal.totals()).toMatchObject([{ inserted: 1000, earned: 800, owed: 200 }])
  })
})

describe('leaving on the way', () => {
  test('stopped at the scan: the whole credit is owed and nothing was sent', async () => {
    const { world, visit, saw } = await startWorld()
    await visit({ stopAt: 'scan' })
    expect(saw('claim')).toMatchObject({ claim: { amount: 800, print: 'printed' } })
    expect(saw('receipt')).toBeUndefined()
    expect(world.journal.totals()).toMatchObject([{ inserted: 800, owed: 800 }])
  })

  test('R025 R026 the printed date is too near: the steps are printed and no coin was ever taken', async () => {
    const { world, visit, saw } = await startWorld()
    await visit({ answers: { stay: 'same', 'stay-until': { era: 'western', year: 2026, month: 12, day: 21 } } })
    expect(saw('stop')).toMatchObject({ reason: 'near', print: 'printed' })
    expect(saw('stop')?.ways.map((way) => way.key.split('.').at(-1))).toEqual(['immigration', 'municipality', 'apply'])
    expect(saw('payment')).toBeUndefined()
    expect(world.journal.totals()).toEqual([])
  })

  test('Q25 B9 an Individual Number is refused, said so, and leaves no trace; the visit goes on', async () => {
    const { world, dir, visit, seen, saw } = await startWorld()
    await visit({ code: '548836529885' }, (view) => view.screen === 'scan' && view.notice !== null)
    expect(saw('scan')?.notice?.text.key).toBe('scan.individual-number')
    expect(JSON.stringify(seen)).not.toContain('548836529885')
    expect(world.journal.numbersRefused('2026-11-21')).toBe(1)
    expect(everythingOnDisk(dir)).not.toContain('548836529885')
    await visit({}, (view) => view.screen === 'identifier')
  })
})
