import { describe, expect, it } from 'vitest'
import { encodeFrame, type Checksum } from '../../../hardware/cctalk/frames.ts'
import { flags } from '../../../hardware/hopper/registers.ts'
import { makeBench, type Bench } from './bench.ts'

const dispenses = (bench: Bench) => bench.sent.filter((frame) => frame.split(' ')[3] === '167')

describe.each<Checksum>(['sum-8', 'crc-16'])('a hopper, with %s', (checksum) => {
  it('says who it is and pays what is asked, once', async () => {
    const bench = makeBench({ settings: { checksum }, hoppers: [{ checksum, coins: 50 }] })
    await bench.open()
    expect(bench.hoppers()).toMatchObject([{ serial: '7654321', coin: 'JP100A', level: 'middle', ready: true }])
    expect(await bench.pay(bench.intent(7))).toMatchObject({ paid: 7, unpaid: 0, alarm: null })
    expect(await bench.truth()).toMatchObject({ coins: 43, left: 7, dispenses: 1 })
    expect(dispenses(bench)).toHaveLength(1)
    expect(bench.hoppers()).toMatchObject([{ counter: 1, total: 7 }])
  })
})

it.each(['on', 'off'] as const)('echo %s on the line', async (echo) => {
  const bench = makeBench({ settings: { echo }, hoppers: [{ echo: echo === 'on' }] })
  await bench.open()
  expect(await bench.pay(bench.intent(2))).toMatchObject({ paid: 2 })
})

it.each(Array.from({ length: 6 }, (_, index) => index))('F32 pays %i of 5: paid and unpaid add up to what was asked', async (k) => {
  const bench = makeBench()
  await bench.open()
  if (k < 5) await bench.hand(`stall ${k}`)
  const settled = await bench.pay(bench.intent(5))
  expect(settled).toMatchObject({ paid: k, unpaid: 5 - k, alarm: k < 5 ? 'empty' : null })
  expect((await bench.truth()).left).toBe(k)
  expect(bench.faults.includes('hopper-empty')).toBe(k < 5)
})

describe('what gets lost on the way', () => {
  it.each(['lose-replies 1', 'garble 1'])('the reply to the dispense (%s): it is not sent again', async (hand) => {
    const bench = makeBench()
    await bench.open()
    const intent = bench.intent(4)
    // The command before the dispense allows it; the next reply is the dispense's.
    const done = bench.pay(intent)
    while (!bench.sent.some((frame) => frame.split(' ')[3] === '164' && frame.split(' ')[4] === '165')) await bench.clock.advanceToNext()
    await bench.hand(hand)
    expect(await done).toMatchObject({ paid: 4, unpaid: 0 })
    expect(await bench.truth()).toMatchObject({ left: 4, dispenses: 1 })
  })

  it('the dispense itself: it is sent again once the counters have said that it never arrived', async () => {
    let lose = 1
    const bench = makeBench({
      wire: (near) => ({
        ...near,
        write(bytes) {
          if (bytes[3] === 167 && lose > 0) {
            lose -= 1
            return Promise.resolve(true)
          }
          return near.write(bytes)
        },
      }),
    })
    await bench.open()
    expect(await bench.pay(bench.intent(3))).toMatchObject({ paid: 3, unpaid: 0, alarm: null })
    expect(dispenses(bench)).toHaveLength(2)
    expect(await bench.truth()).toMatchObject({ left: 3, dispenses: 1 })
  })

  it('a hopper that falls silent in mid pay-out gives no result, and is settled when it is back', async () => {
    const bench = makeBench({ hoppers: [{ coinMs: 1000 }] })
    await bench.open()
    const intent = bench.intent(5)
    void bench.driver.execute({ kind: 'pay', intent })
    await bench.clock.advance(1500)
    await bench.hand('silent on')
    await bench.clock.advance(6000)
    expect(bench.events.some((event) => event.kind === 'settled')).toBe(false)
    expect(await bench.driver.heartbeat()).toBe(false)
    await bench.run(bench.driver.stop())
    await bench.hand('silent off')
    const next = makeBench({ after: bench })
    await next.open()
    expect(await next.pay(intent, 'settle')).toMatchObject({ paid: 5, unpaid: 0 })
    expect(await bench.truth()).toMatchObject({ left: 5, dispenses: 1 })
  })
})

