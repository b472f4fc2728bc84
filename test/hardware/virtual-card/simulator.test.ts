import { beforeEach, describe, expect, it } from 'vitest'
import { makeCardSimulator, readCardState, type CardSimulatorOptions } from '../../../hardware/card-reader/simulator.ts'
import type { AuditEntry, AuditSummary } from '../../../hardware/card-reader/virtual-card/audit.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'
import { aids, now, select, selectFile, verify } from './bench.ts'

const clock = virtualClock(now)

/** A reader of this test alone, which speaks vpcd's protocol by itself, and a card in front of it. */
function bench(options: CardSimulatorOptions = {}) {
  const answers: string[] = []
  const reader = { line: null as ByteTransport | null, open: true, insertions: 0 }
  const card = makeCardSimulator(
    () => {
      if (!reader.open) return Promise.resolve(null)
      const [near, far] = linkedPair()
      let waiting = Buffer.alloc(0)
      reader.line = near
      reader.insertions += 1
      near.onClose(() => {
        if (reader.line === near) reader.line = null
      })
      near.onData((chunk) => {
        waiting = Buffer.concat([waiting, chunk])
        while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
          const end = 2 + waiting.readUInt16BE(0)
          answers.push(waiting.subarray(2, end).toString('hex').toUpperCase())
          waiting = waiting.subarray(end)
        }
      })
      return Promise.resolve(far)
    },
    clock,
    options,
  )
  const send = async (hex: string) => {
    const message = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
    await reader.line?.write(Uint8Array.of(message.length >> 8, message.length & 0xff, ...message))
  }
  /** What comes back; null when nothing does. */
  const say = async (hex: string) => {
    const before = answers.length
    await send(hex)
    await clock.advance(0)
    return answers.length > before ? answers.slice(before).join(' ') : null
  }
  const hand = (line: string) => card.hand(line)
  const audit = async () => JSON.parse(await hand('audit')) as readonly AuditEntry[]
  const summary = async () => JSON.parse(await hand('summary')) as AuditSummary
  return { hand, say, send, audit, summary, reader, answers }
}

let b = bench()
beforeEach(async () => {
  b = bench()
  await b.hand('insert')
})

describe('the card\'s end of vpcd\'s protocol', () => {
  it('tells its answer to reset, and nothing for power and reset', async () => {
    expect(await b.say('04')).toBe('3BDA13FF8131FB468012392F31C173C601C03B')
    for (const message of ['00', '01', '02', '03', '']) expect(await b.say(message), message).toBeNull()
    expect(await b.say(select(aids.jpki))).toBe('9000')
  })

  it('answers in order, however the bytes are cut', async () => {
    const message = Buffer.from(select(aids.jpki).replaceAll(/\s/g, ''), 'hex')
    const bytes = Uint8Array.of(0, 1, 4, 0, message.length, ...message, 0, 1, 4)
    for (const byte of bytes) await b.reader.line?.write(Uint8Array.of(byte))
    await clock.advance(0)
    expect(b.answers).toHaveLength(3)
    expect(b.answers[1]).toBe('9000')
  })

  it('goes with its hand, and comes back without what was shown', async () => {
    await b.say(select(aids.jpki))
    expect(await b.hand('insert')).toMatch(/^error/)
    expect(await b.hand('remove')).toBe('removed')
    expect(b.reader.line).toBeNull()
    expect(await b.hand('remove')).toMatch(/^error/)
    await b.hand('insert')
    expect(await b.say('00B0000001')).toBe('6986')
  })

  it('is another one when another is put in', async () => {
    await b.say(select(aids.jpki))
    await b.say(verify('0000', '98'))
    await b.hand('remove')
    expect(await b.hand('insert my-number')).toBe('inserted my-number')
    expect(await b.hand('pins')).toContain('authentication 2/3')
    await b.hand('remove')
    expect(await b.hand('insert moica-1')).toBe('inserted moica-1')
    expect(await b.say('80A40000023F00')).toBe('9000')
  })

  it('lets the ministry’s programs at the PIN of a MOICA card, and at no other card', async () => {
    expect(await b.hand('programs verify 790401')).toBe('{"kind":"no-card"}')
    await b.hand('remove')
    await b.hand('insert moica-2')
    expect(await b.hand('programs verify 000000')).toBe('{"kind":"wrong","tries":2}')
    expect(await b.hand('pins')).toBe('moica 2/3')
    expect(await b.hand('programs change 790401 ABC12345')).toBe('{"kind":"done"}')
    expect(await b.hand('programs verify ABC12345')).toBe('{"kind":"done"}')
    for (const words of ['programs', 'programs unblock 790401', 'programs change 1 2 3']) expect(await b.hand(words)).toMatch(/^error: programs: not understood/)
  })

  it('says so when there is no reader, and finds one that comes back', async () => {
    const lonely = bench()
    lonely.reader.open = false
    expect(await lonely.hand('insert')).toBe('error: there is no reader')
    b.reader.open = false
    await b.reader.line?.close()
    await clock.advance(1000)
    expect((await b.audit()).at(-1)).toEqual({ event: 'reader-gone' })
    b.reader.open = true
    await clock.advance(200)
    expect(b.reader.insertions).toBe(2)
    expect(await b.say(select(aids.jpki))).toBe('9000')
  })
})

