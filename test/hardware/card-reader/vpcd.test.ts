import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apdu } from '../../../hardware/card-reader/apdu.ts'
import type { CardLine } from '../../../hardware/card-reader/card-line.ts'
import { makeCardReaderDriver } from '../../../hardware/card-reader/driver.ts'
import type { CardReaderEvent } from '../../../hardware/card-reader/events.ts'
import { makeCardSimulator } from '../../../hardware/card-reader/simulator.ts'
import { realClock, virtualClock } from '../../../hardware/clock.ts'
import type { Slot } from '../../../hardware/transport.ts'
import { openSocket } from '../../../hardware/transports/socket.ts'
import { openVpcd } from '../../../hardware/transports/vpcd.ts'
import { hex } from './scripted.ts'
import { insertCard } from './vpcd-card.ts'
import { until } from '../../support/until.ts'

let folder: string
let lines: CardLine[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-vpcd-'))
  lines = []
})
afterEach(async () => {
  await Promise.all(lines.map((line) => line.close()))
  rmSync(folder, { recursive: true, force: true })
})

const select = apdu('00a4040c0ad392f000260100000001')

async function reader(clock = realClock()) {
  const place = join(folder, 'reader.sock')
  const line = await openVpcd({ listen: place, clock })
  if (!line) throw new Error('no reader')
  lines.push(line)
  const slots: Slot['state'][] = []
  line.onSlot((slot) => slots.push(slot.state))
  return { line, place, slots }
}

describe("a reader that speaks vpcd's protocol", () => {
  it('tells a card that comes and goes, powers it, and resets it at the end', async () => {
    const { line, place, slots } = await reader()
    const card = await insertCard(place, () => hex('9000'))
    await until(() => expect(slots).toEqual(['empty', 'card']))
    expect(await line.connect()).toBeNull()
    expect(await line.send(select)).toEqual({ data: hex(''), status: 0x9000 })
    await line.disconnect()
    await until(() => expect(card.heard).toEqual(['on', Buffer.from(select).toString('hex'), 'reset']))
    await card.remove()
    await until(() => expect(slots.at(-1)).toBe('empty'))
    expect(await line.connect()).toBe('no-card')
    expect(await line.send(select)).toBe('no-card')
  })

  it('A13 a card without an answer to reset, or with one of 34 bytes, is no card; two are several', async () => {
    const { line, place, slots } = await reader()
    await insertCard(place, () => hex('9000'), new Uint8Array(0))
    await insertCard(place, () => hex('9000'), new Uint8Array(34).fill(0x3b))
    const first = await insertCard(place, () => hex('9000'))
    await until(() => expect(slots).toEqual(['empty', 'card']))
    const second = await insertCard(place, () => hex('9000'))
    await until(() => expect(slots.at(-1)).toBe('several'))
    expect(await line.connect()).toBe('several')
    await second.remove()
    await until(() => expect(slots.at(-1)).toBe('card'))
    await first.remove()
    await until(() => expect(slots.at(-1)).toBe('empty'))
  })

  it('a card torn out in a command is gone; an empty answer is a card error; what nobody asked for throws the card out', async () => {
    const { line, place, slots } = await reader()
    await insertCard(place, () => 'torn')
    await until(() => expect(slots.at(-1)).toBe('card'))
    await line.connect()
    expect(await line.send(select)).toBe('no-card')
    await until(() => expect(slots.at(-1)).toBe('empty'))
    const empty = await insertCard(place, () => hex(''))
    await until(() => expect(slots.at(-1)).toBe('card'))
    await line.connect()
    expect(await line.send(select)).toBe('card-error')
    await empty.remove()
    await until(() => expect(slots.at(-1)).toBe('empty'))
    const wire = await openSocket(place)
    await wire?.write(hex('00023b00 00029000'))
    await new Promise<void>((done) => void wire?.onClose(done))
    expect(slots.at(-1)).toBe('empty')
  })

  it('a card that does not answer is waited for 5 s; nothing queues behind it until its late answer is here', async () => {
    const clock = virtualClock(0)
    const { line, place, slots } = await reader(clock)
    const late: (() => void)[] = []
    const card = await insertCard(place, () => new Promise((done) => late.push(() => done(hex('9000')))))
    await until(() => expect(slots.at(-1)).toBe('card'))
    await line.connect()
    const answer = line.send(select)
    await until(() => expect(late).toHaveLength(1))
    await clock.advance(5000)
    expect(await answer).toBe('no-answer')
    expect(await line.connect()).toBe('no-answer')
    for (const answerNow of late) answerNow()
    await until(async () => expect(await line.connect()).toBeNull())
    expect(card.heard.filter((word) => word.length > 6)).toHaveLength(1)
  })

  it('noise at its socket harms nobody: the next card is read', async () => {
    const { line, place, slots } = await reader()
    for (const noise of ['ff', 'ffff00', '0000'.repeat(20_000), '00023b00'.repeat(5_000), '0102'.repeat(50_000)]) {
      const wire = await openSocket(place)
      await wire?.write(hex(noise))
      await wire?.close()
    }
    await until(() => expect(slots.at(-1)).toBe('empty'))
    await insertCard(place, () => hex('9000'))
    await until(() => expect(slots.at(-1)).toBe('card'))
    expect(await line.connect()).toBeNull()
    expect(await line.send(select)).toEqual({ data: hex(''), status: 0x9000 })
  })

  it('takes the place of a reader whose process was killed, and leaves when it is closed', async () => {
    const { line, place } = await reader()
    const again = await openVpcd({ listen: place, clock: realClock() })
    expect(again).not.toBeNull()
    await again?.close()
    let closed = false
    line.onClose(() => (closed = true))
    await line.close()
    expect(closed).toBe(true)
    expect(await openVpcd({ listen: join(folder, 'no', 'such', 'folder'), clock: realClock() })).toBeNull()
  })
})