it('F33 the supply goes at each coin of a pay-out: its count of dispensed coins decides, and nothing is paid twice', async () => {
  for (let coin = 0; coin <= 5; coin += 1) {
    const bench = makeBench({ hoppers: [{ coinMs: 1000 }] })
    await bench.open()
    const intent = bench.intent(5)
    void bench.driver.execute({ kind: 'pay', intent })
    while ((await bench.truth()).dispenses === 0) await bench.clock.advanceToNext()
    await bench.clock.advance(coin * 1000 + 500)
    await bench.hand('power-cycle')
    await bench.clock.advance(3000)
    const settled = bench.events.find((event) => event.kind === 'settled')
    const { left } = await bench.truth()
    expect(settled).toMatchObject({ paid: left, unpaid: 5 - left })
    // The booth died as well: what it finds open is settled, and moves nothing more.
    await bench.run(bench.driver.stop())
    const next = makeBench({ after: bench })
    await next.open()
    expect(await next.pay(intent, 'settle')).toMatchObject({ paid: left, unpaid: 5 - left })
    expect((await bench.truth()).left).toBe(left)
    expect(bench.hoppers()[0]?.ready).toBe(true)
  }
})

it('an intent that the booth wrote and never sent pays nothing when it is settled, and pays once when it is sent twice', async () => {
  const bench = makeBench()
  await bench.open()
  const intent = bench.intent(3)
  expect(await bench.pay(intent, 'settle')).toMatchObject({ paid: 0, unpaid: 3, alarm: null })
  expect(await bench.pay(intent)).toMatchObject({ paid: 3 })
  expect(await bench.pay(intent)).toMatchObject({ paid: 3 })
  expect(await bench.truth()).toMatchObject({ left: 3, dispenses: 1 })
})

describe('a hopper that will not', () => {
  it('answers NAK: nothing is paid, and it says so', async () => {
    const bench = makeBench({ hoppers: [{ security: 'cipher', model: 'sch2' }] })
    await bench.open()
    expect(await bench.pay(bench.intent(2))).toMatchObject({ paid: 0, unpaid: 2 })
    expect((await bench.truth()).left).toBe(0)
  })

  it('wants a cipher: it is refused by name, and no coin is asked of it', async () => {
    const bench = makeBench({ hoppers: [{ security: 'cipher' }] })
    await bench.open()
    expect(bench.hoppers()).toMatchObject([{ ready: false }])
    expect(bench.faults).toContain('hopper-locked')
  })

  it('wants a PIN', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.far.write(new Uint8Array())
    await bench.near.write(encodeFrame('sum-8', { destination: 3, source: 1, header: 219, data: Uint8Array.of(1, 2, 3, 4) }))
    expect(await bench.pay(bench.intent(2))).toMatchObject({ paid: 0, unpaid: 2 })
    expect((await bench.truth()).left).toBe(0)
  })

  it('is busy for a while: it pays when it is not', async () => {
    const bench = makeBench()
    await bench.open()
    const intent = bench.intent(2)
    await bench.hand('busy')
    void bench.clock.after(2000, () => void bench.hand('normal'))
    const settled = (await bench.pay(intent)) ?? (await bench.pay(intent))
    expect(settled).toMatchObject({ paid: 2, unpaid: 0 })
    expect((await bench.truth()).left).toBe(2)
  })

  it('says nothing that adds up: the coins at its exit count, with an alarm', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('lie 9 9')
    expect(await bench.pay(bench.intent(4))).toMatchObject({ paid: 4, unpaid: 0, alarm: 'mismatch' })
    expect(bench.faults).toContain('payout-unclear')
  })
})