describe('the list of what happened', () => {
  it('names application, file, command and answer, never data', async () => {
    await b.say('01')
    await b.say(select(aids.jpki))
    await b.say('00B08A0010')
    await b.say(verify('0000', '98'))
    await b.say('02')
    expect(await b.audit()).toEqual([
      { event: 'inserted' },
      { event: 'power-on' },
      { event: 'apdu', ins: 'A4', df: 'jpki', ef: null, sw: '9000', denied: false, spent: null },
      { event: 'apdu', ins: 'B0', df: 'jpki', ef: '000A', sw: '9000', denied: false, spent: null },
      { event: 'apdu', ins: '20', df: 'jpki', ef: '0018', sw: '63C2', denied: false, spent: 'authentication' },
      { event: 'reset' },
    ])
    expect(await b.summary()).toEqual({ apdus: 3, denied: [], spent: { authentication: 1 }, end: 'reset' })
    await b.hand('forget')
    expect(await b.audit()).toEqual([])
  })

  it.each(['0001', '0003', '0006', '0007', '0014'])('knows that input support %s is not to be touched, however it is named', async (file) => {
    await b.say(select(aids.inputSupport))
    expect((await b.summary()).denied).toEqual([])
    await b.say(selectFile(file))
    expect((await b.summary()).denied).toEqual([`input-support/${file}`])
    await b.hand('forget')
    await b.say(`00B0${(0x80 + Number.parseInt(file, 16)).toString(16)}0001`)
    expect((await b.summary()).denied).toEqual([`input-support/${file}`])
  })

  it('knows that code A, surface, juki and the health-insurance data are not to be touched', async () => {
    await b.say(select(aids.inputSupport))
    await b.say('00200094')
    await b.say(select(aids.surface))
    await b.say(select(aids.juki))
    expect((await b.summary()).denied).toEqual(['input-support/0014', 'surface/', 'juki/'])
    const swapped = b.hand('swap nhi')
    await clock.advance(1000)
    expect(await swapped).toBe('inserted nhi')
    await b.hand('forget')
    await b.say(select(aids.nhi))
    expect((await b.summary()).denied).toEqual([])
    await b.say('00CA1100 02 0000 00')
    expect((await b.summary()).denied).toEqual(['nhi/1100'])
  })

  it.each([
    ['00', 'power-off'],
    ['01', 'none'],
    ['02', 'reset'],
    ['04', 'none'],
  ])('after the message %s the session ended by: %s', async (message, end) => {
    await b.say(select(aids.jpki))
    await b.say(message)
    expect((await b.summary()).end).toBe(end)
  })
})