it('the driver reads a virtual card whole, changes its PIN and signs in, with neither vpcd nor pcscd', async () => {
  const { line, place } = await reader()
  const events: CardReaderEvent[] = []
  const clock = realClock()
  const driver = makeCardReaderDriver({ authorities: [] })(line, { clock, emit: (event) => void events.push(event), report: () => undefined, trace: () => undefined })
  await driver.start()
  const card = makeCardSimulator(() => openSocket(place), clock)
  expect(await card.hand('insert')).toMatch(/^inserted/)
  await until(() => expect(events.at(-1)).toEqual({ kind: 'card', state: 'present', card: 1 }))
  await driver.execute({ kind: 'check', card: 1 })
  expect(events.at(-1)).toMatchObject({ kind: 'checked', facts: { kind: 'my-number', token: 'card', expiry: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as unknown } })
  const state = JSON.parse(await card.hand('state')) as { readonly pins: Readonly<Record<string, { readonly value: string }>> }
  const pin = Object.values(state.pins).find(({ value }) => /^\d{4}$/.test(value))?.value ?? ''
  await driver.execute({ kind: 'change-pin', card: 1, pin: 'authentication', old: pin, new: '8642', lastTry: false })
  expect(events.at(-1)).toEqual({ kind: 'pin-changed', card: 1, pin: 'authentication' })
  await driver.execute({ kind: 'sign-in', card: 1, challengeHex: '00112233445566778899aabbccddeeff', pin: '8642', lastTry: false })
  expect(events.at(-1)).toMatchObject({ kind: 'signed-in' })
  await driver.execute({ kind: 'sign-in', card: 1, challengeHex: '00112233445566778899aabbccddeeff', pin, lastTry: false })
  expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'pin-wrong', tries: 2 })
  await until(async () => expect(JSON.parse(await card.hand('summary'))).toMatchObject({ denied: [], end: 'reset' }))
  const { spent } = JSON.parse(await card.hand('summary')) as { readonly spent: object }
  expect(Object.values(spent)).toEqual([1])
  await driver.stop()
  await card.stop()
})
