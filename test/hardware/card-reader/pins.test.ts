import { verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bench, change, check, failed, isVerify, signIn, withCard } from './bench.ts'
import { certificate, hex, myNumberCard, text, userPublicKey } from './scripted.ts'
import { plainAtr } from './vpcd-card.ts'

describe('PINs', () => {
  it('a PIN is changed, and a second VERIFY has proved it', async () => {
    const { ask, reader, secrets } = await withCard()
    expect(await ask(change)).toEqual({ kind: 'pin-changed', card: 1, pin: 'authentication' })
    expect(secrets[0x18]).toMatchObject({ value: '5678', left: 3 })
    expect(reader.sent.filter(isVerify)).toEqual(['002000800431323334', '002000800435363738'])
    expect(reader.sent.at(-1)).toBe('reset')
  })

  it('the password goes out in upper case', async () => {
    const { ask, secrets } = await withCard()
    expect(await ask({ ...change, pin: 'signature', old: 'abc123', new: 'newpass9' })).toMatchObject({ kind: 'pin-changed' })
    expect(secrets[0x1b]?.value).toBe('NEWPASS9')
  })

  it.each([
    ['authentication', '12345'],
    ['authentication', '123'],
    ['authentication', '１２３４'],
    ['authentication', '12 4'],
    ['authentication', ''],
    ['signature', 'ABC12'],
    ['signature', 'ABCDEF123456789012'],
    ['signature', 'ABCDEF'],
    ['signature', '123456'],
    ['signature', 'ABC12é'],
    ['signature', 'ＡＢＣ１２３'],
    ['signature', 'ABC 123\n'],
  ] as const)('a new %s PIN %j is refused before the card hears of it', async (pin, fresh) => {
    const { ask, reader } = await withCard()
    expect(await ask({ ...change, pin, old: pin === 'signature' ? 'ABC123' : '1234', new: fresh })).toEqual(failed('change-pin', 'pin-format'))
    expect(reader.sent.filter((word) => word !== 'reset')).toEqual([])
  })

  it('A02 a wrong PIN costs one try and no more, the last try is spent only when the resident agreed, and a blocked PIN is never shown one', async () => {
    const { ask, reader, secrets } = await withCard()
    const wrong = { ...change, old: '0000' }
    expect(await ask(check)).toMatchObject({ facts: { tries: { authentication: 3 } } })
    expect(await ask(wrong)).toEqual(failed('change-pin', 'pin-wrong', 2))
    expect(await ask(wrong)).toEqual(failed('change-pin', 'pin-wrong', 1))
    expect(await ask(wrong)).toEqual(failed('change-pin', 'last-try', 1))
    expect(await ask({ ...signIn, pin: '0000' })).toEqual(failed('sign-in', 'last-try', 1))
    expect(reader.sent.filter(isVerify)).toHaveLength(2)
    expect(await ask({ ...wrong, lastTry: true })).toEqual(failed('change-pin', 'pin-blocked', 0))
    expect(await ask({ ...change, lastTry: true })).toEqual(failed('change-pin', 'pin-blocked', 0))
    expect(await ask({ ...signIn, lastTry: true })).toEqual(failed('sign-in', 'pin-blocked', 0))
    expect(reader.sent.filter(isVerify)).toHaveLength(3)
    expect(secrets[0x18]).toMatchObject({ value: '1234', left: 0 })
    expect(await ask(check)).toMatchObject({ facts: { tries: { authentication: 0, signature: 5 } } })
  })

  it.each([
    ['63c2', 'pin-wrong', 2],
    ['63c1', 'pin-wrong', 1],
    ['63c0', 'pin-blocked', 0],
    ['6983', 'pin-blocked', 0],
    ['6984', 'pin-blocked', 0],
  ])('A02 the answer %s to a PIN means %s', async (status, reason, tries) => {
    const { ask, reader } = await withCard({}, (answer) => (command) => (isVerify(text(command)) ? hex(status) : answer(command)))
    expect(await ask(signIn)).toEqual(failed('sign-in', reason, tries))
    expect(reader.sent.filter(isVerify)).toHaveLength(1)
  })

  it('a card pulled at any exchange of a change costs no try without the resident, and never says that the PIN was changed when it was not proved', async () => {
    const whole = await withCard()
    await whole.ask(change)
    const exchanges = whole.reader.sent.length - 1
    for (let at = 1; at <= exchanges; at += 1)
      for (const before of [true, false]) {
        let count = 0
        const { ask, reader, secrets } = await withCard({}, (answer) => (command) => {
          count += 1
          if (count !== at) return answer(command)
          if (!before) answer(command)
          reader.remove()
          return 'no-card'
        })
        const end = await ask(change)
        const isOld = secrets[0x18]?.value === '1234'
        expect(end).toMatchObject({ kind: 'failed', reason: isOld && !reader.sent.some((word) => word.startsWith('0024')) ? 'no-card' : 'unsure' })
        expect(secrets[0x18]?.left).toBe(3)
        expect(reader.sent.filter(isVerify).length).toBeLessThanOrEqual(2)
      }
  })

  it('a change that the card refuses leaves the old PIN', async () => {
    const { ask, secrets } = await withCard({}, (answer) => (command) => (command[1] === 0x24 ? hex('6700') : answer(command)))
    expect(await ask(change)).toEqual(failed('change-pin', 'not-changed'))
    expect(secrets[0x18]?.value).toBe('1234')
  })

  it('a card exchanged for another between two acts is never shown the PIN of the first', async () => {
    const { ask, reader } = await withCard()
    await ask(check)
    // Faster than the reader looks: nobody was told that the slot was empty.
    const other = myNumberCard({ certificate: certificate('other-authority-user'), pin: '9999' })
    reader.show({ state: 'card', atr: plainAtr })
    reader.insert(other.answer)
    expect(await ask(change)).toMatchObject({ kind: 'failed', reason: 'exchanged' })
    const made = await bench()
    let answer = myNumberCard().answer
    made.reader.insert((command) => answer(command))
    await made.ask(check)
    answer = other.answer
    expect(await made.ask(change)).toEqual(failed('change-pin', 'exchanged'))
    expect(made.reader.sent.filter(isVerify)).toEqual([])
    expect(other.secrets[0x18]?.left).toBe(3)
  })

  it('what carried a PIN to the card is wiped when the act is over', async () => {
    const made = await bench()
    made.reader.insert(myNumberCard().answer)
    const handed: Uint8Array[] = []
    const { transmit } = made.reader
    made.reader.transmit = (command, limit) => {
      if (command[1] === 0x20 || command[1] === 0x24) handed.push(command)
      return transmit(command, limit)
    }
    expect(await made.ask(change)).toMatchObject({ kind: 'pin-changed' })
    const carried = handed.filter(({ length }) => length !== 4)
    expect(carried).toHaveLength(3)
    for (const command of carried) expect([...command].every((byte) => byte === 0)).toBe(true)
  })

  it('no PIN stands in the trace', async () => {
    const { ask, traced } = await withCard()
    await ask(change)
    await ask({ ...signIn, pin: '5678' })
    expect(traced.join()).not.toMatch(/31323334|35363738/)
    expect(traced.length).toBeGreaterThan(20)
  })
})

