import { beforeEach, describe, expect, it } from 'vitest'
import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import { makeCoinAcceptorSimulator, type CoinAcceptorSimulatorOptions } from '../../../hardware/coin-acceptor/simulator.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'

let clock: VirtualClock
let wire: ByteTransport
let simulator: Simulator
let heard: number[]

const plug = (options: CoinAcceptorSimulatorOptions = {}) => {
  clock = virtualClock(0)
  const [near, far] = linkedPair()
  wire = near
  heard = []
  wire.onData((bytes) => heard.push(...bytes))
  simulator = makeCoinAcceptorSimulator(far, clock, options)
}

/** Sends bytes as they stand and gives what comes back within `ms`. */
const exchange = async (bytes: readonly number[], ms = 20): Promise<readonly number[]> => {
  heard = []
  await wire.write(Uint8Array.from(bytes))
  await clock.advance(ms)
  return heard
}

/** Asks with an 8-bit checksum; the data of the reply, or null for silence. */
const ask = async (header: number, ...data: readonly number[]): Promise<readonly number[] | null> => {
  const body = [2, data.length, 1, header, ...data]
  const reply = await exchange([...body, -body.reduce((sum, byte) => sum + byte, 0) & 0xff], 600)
  if (reply.length === 0) return null
  expect(reply.slice(0, 4)).toEqual([1, reply.length - 5, 2, 0])
  expect(reply.reduce((sum, byte) => sum + byte, 0) % 256).toBe(0)
  return reply.slice(4, -1)
}
const text = (bytes: readonly number[] | null) => String.fromCharCode(...(bytes ?? []))
const open = async () => {
  await ask(231, 255, 255)
  await ask(228, 1)
  await ask(229)
}

beforeEach(() => plug())

describe('the simulated acceptor answers as ccTalk says', () => {
  it('the exchanges of CT1 7.12 and CT3 appendix 11, byte by byte', async () => {
    expect(await exchange([2, 0, 1, 254, 255])).toEqual([1, 0, 2, 0, 253])
    expect(await exchange([2, 0, 1, 242, 11])).toEqual([1, 3, 2, 0, 78, 97, 188, 143])
    expect(await exchange([2, 0, 1, 245, 8])).toEqual([1, 13, 2, 0, 67, 111, 105, 110, 32, 65, 99, 99, 101, 112, 116, 111, 114, 22])
    expect(await exchange([2, 0, 1, 229, 24])).toEqual([1, 11, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 242])
    expect(await exchange([2, 2, 1, 231, 255, 255, 22])).toEqual([1, 0, 2, 0, 253])
  })

  it('the minimum of CT3 appendix 13 and more', async () => {
    for (const header of [254, 249, 248, 246, 245, 244, 242, 241, 232, 230, 229, 227, 226, 225, 216, 213, 197, 194, 193, 192, 4, 2]) {
      expect(await ask(header), `header ${header}`).not.toBeNull()
    }
    expect(await ask(4)).toEqual([1, 4, 7])
    expect(await ask(213)).toEqual([0])
    expect(await ask(212, 5)).toEqual([16, 0])
    expect(text(await ask(184, 4))).toBe('JP500A')
    expect(text(await ask(184, 9))).toBe('......')
    expect(await ask(240, 1)).toEqual([])
    expect(await ask(3)).toEqual([])
  })

  it('S04 S05 an unknown header and another address are met with silence, all (0) is answered from 0', async () => {
    expect(await ask(77)).toBeNull()
    expect(await ask(231)).toBeNull()
    expect(await exchange([3, 0, 1, 254, 254])).toEqual([])
    expect(await exchange([0, 0, 1, 254, 1])).toEqual([1, 0, 0, 0, 255])
    // And its reply of unknown length behind another address does not swallow the next command.
    expect(await exchange([3, 2, 1, 231, 255, 255, 99, 2, 0, 1, 254, 255])).toEqual([1, 0, 2, 0, 253])
  })

  it('S02 a wrong checksum is met with silence and counted', async () => {
    expect(await exchange([2, 0, 1, 254, 0])).toEqual([])
    expect(await ask(2)).toEqual([0, 0, 1])
  })

  it('S13 a command cut into single bytes: 49 ms apart accepted, 51 ms dropped and counted', async () => {
    const drip = async (gapMs: number) => {
      heard = []
      for (const byte of [2, 0, 1, 254, 255]) {
        await wire.write(Uint8Array.of(byte))
        await clock.advance(gapMs)
      }
      return heard
    }
    expect(await drip(49)).toEqual([1, 0, 2, 0, 253])
    expect(await drip(51)).toEqual([])
    await clock.advance(100)
    expect((await ask(2))?.[0]).toBe(5)
  })

  it('S03 length byte 255, then silence: the next command is understood', async () => {
    await exchange([2, 255], 60)
    expect(await exchange([2, 0, 1, 254, 255])).toEqual([1, 0, 2, 0, 253])
  })

  it('with CRC-16 it answers CRC-16 only', async () => {
    plug({ checksum: 'crc-16', address: 40 })
    expect(await exchange([40, 0, 70, 1, 63])).toEqual([1, 0, 48, 0, 55])
    expect(await exchange([40, 0, 1, 254, 217])).toEqual([])
  })

  it('the multi-drop commands of CT1 20.2', async () => {
    expect(await exchange([0, 0, 1, 253, 2], 1300)).toEqual([2])
    expect(await exchange([2, 0, 1, 252, 1], 1300)).toEqual([2])
    expect(await exchange([2, 1, 1, 251, 3, 254])).toEqual([1, 0, 2, 0, 253])
    expect(await exchange([2, 0, 1, 254, 255])).toEqual([])
    expect(await exchange([3, 0, 1, 254, 254])).toEqual([1, 0, 3, 0, 252])
  })

  it('with echo, our own bytes come first', async () => {
    plug({ echo: true })
    expect(await exchange([2, 0, 1, 254, 255])).toEqual([2, 0, 1, 254, 255, 1, 0, 2, 0, 253])
  })

  it('paced as on a 9600 baud line: 16 bytes take 17 ms', async () => {
    plug({ paceBaud: 9600 })
    await wire.write(Uint8Array.of(2, 0, 1, 229, 24))
    await clock.advance(17)
    expect(heard).toEqual([])
    await clock.advance(3)
    expect(heard).toHaveLength(16)
  })
})

