import { describe, expect, it } from 'vitest'
import { makeCctalkBillSimulator } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { makeHopperSimulator, type HopperSimulatorOptions } from '../../../hardware/hopper/simulator.ts'
import { foreignHost, protectedFrame, summed, type ForeignHost, type Heard } from './foreign-host.ts'

const checksum = (crc: boolean) => (crc ? { checksum: 'crc-16' as const } : {})
const acceptor = (crc = false) => foreignHost((wire, clock) => makeCoinAcceptorSimulator(wire, clock, checksum(crc)), 2, crc)
const hopper = (options: HopperSimulatorOptions = {}, crc = false) =>
  foreignHost((wire, clock) => makeHopperSimulator(wire, clock, { serial: 0x030201, coinMs: 100, ...options, ...checksum(crc) }), 3, crc)
const validator = (crc = false) => foreignHost((wire, clock) => makeCctalkBillSimulator(wire, clock, checksum(crc)), 40, crc)

/** Least and most data bytes of the answer to each command (CT3 table 8), with what is sent, of every device that has it (CT3 appendix 1). */
type Row = readonly [header: number, data: readonly number[], least: number, most?: number]
const core: readonly Row[] = [
  ...([[254, [], 0], [246, [], 3, 32], [245, [], 3, 16], [244, [], 3, 16], [242, [], 3, 4], [241, [], 3, 32], [216, [], 5], [197, [], 4], [192, [], 3, 32]] as const),
  ...([[196, [], 2], [195, [], 2], [170, [], 4], [169, [], 1], [4, [], 3], [2, [], 3], [3, [], 0], [113, [0, 0], 1], [113, [2, 0], 1], [113, [3, 1], 0], [1, [], 0]] as const),
]
const acceptorRows: readonly Row[] = [
  ...([[249, [], 2], [248, [], 1], [243, [], 1], [240, [1], 0], [240, [1, 0], 0], [237, [], 1, 255], [236, [], 1, 255], [232, [], 1, 2], [231, [255, 255], 0], [231, [255], 0]] as const),
  ...([[230, [], 1, 16], [229, [], 11], [228, [1], 0], [227, [], 1], [226, [], 3], [225, [], 3], [222, [255], 0], [221, [], 1], [213, [], 1], [212, [1], 1, 16]] as const),
  ...([[210, [1, 2], 0], [209, [1], 1, 4], [210, [1, 2, 1, 1, 1], 0], [194, [], 3], [193, [], 3], [189, [1], 0], [188, [], 1], [184, [1], 6], [162, [255, 255, 255, 0, 0, 255], 0]] as const),
  ...([[150, [1], 3], [149, [1], 3], [135, [5], 0], [135, [0], 0]] as const),
]
const hopperRows: readonly Row[] = [
  ...([[217, [], 1], [217, [1], 1], [208, [9, 0], 0], [208, [1, 9, 0], 0], [207, [], 2], [207, [1], 2], [187, [9, 0], 0], [186, [], 2], [175, [9, 0], 0], [174, [], 2]] as const),
  ...([[172, [], 1], [171, [], 6], [168, [], 3], [166, [], 4], [164, [165], 0], [163, [], 1, 3], [218, [0, 0, 0, 0], 0], [219, [0, 0, 0, 0], 0]] as const),
]
const validatorRows: readonly Row[] = [
  ...([[249, [], 2], [247, [], 1, 255], [232, [], 1, 2], [231, [255, 255], 0], [230, [], 1, 16], [228, [1], 0], [227, [], 1], [226, [], 3], [225, [], 3], [213, [], 1]] as const),
  ...([[194, [], 3], [193, [], 3], [159, [], 11], [157, [1], 7], [156, [74, 80], 3], [155, [74, 80], 1, 16], [154, [0], 1], [153, [3], 0], [152, [], 1], [150, [1], 3]] as const),
  ...([[145, [], 1, 32], [145, [74, 80], 1, 32], [141, [], 1], [129, [], 0, 32]] as const),
]
const devices = [
  ['acceptor', acceptor, acceptorRows],
  ['hopper', (crc: boolean) => hopper({}, crc), hopperRows],
  ['validator', validator, validatorRows],
] as const
const text = (heard: Heard) => (Array.isArray(heard) ? String.fromCharCode(...(heard as number[])) : heard)