describe('signing in', () => {
  it('gives a signature over the challenge that the certificate proves', async () => {
    const { ask, reader } = await withCard()
    const end = await ask(signIn)
    if (end?.kind !== 'signed-in') throw new Error(JSON.stringify(end))
    expect(verify('sha256', hex(signIn.challengeHex), userPublicKey, Buffer.from(end.signatureBase64, 'base64'))).toBe(true)
    expect(Buffer.from(end.certificateBase64, 'base64').equals(certificate('user'))).toBe(true)
    expect(reader.sent.at(-1)).toBe('reset')
  })

  it.each(['expired', 'not-yet-valid', 'own-signed', 'other-authority-user'])('A09 with a certificate that is %s no try is spent', async (name) => {
    const { ask, reader } = await withCard({ certificate: certificate(name) })
    expect(await ask(signIn)).toEqual(failed('sign-in', 'certificate-refused'))
    expect(reader.sent.filter(isVerify)).toEqual([])
  })

  it('A14 a signature that the certificate does not prove is not given away', async () => {
    const { ask } = await withCard({}, (answer) => (command) => (command[1] === 0x2a ? Uint8Array.from([...new Uint8Array(256), 0x90, 0]) : answer(command)))
    expect(await ask(signIn)).toEqual(failed('sign-in', 'signature-wrong'))
  })

  it('takes the PIN at the keys of a reader that has some, and says when nobody typed', async () => {
    const card = myNumberCard()
    let answer: string | null = null
    const made = await bench((code, data) => {
      if (code === 0x42000d48) return hex('060442330006')
      if (answer !== null) return hex(answer)
      return card.answer(Uint8Array.from([...data.subarray(19, 24), ...Buffer.from('1234')]))
    })
    made.reader.insert(card.answer)
    expect(await made.ask(check)).toMatchObject({ kind: 'checked', pad: { signIn: true, changePin: false } })
    expect(await made.ask({ ...signIn, pin: null })).toMatchObject({ kind: 'signed-in' })
    expect(made.reader.sent.filter(isVerify)).toEqual([])
    answer = '6401'
    expect(await made.ask({ ...signIn, pin: null })).toEqual(failed('sign-in', 'pin-cancelled'))
    const without = await withCard()
    expect(await without.ask({ ...signIn, pin: null })).toEqual(failed('sign-in', 'card-error'))
  })
})

