import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCabinetSimulator } from '../../../hardware/cabinet/simulator.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { linkedPair } from '../../../hardware/transport.ts'

/** Modbus CRC written once more, so that the product's own is not its own judge. */
function withCrc(hex: string): Uint8Array {
  const bytes = Buffer.from(hex, 'hex')
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return Buffer.concat([bytes, Buffer.from([crc & 0xff, crc >>> 8])])
}

function makeHost() {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const simulator = makeCabinetSimulator(far, clock)
  let heard = ''
  near.onData((bytes) => (heard += Buffer.from(bytes).toString('hex')))
  const say = async (bytes: Uint8Array) => {
    heard = ''
    await near.write(bytes)
    await clock.advance(200)
    return heard
  }
  return { clock, near, simulator, say, ask: (hex: string) => say(withCrc(hex)) }
}
const reply = (hex: string) => Buffer.from(withCrc(hex)).toString('hex')

describe('a Modbus RTU station, asked by a host of its own', () => {
  it('knows the CRC of the specification: 02 07 is 41 12', () => expect(reply('0207')).toBe('02074112'))

  it.each([
    ['01 read coils', '010100000008', '01010100'],
    ['02 read discrete inputs', '010200000006', '01020107'],
    ['02 a part of them', '010200010002', '01020103'],
    ['03 read registers', '010300000003', '010306080801000001'],
    ['05 write a coil', '01050000ff00', '01050000ff00'],
    ['0F write coils', '010f0000000a02ff03', '018f02'],
    ['0F write eight', '010f0000000801a5', '010f00000008'],
    ['an address that it does not have', '010200060004', '018202'],
    ['a count of nothing', '010100000000', '018103'],
    ['a coil value that is none', '010500001234', '018503'],
    ['a function that it does not know', '010600000001', '018601'],
    ['registers that it does not have', '010300000009', '018302'],
  ])('%s', async (_what, request, expected) => expect(await makeHost().ask(request)).toBe(reply(expected)))

  it('does what is said to all and answers nothing; hears nothing that is for another', async () => {
    const host = makeHost()
    expect(await host.ask('00050000ff00')).toBe('')
    expect(await host.ask('010100000001')).toBe(reply('01010101'))
    expect(await host.ask('020100000001')).toBe('')
  })

  it('hears a frame in two pieces, two frames in one, and goes on after a broken one', async () => {
    const host = makeHost()
    const frame = withCrc('010200000006')
    await host.near.write(frame.subarray(0, 3))
    expect(await host.say(frame.subarray(3))).toBe(reply('01020107'))
    expect(await host.say(Buffer.concat([frame, frame]))).toBe(reply('01020107').repeat(2))
    expect(await host.say(Buffer.from('0102000000067777', 'hex'))).toBe('')
    expect(await host.ask('010200000006')).toBe(reply('01020107'))
  })

  it('S01 S02 answers nothing to bytes without a right CRC, whatever they are, and works afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const host = makeHost()
        const isFrame = bytes.length >= 4 && Buffer.compare(withCrc(Buffer.from(bytes.subarray(0, -2)).toString('hex')), Buffer.from(bytes)) === 0
        if (!isFrame) expect(await host.say(bytes)).toBe('')
        expect(await host.ask('010200000006')).toBe(reply('01020107'))
      }),
      { numRuns: 100, seed: 7 },
    )
  })
})