describe.each(devices)('a host that knows only the specification asks the simulated %s', (_name, make, own) => {
  it.each([false, true])('each command of its kind and of every device, and gets an answer as long as CT3 table 8 says (CRC-16: %s)', async (crc) => {
    const host = make(crc)
    for (const [header, data, least, most = least] of [...core, ...own]) {
      const heard = await host.ask(header, ...data)
      expect(Array.isArray(heard), `header ${header}: ${String(heard)}`).toBe(true)
      expect(heard?.length, `header ${header}`).toBeGreaterThanOrEqual(least)
      expect(heard?.length, `header ${header}`).toBeLessThanOrEqual(most)
    }
  })

  it('the other commands of other kinds, of makers and of ciphers, and is met with silence, never with a refusal (CT1 13)', async () => {
    const host = make(false)
    const mute = [255, 239, 235, 234, 224, 223, 220, 211, 204, 203, 200, 185, 183, 182, 158, 144, 143, 140, 137, 136, 134, 133, 125, 116, 112, 111, 110, 109, 108, 107, 105, 104, 103, 0]
    for (const header of mute) for (const data of [[], [1], [1, 2, 3, 4, 5, 6]]) expect(await host.ask(header, ...data), `header ${header}`).toBeNull()
    expect(await host.ask(254)).toEqual([])
  })

  it('its rate (CT2 3.139): 9600 baud it is, and no other one is taken', async () => {
    const host = make(false)
    expect([await host.ask(113, 0, 0), await host.ask(113, 2, 0), await host.ask(113, 3, 1), await host.ask(113, 1, 1)]).toEqual([[1], [1], [], []])
    for (const code of [0, 2, 5, 9, 30, 255]) expect([await host.ask(113, 3, code), await host.ask(113, 1, code)]).toEqual(['nak', 'nak'])
    expect([await host.ask(113), await host.ask(113, 1), await host.ask(113, 9, 1)]).toEqual([null, null, 'nak'])
  })

  it('to change its address, which a reset undoes because it lies in RAM (CT1 20.2.3, CT2 3.84)', async () => {
    const host = make(false)
    const [address = 0] = await host.exchange(summed(0, 0, 1, 253), 1300)
    expect(await host.ask(251, 99)).toEqual([])
    expect(await host.ask(254)).toBeNull()
    expect(await host.exchange(summed(99, 0, 1, 254))).toEqual(summed(1, 0, 99, 0))
    for (const refused of [0, 1]) expect(await host.exchange(summed(99, 1, 1, 251, refused))).toEqual([])
    expect(await host.exchange(summed(99, 0, 1, 1))).toEqual(summed(1, 0, 99, 0))
    expect(await host.exchange(summed(address, 0, 1, 254))).toEqual(summed(1, 0, address, 0))
  })

  it('with a null byte before each command, as a shorted line makes them: nothing happens, and the next command is heard (CT4 5.1)', async () => {
    const host = make(false)
    await host.ask(231, 255, 255)
    const before = await host.simulator.hand('counters')
    for (const [header, data] of own) {
      const [address = 0] = [Number((await host.exchange(summed(0, 0, 1, 253), 1300))[0])]
      const heard = await host.exchange([0, ...summed(address, data.length, 1, header, ...data)], 120)
      expect(heard, `header ${header}`).toEqual([])
      expect(await host.ask(254)).toEqual([])
    }
    const strip = (said: string) => ({ ...(JSON.parse(said) as object), timeouts: 0, ignored: 0, badChecksums: 0 })
    expect(strip(await host.simulator.hand('counters'))).toEqual(strip(before))
  })

  it.each([false, true])('S02 S03 S13 S14 in frames that are damaged, cut, doubled or cut into by another: it acts on none of them, and hears the next (CRC-16: %s)', async (crc) => {
    const host = make(crc)
    const address = (await host.exchange(crc ? protectedFrame(0, 253, []) : summed(0, 0, 1, 253), 1300))[0] ?? 0
    const frame = (header: number, data: readonly number[]) => (crc ? protectedFrame(address, header, data) : summed(address, data.length, 1, header, ...data))
    const poll = frame(254, [])
    const answer = (await host.exchange(poll)).join(' ')
    const cases: (readonly number[])[] = []
    for (const [header, data] of own) {
      const whole = frame(header, data)
      // One wrong bit in each byte; a length that lies may swallow what follows, so that a pause ends it.
      for (let at = 2; at < whole.length; at += 1) cases.push(whole.map((byte, index) => (index === at ? byte ^ 0x10 : byte)))
      for (let cut = 1; cut < whole.length; cut += 1) cases.push(whole.slice(0, cut))
      cases.push([...whole.slice(0, 3), ...poll, ...whole.slice(3)].slice(0, whole.length - 1))
    }
    for (const bytes of cases) {
      expect(await host.exchange(bytes, 60), bytes.join(' ')).toEqual([])
      expect((await host.exchange(poll)).join(' '), bytes.join(' ')).toBe(answer)
    }
    expect((await host.exchange([...poll, ...poll])).join(' ')).toBe(`${answer} ${answer}`)
  })

  it('every header with every length of data: each answer has a right checksum and a length of CT3 table 8, and it is heard afterwards', async () => {
    const host = make(false)
    const known = new Map([...core, ...own].map(([header, , least, most = least]) => [header, [least, most] as const]))
    const lengths = Array.from({ length: 256 }, (_, index) => index).filter((index) => index < 14 || index > 253 || index % 40 === 0)
    const quiet = new Set([253, 252, 251, 250, 1])
    for (const header of Array.from({ length: 256 }, (_, index) => index).filter((index) => !quiet.has(index)))
      for (const length of known.has(header) ? lengths : [0, 1, 255]) {
        const heard = await host.ask(header, ...Array.from({ length }, (_, index) => (header + index * 7) % 256))
        const [least, most] = known.get(header) ?? [0, 16]
        if (Array.isArray(heard) && heard.length > 0) expect([heard.length >= least, heard.length <= most], `header ${header}, ${length} bytes: ${heard.join(' ')}`).toEqual([true, true])
      }
    expect(await host.ask(254)).toEqual([])
  })
})

