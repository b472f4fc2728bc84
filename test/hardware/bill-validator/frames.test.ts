import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDenominations } from '../../../hardware/bill-validator/id003/denominations.ts'
import { crcKermit, decodeId003, encodeId003, makeId003Deframer } from '../../../hardware/bill-validator/id003/frames.ts'
import { matchNotes } from '../../../hardware/bill-validator/note-table.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase()
const frame = (code: number, ...data: readonly number[]) => encodeId003({ code, data: Uint8Array.from(data) })

describe('ID-003 frames', () => {
  it.each([
    ['status', 'FC05112756', [0x11]],
    ['reset', 'FC05402B15', [0x40]],
    ['stack-1', 'FC0541A204', [0x41]],
    ['stack-2', 'FC05423936', [0x42]],
    ['return', 'FC0543B027', [0x43]],
    ['hold', 'FC05440F53', [0x44]],
    ['acknowledgement', 'FC0550AA05', [0x50]],
    ['inhibit on', 'FC06C3018DC7', [0xc3, 1]],
    ['inhibit off', 'FC06C30004D6', [0xc3, 0]],
    ['enable all', 'FC07C000002DB5', [0xc0, 0, 0]],
    ['polled mode', 'FC06C200DCCF', [0xc2, 0]],
    ['denomination table', 'FC058A7D7C', [0x8a]],
    ['version', 'FC05886F5F', [0x88]],
    ['escrow of 61', 'FC061361B0FB', [0x13, 0x61]],
    ['VEND VALID', 'FC05150310', [0x15]],
    ['reject 71', 'FC061771518C', [0x17, 0x71]],
    ['enquiry', 'FC05058200', [0x05]],
  ])('%s is %s', (_name, bytes, [code = 0, ...data]) => {
    expect(hex(frame(code, ...data))).toBe(bytes)
    expect(decodeId003(Uint8Array.from(Buffer.from(bytes, 'hex')))).toEqual({ code, data: Uint8Array.from(data) })
  })

  it('the check value of its CRC is that of Kermit', () => expect(crcKermit(Buffer.from('123456789'))).toBe(0x2189))

  it('every length of data comes back; S02 a wrong CRC, a cut or a doubled frame does not', () => {
    for (let length = 0; length <= 250; length += 1) {
      const bytes = frame(0x88, ...Array.from({ length }, (_, index) => (index * 37) & 0xff))
      expect(decodeId003(bytes)?.data).toHaveLength(length)
      expect(decodeId003(bytes.subarray(0, -1))).toBeNull()
      expect(decodeId003(Uint8Array.of(...bytes, ...bytes))).toBeNull()
      const wrong = Uint8Array.from(bytes)
      wrong[2] = 0x89
      expect(decodeId003(wrong)).toBeNull()
    }
  })

  it('S14 finds frames in pieces, several in one read, and behind noise', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (datas, cuts) => {
        const line = Uint8Array.from(datas.flatMap((data) => [0x00, 0x55, ...frame(0x88, ...data)]))
        const deframer = makeId003Deframer()
        const found: number[][] = []
        for (let at = 0, cut = 0; at < line.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1
          found.push(...deframer.push(line.subarray(at, at + size)).map(({ data }) => [...data]))
          at += size
        }
        expect(found).toEqual(datas.map((data) => [...data]))
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  it('S01 S16 a megabyte of chance, and endless zeros, FF or FC, never holds more than one frame, and a frame behind it is found once what waits is given up', () => {
    let chance = 7
    const random = () => (chance = (chance * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16
    for (const [byte, chunks] of [[random, 256], [() => 0x00, 16], [() => 0xff, 16], [() => 0xfc, 4]] as const) {
      const deframer = makeId003Deframer()
      for (let chunk = 0; chunk < chunks; chunk += 1) {
        deframer.push(Uint8Array.from({ length: 4096 }, byte))
        expect(deframer.waiting()).toBeLessThan(256)
      }
      const found = [...deframer.push(frame(0x15))]
      while (deframer.waiting() > 0) found.push(...deframer.giveUp())
      expect(found.at(-1)?.code).toBe(0x15)
    }
  })

  it('S03 a length of 255 and then silence holds nothing up for ever', () => {
    const deframer = makeId003Deframer()
    expect(deframer.push(Uint8Array.of(0xfc, 0xff, 0x13))).toEqual([])
    expect(deframer.push(frame(0x11))).toEqual([])
    const found = []
    while (deframer.waiting() > 0) found.push(...deframer.giveUp())
    expect(found.map(({ code }) => code)).toEqual([0x11])
  })
})

describe('the denomination table', () => {
  const read = (text: string) => readDenominations(Buffer.from(text.replaceAll(' ', ''), 'hex'))

  it('names notes by country, value and issue, in the order of their escrow codes', () => {
    expect(read('62100103 61100103 63100000 64100503 65100104 66290102 6f100103')).toEqual([
      { position: 1, id: 'JP1000A', value: 1000 },
      { position: 2, id: 'JP1000B', value: 1000 },
      { position: 4, id: 'JP5000A', value: 5000 },
      { position: 5, id: 'JP010KA', value: 10_000 },
      { position: 6, id: 'TW0100A', value: 100 },
    ])
  })

  it('knows no note of a country that nobody listed, and believes no answer that is cut, double or out of bounds', () => {
    expect(read('61010105')).toEqual([])
    for (const wrong of ['', '611001', '61100103 61100103', '61100109', '6110ffff']) expect(read(wrong)).toBeNull()
  })

  it('S10 only what the operator approved, with the value that the device says, is worth anything', () => {
    const device = [{ position: 1, id: 'JP1000A', value: 1000 }]
    for (const value of [0xffffffff, -1000, 0.5, 0, Number.NaN, 2000]) {
      const table = matchNotes(device, [{ id: 'JP1000A', value, currency: 'JPY' }])
      expect([table.noteAt(1), table.mask(['JP1000A']), table.missing]).toEqual([undefined, 0, ['JP1000A']])
    }
    expect(matchNotes(device, [{ id: 'JP1000A', value: 1000, currency: 'JPY' }]).mask(['JP1000A'])).toBe(1)
  })
})