describe('faults', () => {
  it('tear before: the command never happened', async () => {
    await b.say(select(aids.jpki))
    await b.hand('tear before')
    expect(await b.say(verify('0000', '98'))).toBeNull()
    expect(b.reader.line).toBeNull()
    expect(await b.hand('pins')).toContain('authentication 3/3')
    expect((await b.audit()).at(-1)).toEqual({ event: 'removed' })
  })

  it('tear during: a try is spent before the card looks, even for the right value; nothing else is done', async () => {
    await b.say(select(aids.jpki))
    await b.hand('tear during')
    expect(await b.say(verify('1234', '98'))).toBeNull()
    expect(await b.hand('pins')).toContain('authentication 2/3')
    expect((await b.summary()).spent).toEqual({ authentication: 1 })
    await b.hand('insert')
    await b.say(select(aids.jpki))
    expect(await b.say(verify('1234', '98'))).toBe('9000')
    await b.hand('tear during')
    expect(await b.say('00240180 04 39383736')).toBeNull()
    await b.hand('insert')
    await b.say(select(aids.jpki))
    expect(await b.say(verify('1234', '98'))).toBe('9000')
  })

  it('tear unanswered: the work is done, the answer lost', async () => {
    await b.say(select(aids.jpki))
    await b.say(verify('1234', '98'))
    await b.hand('tear unanswered')
    expect(await b.say('00240180 04 39383736')).toBeNull()
    await b.hand('insert')
    await b.say(select(aids.jpki))
    expect(await b.say(verify('9876', '98'))).toBe('9000')
  })

  it('tear after: answered, and gone', async () => {
    await b.hand('tear after')
    expect(await b.say(select(aids.jpki))).toBe('9000')
    expect(b.reader.line).toBeNull()
  })

  it('mute: one command and all that follow stay without an answer until the card is out', async () => {
    await b.hand('mute')
    expect(await b.say(select(aids.jpki))).toBeNull()
    expect(await b.say(select(aids.jpki))).toBeNull()
    await b.hand('remove')
    await b.hand('insert')
    expect(await b.say(select(aids.jpki))).toBe('9000')
  })

  it('slow: answers come late', async () => {
    await b.hand('slow 3000')
    await b.send(select(aids.jpki))
    await clock.advance(2999)
    expect(b.answers).toEqual([])
    await clock.advance(1)
    expect(b.answers).toEqual(['9000'])
  })

  it('status and answer: once or always, without the command', async () => {
    await b.say(select(aids.jpki))
    await b.hand('status 6F00')
    expect(await b.say(verify('0000', '98'))).toBe('6F00')
    expect(await b.say('00200098')).toBe('63C3')
    await b.hand('status 61FF always')
    expect([await b.say('00200098'), await b.say('00C00000FF')]).toEqual(['61FF', '61FF'])
    await b.hand('normal')
    await b.hand('answer nothing')
    expect(await b.say('00200098')).toBe('')
    await b.hand('answer 90')
    expect(await b.say('00200098')).toBe('90')
    await b.hand('long-answer 65535')
    expect(await b.say('00200098')).toHaveLength(131_070)
    expect(await b.say('00200098')).toBe('63C3')
  })

  it('zeros: as many as were asked for, and 9000', async () => {
    await b.hand('zeros on')
    expect(await b.say('00B0000008')).toBe(`${'00'.repeat(8)}9000`)
    expect(await b.say(select(aids.moica))).toBe('9000')
  })

  it('get-response: answers are fetched in a second command', async () => {
    await b.say(select(aids.jpki))
    const whole = await b.say('00B08A0000')
    await b.hand('get-response on')
    expect(await b.say('00B08A0000')).toBe('6100')
    expect(await b.say('00C0000000')).toBe(whole)
    expect(await b.say('00B08A0000')).toBe('6100')
    expect(await b.say('00C0000080')).toMatch(/6180$/)
    expect(await b.say('00C0000080')).toMatch(/9000$/)
    expect(await b.say('00C0000080')).toBe('6985')
  })

  it('right-length: another length is only told the right one', async () => {
    await b.say(select(aids.jpki))
    await b.hand('right-length on')
    expect(await b.say('00B0880000')).toBe('6C03')
    expect(await b.say('00B0880003')).toBe('8F8F009000')
  })

  it('atr: another, none, and too long a one', async () => {
    await b.hand('atr none')
    expect(await b.say('04')).toBe('')
    await b.hand(`atr ${'3b'.repeat(34)}`)
    expect(await b.say('04')).toHaveLength(68)
    await b.hand('atr own')
    expect(await b.say('04')).toMatch(/^3BDA/)
  })

  it('at: any hand, before the nth command from now', async () => {
    await b.hand('at 3 swap nhi')
    expect(await b.say(select(aids.jpki))).toBe('9000')
    expect(await b.say('00200098')).toBe('63C3')
    expect(await b.say('00200098')).toBeNull()
    await clock.advance(999)
    expect(b.reader.line).toBeNull()
    await clock.advance(1)
    expect(await b.say(select(aids.jpki))).toBe('6A82')
    expect(await b.say(select(aids.nhi))).toBe('9000')
  })

  it('at: tears at every place of a session leave every counter whole, when no PIN was shown', async () => {
    const session = [select(aids.jpki), '00B0860000', '00B0880000', '00200098', '0020009B', '00B08A0000', select(aids.common), '00B2010C00']
    for (const when of ['before', 'during', 'unanswered', 'after']) {
      for (let place = 1; place <= session.length; place += 1) {
        await b.hand(`at ${place} tear ${when}`)
        for (const command of session) await b.say(command)
        expect(b.reader.line, `${when} ${place}`).toBeNull()
        await b.hand('normal')
        await b.hand('insert')
      }
    }
    expect(await b.hand('pins')).toContain('authentication 3/3, signature 5/5, input-support 3/3')
  })
})