describe('what a host sees of each device', () => {
  it('says who it is: categories of CT3 table 1, revision 1.4.7, serial number with the low byte first', async () => {
    const all = [acceptor(), hopper(), validator()]
    expect(await Promise.all(all.map(async (host) => text(await host.ask(245))))).toEqual(['Coin Acceptor', 'Payout', 'Bill Validator'])
    for (const host of all) expect(await host.ask(4)).toEqual([1, 4, 7])
    expect(await hopper().ask(242)).toEqual([1, 2, 3])
  })

  it('the acceptor counts what it accepted, of each kind and in all, and keeps that over a reset (CT2 3.30, 3.31, 3.102)', async () => {
    const host = acceptor()
    await host.ask(231, 255, 255)
    await host.ask(229)
    await host.simulator.hand('insert 10 100 100 JP500B')
    const counts = async () => [await host.ask(226), await host.ask(225), await host.ask(150, 1), await host.ask(150, 2), await host.ask(150, 3), await host.ask(150, 5)]
    const expected = [[4, 0, 0], [4, 0, 0], [1, 0, 0], [0, 0, 0], [2, 0, 0], [1, 0, 0]]
    expect(await counts()).toEqual(expected)
    await host.ask(1)
    expect(await host.ask(229)).toEqual(Array.from({ length: 11 }, () => 0))
    expect(await counts()).toEqual(expected)
  })

  it('the self-check of a validator: 44 without its stacker, 45 while that is full, and what is broken first', async () => {
    const host = validator()
    const checks = async (...hands: readonly string[]) => {
      for (const hand of hands) await host.simulator.hand(hand)
      return host.ask(232)
    }
    expect([await checks(), await checks('pull-stacker'), await checks('push-stacker'), await checks('stacker-full'), await checks('jam'), await checks('clear'), await checks('stacker-ok')]).toEqual([
      [0], [44], [0], [45], [39], [45], [0],
    ])
  })
})