describe('a reader with keys of its own', () => {
  /** Readers say what they can as tag, 4, code: show a PIN to the card (06), give it a new one (07). */
  const [question, canVerify, canModify] = [0x42000d48, 0x42330006, 0x42330007]
  /** One at which these PINs are typed, one after the other; a status word where the reader itself ends the entry. */
  async function withPad(...typed: readonly string[]) {
    const card = myNumberCard()
    const asked: { readonly code: number; readonly head: string }[] = []
    const entries = [...typed]
    const made = await bench((code, data) => {
      if (code === question) return hex(`0604${canVerify.toString(16)}0704${canModify.toString(16)}`)
      const headLength = code === canVerify ? 19 : 24
      asked.push({ code, head: text(data.subarray(0, headLength)) })
      const entry = entries.shift() ?? '6400'
      return entry.startsWith('6') ? hex(entry) : card.answer(Uint8Array.from([...data.subarray(headLength, headLength + 5), ...Buffer.from(entry)]))
    })
    made.reader.insert(card.answer)
    return { ...made, ...card, asked }
  }
  const there = { ...change, old: null, new: null }

  it('changes the PIN there: the old one, the new one twice, and the proof; none of them passes the booth', async () => {
    const { ask, asked, reader, secrets, traced } = await withPad('1234', '5678', '5678')
    expect(await ask(check)).toMatchObject({ pad: { signIn: true, changePin: true } })
    expect(await ask(there)).toEqual({ kind: 'pin-changed', card: 1, pin: 'authentication' })
    expect(secrets[0x18]).toMatchObject({ value: '5678', left: 3 })
    expect(asked).toEqual([
      // PIN_VERIFY_STRUCTURE: 30 s twice, ASCII, 4 digits, least and most 4, the green key, one message, Japanese, the first; no prologue; 9 bytes follow.
      { code: canVerify, head: '1e1e8204000404020111040000000009000000' },
      // PIN_MODIFY_STRUCTURE: no offsets, the new PIN twice and no old one, two messages, Japanese, "new" and "once more".
      { code: canModify, head: '1e1e82040000000404010202110401020000000009000000' },
      { code: canVerify, head: '1e1e8204000404020111040000000009000000' },
    ])
    expect([reader.sent, traced].join()).not.toMatch(/31323334|35363738/)
    expect(reader.sent.at(-1)).toBe('reset')
  })

  it.each([
    ['cancelled at the old PIN', ['6401'], 'pin-cancelled', null, '1234'],
    ['with a wrong old PIN', ['9999'], 'pin-wrong', 2, '1234'],
    ['too late for the new one', ['1234', '6400'], 'not-changed', null, '1234'],
    ['with a new one that was not the same twice', ['1234', '6402'], 'not-changed', null, '1234'],
    ['with nobody at the proof', ['1234', '5678', '6400'], 'unsure', null, '5678'],
    ['with another one at the proof', ['1234', '5678', '5679'], 'unsure', 2, '5678'],
  ] as const)('%s says what holds', async (_what, typed, reason, tries, holds) => {
    const { ask, secrets } = await withPad(...typed)
    expect(await ask(there)).toEqual(failed('change-pin', reason, tries))
    expect(secrets[0x18]?.value).toBe(holds)
  })

  it('takes no password, which has letters; and a reader that shows PINs only, none to change', async () => {
    const { ask, asked } = await withPad('1234')
    expect(await ask({ ...there, pin: 'signature' })).toEqual(failed('change-pin', 'pin-format'))
    expect(asked).toEqual([])
    const without = await withCard()
    expect(await without.ask(there)).toEqual(failed('change-pin', 'card-error'))
  })
})