describe('what a card remembers', () => {
  it('hands change it, from the next power on', async () => {
    await b.hand('certificate authentication expired')
    await b.hand('expiry 20251231')
    await b.hand('tries signature 1')
    await b.hand('file jpki/0006 0102')
    await b.say(select(aids.jpki))
    expect(await b.say('0020009B')).toBe('63C1')
    expect(await b.say('00B0860000')).toBe('01029000')
    await b.say('02')
    await b.say(select(aids.common))
    expect(Buffer.from((await b.say('00B2010C00')) ?? '', 'hex').toString('latin1')).toContain('20251231')
    expect(await b.hand('file jpki/0006 own')).toContain('own')
    await b.say(select(aids.jpki))
    expect(await b.say('00B0860000')).toHaveLength(324)
  })

  it('outlives power, removal and the program', async () => {
    let kept = ''
    const first = bench({ keep: (state) => (kept = state) })
    await first.hand('insert')
    await first.say(select(aids.jpki))
    for (const pin of ['0000', '1111', '2222']) await first.say(verify(pin, '98'))
    const certificate = await first.say('00B08A00000000')
    await first.hand('remove')
    const state = readCardState(kept)
    expect(state).not.toBeNull()
    const second = bench({ ...(state ? { state } : {}), keep: (next) => (kept = next) })
    await second.hand('insert')
    await second.say(select(aids.jpki))
    expect(await second.say(verify('1234', '98'))).toBe('6984')
    expect(await second.say('00B08A00000000')).toBe(certificate)
    const before = kept
    const swapped = second.hand('swap nhi')
    await clock.advance(1000)
    await swapped
    expect(kept).toBe(before)
    expect(readCardState('{"profile":"my-number"}')).toBeNull()
    expect(readCardState('no card')).toBeNull()
  })

  it.each([
    ...['', 'insertt', 'insert visa', 'swap', 'swap visa', 'tries', 'tries authentication 9', 'tries nobody 1', 'certificate authentication nice', 'expiry tomorrow'],
    ...['tear', 'tear asunder', 'status 90', 'status 9000 twice', 'answer xyz', 'slow', 'slow fast', 'zeros', 'at', 'at 0 remove', 'file 0001 00', 'atr'],
    ...['holder somebody', 'long-answer 1', 'constructor', 'toString x'],
  ])('does not understand "%s"', async (words) => {
    expect(await b.hand(words)).toMatch(/^error: /)
  })
})