describe('a hopper', () => {
  const status = async (host: ForeignHost) => (await host.ask(166)) as readonly number[]
  const registers = async (host: ForeignHost) => (await host.ask(163)) as readonly number[]
  const opened = async (options: HopperSimulatorOptions) => {
    const host = hopper(options)
    await host.ask(164, 165)
    return host
  }

  it.each([
    ['serial', 'sch1', [1, 2, 3], []],
    ['serial', 'sch2', [1, 2, 3], [1]],
    ['serial', 'sch3', [1, 2, 3], [1]],
    ['none', 'sch1', [9, 9, 9, 9, 9, 9, 9, 9], []],
    ['none', 'sch2', [0, 0, 0, 0, 0, 0, 0, 0], [1]],
    ['none', 'sch3', [4, 5, 6], [1]],
  ] as const)('of class "%s" and model %s pays on %j and answers %j (CT2 3.86)', async (security, model, code, answer) => {
    const host = await opened({ security, model })
    expect(await host.ask(167, ...code, 2)).toEqual(answer)
    await host.clock.advance(1000)
    expect([await status(host), await host.ask(168), (await registers(host)).length]).toEqual([[1, 0, 2, 0], [2, 0, 0], Number(model.at(-1))])
  })

  it.each([
    ['serial', [1, 2, 4]], ['serial', [3, 2, 1]], ['serial', [0, 0, 0, 0, 0, 0, 0, 0]], ['cipher', [1, 2, 3]], ['cipher', [0, 0, 0, 0, 0, 0, 0, 0]],
  ] as const)('of class "%s" refuses %j and counts no event', async (security, code) => {
    for (const model of ['sch1', 'sch2'] as const) {
      const host = await opened({ security, model })
      expect(await host.ask(167, ...code, 2)).toBe('nak')
      expect([await status(host), await host.ask(168)]).toEqual([[0, 0, 0, 0], [0, 0, 0]])
    }
  })

  it('one that says encryption says it in its third register, and a wrong key needs a reset (CT2 3.90.1.20)', async () => {
    const host = await opened({ security: 'cipher' })
    expect((await registers(host))[2]).toBe(0x10)
    await host.ask(167, 1, 2, 3, 1)
    expect((await registers(host))[2]).toBe(0x18)
    await host.ask(1)
    expect((await registers(host))[2]).toBe(0x10)
  })

  it('disabled, asked for nothing, or paying already: refused; after a reset it is disabled and its counter is 0, its total stays', async () => {
    const host = hopper()
    expect(await host.ask(167, 1, 2, 3, 1)).toBe('nak')
    for (const wrong of [0, 164, 166, 255]) {
      await host.ask(164, wrong)
      expect((await registers(host))[0]).toBe(0xc0)
    }
    await host.ask(164, 165)
    expect((await registers(host))[0]).toBe(0x40)
    expect(await host.ask(167, 1, 2, 3, 0)).toBe('nak')
    expect(await host.ask(167, 1, 2, 3, 3)).toEqual([1])
    expect(await host.ask(167, 1, 2, 3, 3)).toBe('nak')
    await host.clock.advance(1000)
    await host.ask(1)
    expect([await status(host), await host.ask(168), await registers(host)]).toEqual([[0, 0, 3, 0], [3, 0, 0], [0x80, 0, 0]])
  })

  it('its event counter goes from 255 to 1, its dispense count from 16777215 to 0', async () => {
    const host = await opened({})
    await host.simulator.hand('set-counter 255')
    await host.simulator.hand('set-total 16777215')
    expect(await host.ask(167, 1, 2, 3, 1)).toEqual([1])
    await host.clock.advance(300)
    expect(await host.ask(168)).toEqual([0, 0, 0])
  })

  it('stopped half way it says how many coins it still owes (CT2 3.81)', async () => {
    const host = await opened({})
    await host.ask(167, 1, 2, 3, 5)
    await host.clock.advance(180)
    const [owed = 0] = (await host.ask(172)) as readonly number[]
    const [, remaining, paid, unpaid] = await status(host)
    expect([remaining, unpaid, (paid ?? 0) + owed, owed > 0 && owed < 5]).toEqual([0, owed, 5, true])
  })

  it.each([['sch1', []], ['sch2', [0x80]], ['sch3', [0x80, 4]]] as const)('an %s with a PIN is silent until it is entered, and pays then; what only a third register can tell blocks no model without one', async (model, more) => {
    const host = await opened({ model })
    await host.ask(219, 1, 2, 3, 4)
    expect(await host.ask(167, 1, 2, 3, 1)).toBeNull()
    expect((await registers(host)).slice(1)).toEqual(more)
    if (model === 'sch3') await host.ask(1)
    await host.ask(164, 165)
    expect(await host.ask(218, 1, 2, 3, 4)).toEqual([])
    expect(await host.ask(167, 1, 2, 3, 1)).toEqual(model === 'sch1' ? [] : [1])
  })
})
