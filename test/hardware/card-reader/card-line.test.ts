import { describe, expect, it } from 'vitest'
import { apdu } from '../../../hardware/card-reader/apdu.ts'
import { cardLine } from '../../../hardware/card-reader/card-line.ts'
import type { SlotFailure } from '../../../hardware/transport.ts'
import { hex, scriptedReader, text } from './scripted.ts'

const selectJpki = apdu('00a4040c0ad392f000260100000001')
const selectPin = apdu('00a4020c020018')

/** A line to a card that answers 9000 to SELECT and `answer` to the rest. */
async function line(answer: (command: Uint8Array) => Uint8Array | SlotFailure) {
  const reader = scriptedReader()
  reader.insert((command) => (command[1] === 0xa4 ? hex('9000') : answer(command)))
  const open = cardLine(reader)
  const frames: string[] = []
  open.onTrace((direction, bytes, note) => frames.push(`${direction} ${text(bytes)} ${note}`))
  await open.connect()
  await open.send(selectJpki)
  reader.sent.length = 0
  return { reader, open, frames }
}
const read = hex('00b0000010')

describe('answers of a card', () => {
  it.each(['', '90'])('A03 %j is no answer', async (bytes) => {
    const { open } = await line(() => hex(bytes))
    expect(await open.send(read)).toBe('card-error')
  })

  it('A04 an answer that is longer than asked for is refused, and so is one of 65 KiB and more', async () => {
    const { open } = await line(() => Uint8Array.from([...new Uint8Array(17), 0x90, 0]))
    expect(await open.send(read)).toBe('card-error')
    const huge = await line(() => new Uint8Array(65_537))
    expect(await huge.open.send(hex('00b0000000'))).toBe('card-error')
  })

  it('what a card holds back (61xx) is fetched', async () => {
    const { open, reader } = await line((command) => (command[1] === 0xc0 ? hex('bbcc9000') : hex('aa6102')))
    expect(await open.send(read)).toEqual({ data: hex('aabbcc'), status: 0x9000 })
    expect(reader.sent).toEqual(['00b0000010', '00c0000002'])
  })

  it('A05 a chain of 61xx without end stops after 256 rounds, or at 64 KiB', async () => {
    const empty = await line(() => hex('6110'))
    expect(await empty.open.send(read)).toBe('card-error')
    expect(empty.reader.sent).toHaveLength(257)
    const full = await line((command) => Uint8Array.from([...new Uint8Array(command[1] === 0xc0 ? 256 : 0), 0x61, 0x00]))
    expect(await full.open.send(read)).toBe('card-error')
    expect(full.reader.sent.length).toBeLessThanOrEqual(258)
  })

  it('A06 a wrong length (6Cxx) is mended once, and never for a PIN', async () => {
    const { open, reader } = await line(() => hex('6c08'))
    expect(await open.send(read)).toEqual({ data: hex(''), status: 0x6c08 })
    expect(reader.sent).toEqual(['00b0000010', '00b0000008'])
    const mended = await line((command) => (command[4] === 2 ? hex('aabb9000') : hex('6c02')))
    expect(await mended.open.send(read)).toEqual({ data: hex('aabb'), status: 0x9000 })
    const pin = await line(() => hex('6c04'))
    expect(await pin.open.send(hex('0020009804 31323334'))).toEqual({ data: hex(''), status: 0x6c04 })
    expect(pin.reader.sent).toHaveLength(1)
  })

  it('no PIN and no content of a file stands in the trace', async () => {
    const { open, frames } = await line(() => hex('c0ffee9000'))
    await open.send(hex('002000980431323334'))
    await open.send(hex('00240198043536373839'.slice(0, 18)))
    await open.send(read)
    const words = frames.join('\n')
    expect(words).not.toMatch(/31323334|35363738|c0ffee/)
    expect(words).toMatch(/out 00200098 and 5 bytes/)
  })
})

describe('a reader with keys of its own (PC/SC part 10)', () => {
  const features = hex('06 04 42330006')
  it('takes the PIN itself: nothing of it passes through the booth', async () => {
    const asked: string[] = []
    const reader = scriptedReader((code, data) => {
      asked.push(`${code.toString(16)} ${text(data)}`)
      return code === 0x42000d48 ? features : hex('9000')
    })
    reader.insert(() => hex('9000'))
    const open = cardLine(reader)
    await open.connect()
    expect(await open.hasPad('verify')).toBe(true)
    const verify = hex('0020008004ffffffff')
    expect(await open.typedOnPad('verify', verify, 4)).toBe('refused')
    await open.send(selectJpki)
    await open.send(selectPin)
    expect(await open.typedOnPad('verify', verify, 4)).toEqual({ data: hex(''), status: 0x9000 })
    expect(asked.at(-1)).toBe('42330006 1e1e82040004040201110400000000090000000020008004ffffffff')
  })

  it('is not there when the reader does not say so', async () => {
    for (const answer of [hex(''), hex('0504 42330005'), hex('0602 4233'), hex('06ff')]) {
      const reader = scriptedReader(() => answer)
      reader.insert(() => hex('9000'))
      const open = cardLine(reader)
      await open.connect()
      expect(await open.hasPad('verify')).toBe(false)
    }
  })
})