describe('coins in the simulated acceptor', () => {
  it('nothing is let in after power-up; then what the mask says', async () => {
    await ask(229)
    expect(await simulator.hand('insert 500')).toMatch(/^rejected \(inhibited coin of type 4/)
    expect(await ask(229)).toEqual([1, 0, 131, 0, 0, 0, 0, 0, 0, 0, 0])
    await ask(231, 0b1000, 0)
    await ask(229)
    expect(await simulator.hand('insert 500')).toBe('accepted JP500A (position 4, counter 2)')
    expect(await simulator.hand('insert 100')).toMatch(/^rejected/)
    expect(await ask(229)).toEqual([3, 0, 130, 4, 1, 0, 131, 0, 0, 0, 0])
    await ask(228, 0)
    await ask(229)
    expect(await simulator.hand('insert 500')).toMatch(/^rejected \(inhibited coin,/)
    expect(await ask(230)).toEqual([8, 0])
    expect(await ask(227)).toEqual([0])
  })

  it('five events are kept, newest first; 255 is followed by 1; reset gives 0 and inhibits', async () => {
    await open()
    await simulator.hand('set-counter 253')
    await simulator.hand('insert 10 50 100 500 JP500B')
    expect(await ask(229)).toEqual([3, 5, 1, 4, 1, 3, 1, 2, 1, 1, 1])
    await simulator.hand('insert 10')
    expect(await ask(229)).toEqual([4, 1, 1, 5, 1, 4, 1, 3, 1, 2, 1])
    expect(await ask(1)).toEqual([])
    expect(await ask(229)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(await ask(230)).toEqual([0, 0])
  })

  it('lets nothing in after 1 s without a poll, and goes on with the next (CT4 2.1.2)', async () => {
    await open()
    await clock.advance(1100)
    expect(await simulator.hand('insert 500')).toMatch(/^rejected/)
    await ask(229)
    expect(await simulator.hand('insert 500')).toMatch(/^accepted/)
  })

  it('a jam shows in events and in the self-check, and lets nothing in', async () => {
    await open()
    await simulator.hand('jam')
    expect((await ask(229))?.slice(0, 3)).toEqual([1, 0, 14])
    expect(await ask(232)).toEqual([3])
    expect(await simulator.hand('insert 500')).toMatch(/^rejected/)
    await simulator.hand('clear')
    expect(await ask(232)).toEqual([0])
  })

  it('counts what was inserted, accepted and rejected', async () => {
    await open()
    await simulator.hand('insert 500 500 5')
    expect([await ask(226), await ask(225), await ask(194), await ask(150, 4)]).toEqual([
      [3, 0, 0],
      [2, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
    ])
  })

  it('stops at its accept limit (header 135)', async () => {
    await open()
    await ask(135, 2)
    await ask(229)
    expect(await simulator.hand('insert 10 10 10')).toMatch(/^accepted.*accepted.*rejected/)
  })
})

describe('its hands', () => {
  it('explain themselves and refuse what means nothing', async () => {
    expect(await simulator.hand('help')).toContain('insert <value|identifier>')
    const nonsense = ['', 'dance', 'insert', 'insert lots', 'insert-position 0', 'event 256', 'garble -1', 'silent maybe', 'serial 99999999']
    for (const line of [...nonsense, '__proto__', 'constructor']) expect(await simulator.hand(line), line).toMatch(/^error: /)
  })

  it('unplug and plug, silence, damage, lateness', async () => {
    await simulator.hand('unplug')
    expect(await ask(254)).toBeNull()
    await simulator.hand('plug')
    await simulator.hand('silent on')
    expect(await ask(254)).toBeNull()
    await simulator.hand('silent off')
    await simulator.hand('garble 1')
    const damaged = await exchange([2, 0, 1, 254, 255])
    expect(damaged.reduce((sum, byte) => sum + byte, 0) % 256).not.toBe(0)
    await simulator.hand('late 300')
    expect(await exchange([2, 0, 1, 254, 255], 299)).toEqual([])
    await clock.advance(2)
    expect(heard).toEqual([1, 0, 2, 0, 253])
    await simulator.hand('late 0')
    await simulator.hand('twice 1')
    expect(await exchange([2, 0, 1, 254, 255])).toEqual([1, 0, 2, 0, 253, 1, 0, 2, 0, 253])
  })
})

it('in CVF the position (212) and the count (150) are asked by credit code, which coins of one value share', async () => {
  plug({ watchdog: false })
  await open()
  await simulator.hand('cvf on')
  await simulator.hand('insert JP010A JP500A JP500B JP500B')
  const credits = (await ask(229)) ?? []
  expect([credits[7], credits[5], credits[3]]).toEqual([10, 178, 178])
  expect(await ask(212, 10)).toEqual([1, 0])
  expect(await ask(212, 178)).toEqual([0b11000, 0])
  expect(await ask(150, 178)).toEqual([3, 0, 0])
  for (const code of [1, 255]) for (const header of [212, 150]) expect(await ask(header, code)).toBeNull()
  await simulator.hand('cvf off')
  expect(await ask(212, 5)).toEqual([0b10000, 0])
  expect(await ask(150, 5)).toEqual([2, 0, 0])
})

it('a simple poll padded with data is answered as any other, and four sorter paths are told as four (CT2 3.47)', async () => {
  plug()
  expect(await ask(254, ...new Array<number>(255).fill(0))).toEqual([])
  expect(await ask(209, 3)).toEqual([1])
  expect(await ask(210, 3, 2, 4, 5, 6)).toEqual([])
  expect(await ask(209, 3)).toEqual([2, 4, 5, 6])
  expect(await ask(210, 3, 2, 9, 5, 6)).toBeNull()
  expect(await ask(210, 3, 7)).toEqual([])
  expect(await ask(209, 3)).toEqual([7])
})
