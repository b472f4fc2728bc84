import { expect, it } from 'vitest'
import { summed } from '../cctalk/foreign-host.ts'
import { makeBench } from './bench.ts'

interface Kind {
  /** Whether it gives a key for the asking (header 160). */
  readonly keyed: boolean
  /** What it wants before the count of a dispense. */
  readonly wants: (code: readonly number[]) => boolean
  /** Registers of header 163. */
  readonly registers: readonly number[]
  /** What it answers to a dispense that it takes or refuses: its counter (SCH2), an acknowledgement (SCH1), a refusal, silence. */
  readonly taken: (counter: number) => readonly number[]
  readonly refused: 'nak' | 'silence'
}

/** A hopper of somebody else, written from the specification: it pays all at once, and knows no more than what every hopper must. */
function foreignHopper(kind: Kind) {
  const bench = makeBench({ hoppers: [] })
  const truth = { left: 0, codes: [] as string[] }
  let counter = 0
  let asked = 0
  let enabled = false
  const number = [7, 8, 9]
  bench.far.onData((bytes) => {
    const [destination, count = 0, , header = 0] = bytes
    const data = [...bytes.subarray(4, 4 + count)]
    if (destination !== 3) return
    const answer = (of: number, ...own: readonly number[]) => void bench.far.write(Uint8Array.from(summed(1, own.length, 3, of, ...own)))
    const ascii = (words: string) => Array.from(words, (letter) => letter.charCodeAt(0))
    if (header === 254) answer(0)
    else if (header === 246) answer(0, ...ascii('ABC'))
    else if (header === 245) answer(0, ...ascii('Payout'))
    else if (header === 242) answer(0, ...number)
    else if (header === 168) answer(0, truth.left, 0, 0)
    else if (header === 166) answer(0, counter, 0, asked, 0)
    else if (header === 163) answer(0, ...kind.registers)
    else if (header === 160 && kind.keyed) answer(0, 1, 2, 3, 4, 5, 6, 7, 8)
    else if (header === 164) {
      enabled = data[0] === 165
      answer(0)
    } else if (header === 167) {
      const code = data.slice(0, -1)
      truth.codes.push(code.join(' '))
      if (!enabled || !kind.wants(code)) return kind.refused === 'nak' ? answer(5) : undefined
      asked = data.at(-1) ?? 0
      truth.left += asked
      counter += 1
      answer(0, ...kind.taken(counter))
    }
  })
  return { bench, truth }
}

const number = (code: readonly number[]) => code.join() === '7,8,9'
const eight = (code: readonly number[]) => code.length === 8
const sch1 = { registers: [0x80], taken: () => [], refused: 'nak' } as const
const sch2 = { registers: [0x80, 0], taken: (counter: number) => [counter], refused: 'nak' } as const

it.each([
  ['its number, and gives no key', { ...sch2, keyed: false, wants: number }],
  ['its number, and gives a key all the same', { ...sch2, keyed: true, wants: number }],
  ['eight bytes of anything, and gives a key', { ...sch2, keyed: true, wants: eight }],
  ['eight bytes of anything, and gives no key', { ...sch1, keyed: false, wants: eight }],
] as const)('a foreign hopper that wants %s is paid from, once for each pay-out', async (_what, kind) => {
  const { bench, truth } = foreignHopper(kind)
  await bench.open()
  expect(bench.hoppers()).toMatchObject([{ serial: '591879', coin: 'JP100A', ready: true, level: 'unknown' }])
  expect(await bench.pay(bench.intent(3))).toMatchObject({ paid: 3, unpaid: 0, alarm: null })
  await bench.clock.advance(2000)
  expect(await bench.pay(bench.intent(2))).toMatchObject({ paid: 2, unpaid: 0, alarm: null })
  expect(truth.left).toBe(5)
  // What it wants was found out once.
  expect(truth.codes.length).toBeLessThanOrEqual(3)
  expect(bench.faults).toEqual([])
})

it.each([
  ['a cipher, and refuses everything else', { ...sch2, keyed: true, wants: () => false }],
  ['a PIN, and meets everything else with silence', { ...sch1, keyed: false, wants: () => false, refused: 'silence' }],
] as const)('a foreign hopper that wants %s without a flag for it pays nothing, is asked three times, and is out of service by its name', async (_what, kind) => {
  const { bench, truth } = foreignHopper(kind)
  await bench.open()
  expect(await bench.pay(bench.intent(3))).toMatchObject({ paid: 0, unpaid: 3, alarm: 'refused' })
  await bench.clock.advance(2000)
  expect(truth).toMatchObject({ left: 0, codes: { length: 3 } })
  expect(bench.hoppers()).toMatchObject([{ ready: false }])
  expect(bench.faults).toEqual(['hopper-locked'])
})

it.each([[[0x80, 0x80]], [[0x80, 0, 0x10]]])('a foreign hopper whose registers %j tell of a PIN or a cipher is asked for no coin', async (registers) => {
  const { bench, truth } = foreignHopper({ ...sch2, keyed: true, wants: () => false, registers })
  await bench.open()
  expect(bench.hoppers()).toMatchObject([{ ready: false }])
  expect([truth.codes, bench.faults]).toEqual([[], ['hopper-locked']])
})
