import { describe, expect, it } from 'vitest'
import { cardLine } from '../../../hardware/card-reader/card-line.ts'
import { makeCardReaderDriver } from '../../../hardware/card-reader/driver.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { bench, change, check, failed, isVerify, now, signIn, withCard } from './bench.ts'
import { certificate, hex, myNumberCard, text } from './scripted.ts'

describe('the check of a My Number Card', () => {
  it('tells what the card says without a PIN, spends no try, and ends with a reset', async () => {
    const { ask, reader, events } = await withCard()
    expect(await ask(check)).toEqual({
      kind: 'checked',
      card: 1,
      facts: {
        kind: 'my-number',
        token: 'card',
        expiry: '2031-03-31',
        signature: true,
        authentication: expect.objectContaining({ until: '2031-03-31T14:59:59.000Z', problem: null }) as unknown,
        tries: { authentication: 3, signature: 5 },
      },
      pad: { signIn: false, changePin: false },
    })
    expect(events[0]).toEqual({ kind: 'card', state: 'absent', card: 0 })
    expect(events[1]).toEqual({ kind: 'card', state: 'present', card: 1 })
    expect(reader.sent.filter(isVerify)).toEqual([])
    expect(reader.sent.at(-1)).toBe('reset')
    expect(reader.sent.length).toBeLessThan(27)
  })

  it.each([
    ['JPKIAPIOSTOKEN', 'phone'],
    ['JPKIAPICCTOKEN', 'juki'],
  ])('tells %s as what it is', async (token, kind) => {
    const { ask } = await withCard({ token })
    expect(await ask(check)).toMatchObject({ facts: { token: kind } })
  })

  it('tells a missing certificate, a damaged one, and a day that does not exist', async () => {
    expect(await (await withCard({ presence: '008f00' })).ask(check)).toMatchObject({ facts: { signature: false } })
    expect(await (await withCard({ presence: '000000' })).ask(check)).toMatchObject({ facts: { authentication: null } })
    expect(await (await withCard({ certificate: hex('3082ffff00') })).ask(check)).toMatchObject({ facts: { authentication: 'certificate-malformed' } })
    expect(await (await withCard({ expiry: '00000000' })).ask(check)).toMatchObject({ facts: { expiry: null } })
    expect(await (await withCard({ certificate: certificate('large') })).ask(check)).toMatchObject({ facts: { authentication: { problem: null } } })
  })

  it('a card that is pulled at any exchange fails the check with a reason, and the next card is read whole', async () => {
    const whole = await withCard()
    await whole.ask(check)
    const exchanges = whole.reader.sent.length - 1
    for (let at = 1; at <= exchanges; at += 1) {
      let count = 0
      const { ask, reader } = await withCard({}, (answer) => (command) => {
        count += 1
        if (count !== at) return answer(command)
        reader.remove()
        return 'no-card'
      })
      expect(await ask(check)).toEqual(failed('check', 'no-card'))
      expect(reader.sent.filter(isVerify)).toEqual([])
      const again = myNumberCard()
      reader.insert(again.answer)
      expect(await ask(check)).toEqual({ ...failed('check', 'exchanged') })
      expect(await ask({ kind: 'check', card: 2 })).toMatchObject({ kind: 'checked', card: 2, facts: { tries: { authentication: 3, signature: 5 } } })
    }
  })

  it.each([
    [0x70, '9000', { kind: 'checked', facts: { token: 'card', authentication: { problem: null } } }],
    [0x70, '6282', { kind: 'checked', facts: { token: 'card', authentication: 'certificate-malformed' } }],
    [1, '9000', failed('check', 'card-error')],
  ])('a card that gives %i bytes a read with %s is read in more steps, up to a bound', async (most, status, expected) => {
    const { ask } = await withCard({}, (answer) => (command) => {
      const whole = answer(command)
      if (typeof whole === 'string' || command[1] !== 0xb0 || whole.length <= most + 2 || text(whole).startsWith('4a504b49')) return whole
      return Uint8Array.from([...whole.subarray(0, most), ...hex(status)])
    })
    expect(await ask(check)).toMatchObject(expected)
  })

  it('A03 an answer without a status word is a card error; the card is reset and asked once more', async () => {
    for (const broken of ['', '90']) {
      let left = 1
      const once = await withCard({}, (answer) => (command) => (command[1] === 0xb0 && left-- > 0 ? hex(broken) : answer(command)))
      expect(await once.ask(check)).toMatchObject({ kind: 'checked' })
      expect(once.reader.sent.filter((word) => word === 'reset')).toHaveLength(2)
      const always = await withCard({}, (answer) => (command) => (command[1] === 0xb0 ? hex(broken) : answer(command)))
      expect(await always.ask(check)).toEqual(failed('check', 'card-error'))
      expect(always.reader.sent.filter((word) => word === 'reset')).toHaveLength(2)
    }
  })

  it('A14 a card that answers 9000 to everything with zeros is no card that the booth knows', async () => {
    const { ask, reader } = await bench()
    reader.insert((command) => Uint8Array.from([...new Uint8Array(command[1] === 0xb0 ? command[4] || 256 : 0), 0x90, 0]))
    expect(await ask(check)).toMatchObject({ facts: { kind: 'unknown' } })
    expect(await ask(signIn)).toEqual(failed('sign-in', 'certificate-refused'))
    expect(reader.sent.filter(isVerify)).toEqual([])
  })
})