it('coins that left beyond what was asked are in no result: the hopper is told anew afterwards, for the books to miss them', async () => {
  const bench = makeBench()
  await bench.open()
  const done = bench.pay(bench.intent(4))
  while ((await bench.truth()).dispenses === 0) await bench.clock.advanceToNext()
  await bench.hand('set-total 100')
  expect(await done).toMatchObject({ paid: 4, unpaid: 0, alarm: 'mismatch' })
  await bench.clock.advance(4000)
  expect(bench.events.slice(-2)).toMatchObject([{ kind: 'settled' }, { kind: 'hoppers', hoppers: [{ total: (await bench.truth()).total }] }])
})

it.each([['none', 'sch3'], ['none', 'sch2'], ['serial', 'sch1']] as const)('pays with security "%s" on an %s', async (security, model) => {
  const bench = makeBench({ hoppers: [{ security, model }] })
  await bench.open()
  expect(await bench.pay(bench.intent(3))).toMatchObject({ paid: 3, unpaid: 0 })
})

describe('the flags of header 163', () => {
  it.each(flags.filter(({ kind }) => kind === 'reset'))('$name is cleared by a reset before anything is paid', async ({ at: [register, bit] }) => {
    const bench = makeBench()
    await bench.open()
    await bench.hand(`flag ${register} ${bit}`)
    await bench.clock.advance(4000)
    expect(bench.sent.some((frame) => frame.split(' ')[3] === '1')).toBe(true)
    expect(await bench.pay(bench.intent(1))).toMatchObject({ paid: 1 })
  })

  it('one that stays keeps the hopper out of service', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('jam')
    await bench.clock.advance(4000)
    expect(bench.hoppers()).toMatchObject([{ ready: false }])
    expect(bench.faults).toEqual(['hopper-jam'])
    await bench.hand('clear')
    await bench.clock.advance(4000)
    expect(bench.hoppers()).toMatchObject([{ ready: true }])
    expect(bench.faults).toEqual([])
  })
})

it('several hoppers on one line, one of them dry: each is asked and answers for itself', async () => {
  const bench = makeBench({
    settings: { checksum: 'crc-16', hoppers: [{ address: 3, coin: '' }, { address: 4, coin: '' }] },
    hoppers: [{ checksum: 'crc-16', serial: 1001, coins: 1, coin: 'JP500B' }, { checksum: 'crc-16', address: 4, serial: 1002, coin: 'JP100A' }],
  })
  await bench.open()
  expect(bench.hoppers().map(({ coin }) => coin)).toEqual(['JP500B', 'JP100A'])
  expect(await bench.pay(bench.intent(2, 0))).toMatchObject({ serial: '1001', paid: 1, unpaid: 1, alarm: 'empty' })
  expect(await bench.pay(bench.intent(5, 1))).toMatchObject({ serial: '1002', paid: 5, unpaid: 0 })
})

it('one that is exchanged under way is told with its new number', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.hand('serial 99')
  await bench.clock.advance(20_000)
  expect(bench.hoppers()).toMatchObject([{ serial: '99' }])
})

it('each flag means its fault, and a hopper that is missing is told', async () => {
  const bench = makeBench({
    settings: { hoppers: [{ address: 3, coin: '' }, { address: 9, coin: '' }] },
  })
  await bench.open()
  expect(bench.faults).toEqual(['hopper-silent'])
  await bench.hand('flag 2 6')
  await bench.clock.advance(3000)
  expect(bench.faults).toContain('hopper-failed')
  expect(flags.filter(({ fault }) => fault === 'hopper-fraud').map(({ name }) => name)).toEqual([
    'exit short-circuited while idle',
    'exit short-circuited during payout',
    'finger mismatch',
    'unknown coin paid',
  ])
})
