import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId003Simulator } from '../../../hardware/bill-validator/id003/simulator.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { linkedPair } from '../../../hardware/transport.ts'

/** The CRC of ID-003 written once more, bit by bit from the polynomial, so that the product's own is not its own judge. */
function withCrc(body: string): Buffer {
  const bytes = Buffer.from(body, 'hex')
  let crc = 0
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = ((crc ^ (byte >> bit)) & 1) === 1
      crc >>>= 1
      if (odd) crc ^= 0x8408
    }
  return Buffer.concat([bytes, Buffer.from([crc & 0xff, crc >>> 8])])
}
const frame = (code: string, data = '') => withCrc(`fc${(5 + data.length / 2).toString(16).padStart(2, '0')}${code}${data}`).toString('hex')

function makeHost() {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const simulator = makeId003Simulator(far, clock)
  let heard = ''
  near.onData((bytes) => (heard += Buffer.from(bytes).toString('hex')))
  const say = async (hex: string, ms = 60) => {
    heard = ''
    await near.write(Buffer.from(hex, 'hex'))
    await clock.advance(ms)
    return heard
  }
  const status = () => say(frame('11'))
  const start = async () => {
    await say(frame('40'))
    await clock.advance(500)
    for (const [code, data] of [['c0', '0000'], ['c1', '0000'], ['c2', '00'], ['c4', '00'], ['c5', '0300'], ['c3', '00']] as const)
      expect(await say(frame(code, data))).toBe(frame(code, data))
  }
  return { clock, near, simulator, say, status, start }
}