describe('other cards', () => {
  const known = (select: string) => (command: Uint8Array) => (text(command).includes(select) ? hex('9000') : hex('6a82'))

  it.each(['6a82', '6a86', '6e00', '6d00'])('A01 one that answers %s to every SELECT is the wrong card', async (status) => {
    const { ask, reader } = await bench()
    reader.insert(() => hex(status))
    expect(await ask(check)).toMatchObject({ kind: 'checked', facts: { kind: 'unknown', atrHash: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown } })
    expect(await ask(change)).toEqual(failed('change-pin', 'wrong-card'))
    expect(await ask(signIn)).toEqual(failed('sign-in', 'wrong-card'))
    expect(reader.sent.filter(isVerify)).toEqual([])
  })

  it('a health-insurance card is told by SELECT alone', async () => {
    const { ask, reader } = await bench()
    reader.insert(known('d1580000010000000000000000001100'))
    expect(await ask(check)).toMatchObject({ facts: { kind: 'health-insurance' } })
    expect(reader.sent.some((command) => command.slice(2, 4) === 'ca')).toBe(false)
    expect(reader.sent.at(-2)).toBe('00a4040010d1580000010000000000000000001100')
  })

  /** The file system of a MOICA card: what a path of files holds. */
  const moica = (cla: string, chunk: number, open: string) => {
    let path: string[] = []
    const file = new Uint8Array(0x1500 + 1200)
    file.set(certificate('moica'), 0x0e00)
    file.set(certificate('expired'), 0x1500)
    const files: Record<string, Uint8Array> = { '0903': Uint8Array.from(Buffer.from('TP12345678901234')), '0905': Uint8Array.from(Buffer.from('CHT V32N')), '08f2': file }
    return (command: Uint8Array): Uint8Array => {
      const words = text(command)
      if (words.startsWith(open)) {
        path = []
        return hex('9000')
      }
      if (!words.startsWith(cla)) return hex('6e00')
      if (command[1] === 0xa4 && words.slice(8, 10) === '02') {
        path = [...path, words.slice(10, 14)]
        return hex('9000')
      }
      if (command[1] !== 0xb0) return hex('6a82')
      const wanted = command[4] || 256
      if (wanted > chunk) return hex('6987')
      const content = files[path.at(-1) ?? ''] ?? new Uint8Array(0)
      const offset = ((command[2] ?? 0) << 8) | (command[3] ?? 0)
      return offset > content.length ? hex('6b00') : Uint8Array.from([...content.subarray(offset, offset + wanted), 0x90, 0])
    }
  }

  it.each([
    [1, '80', 0xc8, '80a40000023f00'],
    [1, '80', 0x10, '80a40000023f00'],
    [2, '00', 0xc8, '00a4040c10a0000002830000062201696400010101'],
  ])('a MOICA card of generation %i is read without a PIN, its number masked', async (generation, cla, chunk, open) => {
    const { ask, reader } = await bench()
    const answer = moica(cla, chunk, open)
    reader.insert((command) => (text(command).startsWith('00a4040c') && !text(command).startsWith(open) ? hex(cla === '80' ? '6e00' : '6a82') : answer(command)))
    expect(await ask(check)).toMatchObject({
      facts: {
        kind: 'moica',
        generation,
        number: 'TP••••••••••1234',
        certificates: [
          { until: '2029-01-01T00:00:00.000Z', subject: '測試用王小明', problem: null },
          { until: '2020-03-31T14:59:59.000Z', problem: 'expired' },
        ],
      },
    })
    expect(reader.sent.some((command) => command.slice(2, 4) === '20')).toBe(false)
    expect(reader.sent.at(-1)).toBe('reset')
  })

  it('A13 no card, a mute one, two, and a card without an answer to reset are told as what they are', async () => {
    const { ask, reader, events } = await bench()
    expect(await ask({ kind: 'check', card: 0 })).toMatchObject({ reason: 'no-card' })
    reader.show({ state: 'mute' })
    expect(events.at(-1)).toEqual({ kind: 'card', state: 'mute', card: 0 })
    expect(await ask(check)).toMatchObject({ reason: 'mute' })
    reader.show({ state: 'several' })
    expect(events.at(-1)).toEqual({ kind: 'card', state: 'several', card: 0 })
    expect(await ask(check)).toMatchObject({ reason: 'several' })
    expect(reader.sent).toEqual([])
  })

  it('a card that does not answer is told to be taken out', async () => {
    const { driver, events } = await withCard({}, () => () => 'no-answer')
    await driver.execute(check)
    expect(events.slice(-2)).toEqual([{ kind: 'card', state: 'silent', card: 1 }, failed('check', 'no-answer')])
  })

  it('a reader that another program holds is a fault until it is free', async () => {
    const made = await withCard()
    let held = true
    const connect = made.reader.connect
    made.reader.connect = () => (held ? Promise.resolve('busy') : connect())
    const again = await bench()
    const clock = virtualClock(now)
    const driver = makeCardReaderDriver({ authorities: [] })(cardLine(made.reader), {
      clock,
      emit: (event) => void again.events.push(event),
      report: (faults) => void again.traced.push(faults.join()),
      trace: () => undefined,
    })
    await driver.start()
    await clock.advance(0)
    await driver.execute({ kind: 'check', card: 1 })
    expect(again.events.at(-1)).toMatchObject({ reason: 'busy' })
    expect(again.traced).toEqual(['card-reader-busy'])
    expect(await driver.heartbeat()).toBe(true)
    held = false
    expect(await driver.heartbeat()).toBe(true)
    expect(again.traced).toEqual(['card-reader-busy', ''])
  })
})

it('10,000 random answers to every act are a named failure or facts, and the session ends with a reset', async () => {
  let seed = 7
  const byte = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return seed >>> 24
  }
  let answers = 0
  let acts = 0
  while (answers < 10_000) {
    const { ask, reader, driver } = await bench()
    reader.insert((command) => {
      answers += 1
      const status = byte() < 200 ? [0x90, 0x00] : [[0x61, byte()], [0x6c, byte()], [0x63, byte()], [byte(), byte()]][byte() & 3]!
      const data = command[1] === 0xb0 && byte() > 40 ? Array.from({ length: byte() }, byte) : []
      return Uint8Array.from([...data, ...status])
    })
    for (const command of [check, change, signIn]) {
      acts += 1
      expect(['checked', 'failed', 'pin-changed', 'signed-in']).toContain((await ask(command))?.kind)
      expect(reader.sent.at(-1)).toBe('reset')
    }
    expect(await driver.heartbeat()).toBe(true)
  }
  expect(acts).toBeGreaterThan(100)
})
