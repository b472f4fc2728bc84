import { expect, test } from 'vitest'
import { disarm, rasterHead, readStatus, replyReader } from '../../../hardware/printer/escpos.ts'

const good = [0x16, 0x12, 0x12, 0x12] as const

test('status bits mean what the reference says', () => {
  const fine = { online: true, coverOpen: false, paperOut: false, paperLow: false, failed: false, recoverable: false }
  const cases = [
    [good, {}],
    [[0x1e, 0x16, 0x12, 0x12], { online: false, coverOpen: true }],
    [[0x1e, 0x56, 0x52, 0x12], { online: false, coverOpen: true }],
    [[0x1e, 0x32, 0x12, 0x7e], { online: false, paperOut: true, paperLow: true }],
    [[0x16, 0x12, 0x12, 0x72], { paperOut: true }],
    [[0x16, 0x12, 0x12, 0x1e], { paperLow: true }],
    [[0x1e, 0x52, 0x1a, 0x12], { online: false, failed: true, recoverable: true }],
    [[0x1e, 0x52, 0x32, 0x12], { online: false, failed: true }],
    [[0x1e, 0x52, 0x52, 0x12], { online: false, failed: true }],
    [[0x1e, 0x52, 0x12, 0x12], { online: false, failed: true }],
    [[0x1e, 0x12, 0x12, 0x12], { online: false, failed: true }],
  ] as const
  for (const [[printer, offline, error, paper], differing] of cases) {
    const bytes = Buffer.of(printer, offline, error, paper).toString('hex')
    expect(readStatus(printer, offline, error, paper), bytes).toEqual({ ...fine, ...differing })
  }
})

test('S14 replies are told apart by their fixed bits, however they are cut', () => {
  const bytes = [0x11, 0x16, 0x13, 0x10, 0x08, 0x03, 0x00, 0x00, 0x0f, 0x5f, 0x45, 0x50, 0x53, 0x4f, 0x4e, 0x00, 0x37, 0x25, 0x00, 0x7e]
  const expected = [
    { kind: 'now', byte: 0x16 },
    { kind: 'in-order', byte: 0x00 },
    { kind: 'in-order', byte: 0x0f },
    { kind: 'information', bytes: [0x45, 0x50, 0x53, 0x4f, 0x4e] },
    { kind: 'cleared' },
    { kind: 'now', byte: 0x7e },
  ]
  expect(replyReader()(Uint8Array.from(bytes))).toEqual(expected)
  const read = replyReader()
  expect(bytes.flatMap((byte) => read(Uint8Array.of(byte)))).toEqual(expected)
})

test('S12 the echo of a question is no answer to it', () => {
  for (const question of [
    [0x10, 0x04, 0x01],
    [0x10, 0x04, 0x04],
    [0x1d, 0x72, 0x01],
  ]) {
    const kinds = replyReader()(Uint8Array.from([...question, ...question])).map((reply) => reply.kind)
    expect(kinds).not.toContain('in-order')
    if (question[0] === 0x10) expect(kinds).not.toContain('now')
  }
})

test('S01 random bytes are read without end and without growth; a good answer after them is found', () => {
  const read = replyReader()
  let seed = 7
  for (let block = 0; block < 256; block += 1) read(Uint8Array.from({ length: 4096 }, () => (seed = (seed * 48_271) % 2_147_483_647) & 0xff))
  read(new Uint8Array(4))
  expect(read(Uint8Array.of(0x12))).toEqual([{ kind: 'now', byte: 0x12 }])
})

test('S18 a device text without end is not collected without end', () => {
  const read = replyReader()
  const replies = read(Uint8Array.from([0x5f, ...new Uint8Array(200).fill(0x41), 0x00]))
  expect(replies.some((reply) => reply.kind === 'information')).toBe(false)
})

test('a raster head counts bytes across and dots down, low byte first', () => {
  expect([...rasterHead(72, 56)]).toEqual([0x1d, 0x76, 0x30, 0, 72, 0, 56, 0])
  expect([...rasterHead(300, 2303)]).toEqual([0x1d, 0x76, 0x30, 0, 44, 1, 255, 8])
})

test('disarming adds one dot where a real-time command would begin and touches nothing else', () => {
  const raster = Uint8Array.of(0x10, 0x04, 0x10, 0x10, 0x05, 0x10, 0x14, 0x10, 0x00, 0x10)
  expect([...disarm(raster)]).toEqual([0x18, 0x04, 0x10, 0x18, 0x05, 0x18, 0x14, 0x10, 0x00, 0x10])
})