describe('the simulated ID-003 validator, asked by a host of its own', () => {
  it('powers up, is reset, takes its settings and idles', async () => {
    const host = makeHost()
    expect(await host.status()).toBe(frame('40'))
    expect(await host.say(frame('c3', '00'))).toBe(frame('4b'))
    expect(await host.say(frame('88'))).toMatch(/^fc..88/)
    expect(await host.say(frame('40'))).toBe(frame('50'))
    expect(await host.status()).toBe(frame('1b'))
    await host.start()
    expect(await host.status()).toBe(frame('11'))
    expect(await host.say(frame('8a'))).toBe(frame('8a', '611001036210010363100000'))
    expect(await host.say(frame('80'))).toBe(frame('80', '0000'))
    expect(await host.say(frame('83'))).toBe(frame('83', '00'))
    expect(await host.say(frame('c3', '01'))).toBe(frame('c3', '01'))
    expect(await host.status()).toBe(frame('1a'))
  })

  it.each([['41', 200], ['42', 400]] as const)('accepting, escrow, stacking by %s (%i ms), VEND VALID until it is acknowledged, stacked, idle', async (stack, ms) => {
    const host = makeHost()
    await host.start()
    await host.simulator.hand('insert 1000')
    expect(await host.status()).toBe(frame('12'))
    await host.clock.advance(400)
    expect(await host.status()).toBe(frame('13', '61'))
    expect(await host.say(frame(stack))).toBe(frame('50'))
    expect(await host.status()).toBe(frame('14'))
    // Two exchanges of 60 ms are gone.
    await host.clock.advance(ms - 121)
    expect(await host.status()).toBe(frame('14'))
    for (let again = 0; again < 5; again += 1) expect(await host.status()).toBe(frame('15'))
    expect(await host.say(frame('50'))).toBe('')
    expect(await host.status()).toBe(frame('16'))
    await host.clock.advance(300)
    expect(await host.status()).toBe(frame('11'))
  })

  it('gives a note back when told to, or when nobody says anything; holds it when told to', async () => {
    const host = makeHost()
    await host.start()
    for (const order of ['43', null]) {
      await host.simulator.hand('insert 1000')
      await host.clock.advance(500)
      if (order === null) {
        expect(await host.say(frame('44'))).toBe(frame('50'))
        expect(await host.status()).toBe(frame('19'))
        await host.clock.advance(19_500)
      } else expect(await host.say(frame(order))).toBe(frame('50'))
      await host.clock.advance(300)
      expect(await host.status()).toBe(order === null ? frame('13', '61') : frame('18'))
      await host.clock.advance(1000)
      expect(await host.status()).toBe(frame('11'))
    }
  })

  it('refuses what means nothing now, and what has the wrong length, with 4B', async () => {
    const host = makeHost()
    await host.start()
    for (const wrong of [frame('42'), frame('43'), frame('44'), frame('c3'), frame('c0', '00'), frame('c2', '09'), frame('99'), frame('11', '00')])
      expect(await host.say(wrong)).toBe(frame('4b'))
  })

  it.each([['pull-stacker', 'push-stacker', '44'], ['stacker-full', 'clear', '43'], ['jam acceptor', 'clear', '45'], ['jam stacker', 'clear', '46']])(
    'a reset does not mend what hands have to (%s): it stands until they do (%s)',
    async (breaks, mends, code) => {
      const host = makeHost()
      await host.start()
      await host.simulator.hand(breaks)
      for (const again of ['reset', 'power']) {
        if (again === 'power') await host.simulator.hand('power-cycle')
        expect(await host.say(frame('40'))).toBe(frame('50'))
        expect(await host.status()).toBe(frame('1b'))
        await host.clock.advance(500)
        expect(await host.status()).toBe(frame(code))
      }
      await host.simulator.hand(mends)
      expect(await host.status()).toBe(frame('40'))
      await host.start()
      expect(await host.status()).toBe(frame('11'))
    },
  )

  it.each([[500, '15'], [100, '14']])('a reset %i ms behind the lever swallows no VEND VALID: it is told until it is acknowledged', async (ms, code) => {
    const host = makeHost()
    await host.start()
    await host.simulator.hand('insert 1000')
    await host.clock.advance(400)
    await host.say(frame('42'), ms)
    expect(await host.status()).toBe(frame(code))
    for (let reset = 0; reset < 2; reset += 1) expect(await host.say(frame('40'))).toBe(frame('50'))
    expect(await host.status()).toBe(frame('1b'))
    await host.clock.advance(500)
    for (let again = 0; again < 3; again += 1) expect(await host.status()).toBe(frame('15'))
    await host.say(frame('50'))
    expect(await host.status()).toBe(frame('16'))
    expect(JSON.parse(await host.simulator.hand('counters'))).toMatchObject({ stacked: { 61: 1 }, reported: 1, returned: 0 })
  })

  it('asks to be asked in interrupt mode', async () => {
    const host = makeHost()
    await host.start()
    await host.say(frame('c2', '01'))
    await host.simulator.hand('insert 1000')
    expect(await host.say('', 500)).toBe(frame('05'))
  })

  it('S02 S13 S14 answers a wrong CRC with 4A, hears a frame in bytes 49 ms apart and drops one 51 ms apart, two in one read, and one behind noise', async () => {
    const host = makeHost()
    await host.start()
    expect(await host.say(`${frame('11').slice(0, -2)}00`)).toBe(frame('4a'))
    const bytes = frame('11').match(/../g) ?? []
    for (const [gap, answer] of [[49, frame('11')], [51, '']] as const) {
      let said = ''
      for (const byte of bytes) said += await host.say(byte, gap)
      expect(said).toBe(answer)
      await host.clock.advance(100)
    }
    expect(await host.say(frame('11') + frame('11'))).toBe(frame('11').repeat(2))
    expect(await host.say(`00ff12${frame('11')}`)).toBe(frame('11'))
  })

  it('S01 whatever bytes come, it answers a status afterwards, and no note has moved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 255 }), async (bytes) => {
        const host = makeHost()
        await host.start()
        await host.say(Buffer.from(bytes).toString('hex'), 200)
        expect(await host.status()).toMatch(/^fc0[56](11|1a)/)
        expect(JSON.parse(await host.simulator.hand('counters'))).toMatchObject({ inserted: 0, stacked: {} })
      }),
      { numRuns: 60, seed: 5 },
    )
  })
})
