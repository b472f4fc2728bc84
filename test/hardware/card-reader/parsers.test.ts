import { describe, expect, it } from 'vitest'
import { parseApdu } from '../../../hardware/card-reader/apdu.ts'
import { cardText, safeText, shownText } from '../../../hardware/card-reader/card-text.ts'
import { certificateFacts, readAuthorities } from '../../../hardware/card-reader/certificate.ts'
import { contentFaults } from '../../../hardware/card-reader/events.ts'
import {
  certificateLength,
  isFirstMoica,
  maskMoicaNumber,
  parseAttributes,
  parseCardExpiry,
  parseDay,
  parsePresence,
  parseTokenInfo,
} from '../../../hardware/card-reader/files.ts'
import { padCodes } from '../../../hardware/card-reader/pin-pad.ts'
import { parseTlv } from '../../../hardware/card-reader/tlv.ts'
import { randomFrom } from './random.ts'
import { authorityPem, certificate, hex } from './scripted.ts'

const now = Date.UTC(2026, 10, 22)
const authorities = readAuthorities(authorityPem)
const facts = (der: Uint8Array, at = now, naming = false) => certificateFacts(der, { now: at, authorities, naming })

/** An object of the card's form: tag and length in front of what it holds. */
function object(tag: string, value: Uint8Array): Uint8Array {
  const length = value.length < 0x80 ? [value.length] : value.length < 0x100 ? [0x81, value.length] : [0x82, value.length >> 8, value.length & 0xff]
  return Uint8Array.from([...hex(tag), ...length, ...value])
}
const utf8 = (words: string) => Uint8Array.from(Buffer.from(words))

/** EF 0002 of the input-support application. */
function attributes({ name = '番号　花子', address = '東京都千代田区一丁目1番1号', birth = '19890331', sex = '2' } = {}): Uint8Array {
  const parts = [object('df22', utf8(name)), object('df23', utf8(address)), object('df24', utf8(birth)), object('df25', utf8(sex))]
  const body = Buffer.concat(parts)
  const start = (body.length + 11 < 0x80 ? 3 : body.length + 11 < 0x100 ? 4 : 5) + 11
  const offsets = Buffer.alloc(8)
  let at = start
  for (const [index, part] of parts.entries()) {
    offsets.writeUInt16BE(at, index * 2)
    at += part.length
  }
  return object('ff20', Uint8Array.from(Buffer.concat([object('df21', offsets), body])))
}

describe('data objects', () => {
  it('are read one behind the other, filler left out', () => {
    expect(parseTlv(hex('01 02 aabb 00ff 02 81 01 cc ffff'))).toEqual([
      { tag: 1, value: hex('aabb'), offset: 0 },
      { tag: 2, value: hex('cc'), offset: 6 },
    ])
    expect(parseTlv(hex('df22 01 41 ffff'), true)).toEqual([{ tag: 0xdf22, value: hex('41'), offset: 0 }])
  })

  it.each([
    ['an object longer than the buffer', '0105aabb', 'tlv-too-long'],
    ['a length of two bytes beyond the end', '0182ffff00', 'tlv-too-long'],
    ['indefinite length', '0180aabb0000', 'tlv-form'],
    ['a length of 126 bytes', '01fe00', 'tlv-form'],
  ])('A07 %s is a named fault', (_name, bytes, fault) => expect(parseTlv(hex(bytes))).toBe(fault))

  it('A07 objects 10,000 deep cost no stack: one level is read', () => {
    const nested = new Uint8Array(40_000)
    for (let at = 0; at < nested.length; at += 4) nested.set([0x30, 0x82, (nested.length - at - 4) >> 8, (nested.length - at - 4) & 0xff], at)
    expect(parseTlv(nested)).toEqual([{ tag: 0x30, value: nested.subarray(4), offset: 0 }])
    expect(parseTlv(new Uint8Array(10_000).fill(0x30))).toHaveLength(200)
    expect(parseAttributes(nested)).toBe('content')
  })

  it('A08 a file cut at every position is a named fault at all cuts', () => {
    const file = attributes()
    for (let end = 0; end < file.length; end += 1) expect(contentFaults).toContain(parseAttributes(file.subarray(0, end)))
    const tags = hex('df22810141')
    for (let end = 1; end < tags.length; end += 1) expect(['tlv-cut', 'tlv-too-long']).toContain(parseTlv(tags.subarray(0, end), true))
  })
})

describe('the four attributes', () => {
  const plain = { address: { text: '東京都千代田区一丁目1番1号', cut: false }, birth: '1989-03-31', sex: '2' }

  it('are read, filler behind them ignored', () => {
    const file = attributes()
    const padded = Uint8Array.from([...file, ...new Uint8Array(40), ...new Uint8Array(40).fill(0xff)])
    expect(parseAttributes(padded)).toEqual({ ...plain, name: { text: '番号　花子', cut: false } })
  })

  it('A10 names with rare kanji are whole; control characters, turned writing and 300 characters are made harmless', () => {
    const nameOf = (name: string) => {
      const read = parseAttributes(attributes({ name }))
      return typeof read === 'string' ? read : read.name
    }
    expect(nameOf('𠮷田　邉󠄀子')).toEqual({ text: '𠮷田　邉󠄀子', cut: false })
    expect(nameOf('A\u001b[31m\u0000\u202eB\u2066')).toEqual({ text: 'A[31mB', cut: false })
    expect(nameOf('あ'.repeat(300))).toEqual({ text: 'あ'.repeat(64), cut: true })
    expect(nameOf('محمد')).toEqual({ text: 'محمد', cut: false })
    expect(cardText(hex('94d48d86'))).toBe('text-charset')
    expect(cardText(hex('fffe4100'))).toBe('text-charset')
    expect(shownText(safeText('𠮷'.repeat(65)))).toBe(`${'𠮷'.repeat(64)}…`)
    expect(shownText(safeText('𠮷'.repeat(64)))).toBe('𠮷'.repeat(64))
  })

  it.each(['99999999', '00000000', '19890000', '19890231', '1989', '', '１９８９０３３１', '2023-1-1'])('A11 a birth date %j is an unknown date, and the rest is read', (birth) => {
    expect(parseAttributes(attributes({ birth }))).toEqual({ ...plain, name: { text: '番号　花子', cut: false }, birth: null })
  })

  it('a table of offsets that leads out of the file, a missing tag, and another character set are faults', () => {
    const file = attributes()
    const wrong = Uint8Array.from(file)
    wrong.set([0xff, 0xff], Buffer.from(file).indexOf(Buffer.from('df2108', 'hex')) + 3)
    expect(parseAttributes(wrong)).toBe('content')
    expect(parseAttributes(object('ff20', object('df22', utf8('a'))))).toBe('content')
    expect(parseAttributes(Uint8Array.from(file, (byte, index) => (index === Buffer.from(file).indexOf(0xe7) ? 0xff : byte)))).toBe('text-charset')
  })
})

describe('the other files', () => {
  it('tell a card from a telephone and from the card of before 2016', () => {
    const token = (words: string) => parseTokenInfo(Uint8Array.from(Buffer.from(words.padEnd(160))))
    expect(['JPKIAPICCTOKEN2', 'JPKIAPGPSETOKEN', 'JPKIAPIOSTOKEN', 'JPKIAPICCTOKEN', 'JPKIAPICCTOKEN3', ''].map(token)).toEqual(['card', 'phone', 'phone', 'juki', null, null])
    expect(parseTokenInfo(new Uint8Array(160))).toBeNull()
  })

  it('say which certificates are there', () => {
    expect(parsePresence(hex('8f8f00'))).toEqual({ signature: true, authentication: true })
    expect(parsePresence(hex('008f00'))).toEqual({ signature: false, authentication: true })
    expect(parsePresence(hex('8f'))).toBeNull()
  })

  it('say until when the card is good', () => {
    const record = (digits: string) => parseCardExpiry(object('01', utf8(digits)))
    expect(record('1234567890123451310120310331')).toBe('2031-03-31')
    expect(record('1234567890123451310199999999')).toBeNull()
    expect(record('20310331')).toBe('content')
    expect(parseCardExpiry(hex('011c3132'))).toBe('tlv-too-long')
    expect(parseDay('20280229')).toBe('2028-02-29')
    expect(parseDay('20270229')).toBeNull()
  })

  it('hide most of a MOICA card number', () => {
    expect(maskMoicaNumber(utf8('TP12345678901234'))).toBe('TP••••••••••1234')
    expect(maskMoicaNumber(utf8('TP1234567890123A'))).toBeNull()
    expect(isFirstMoica(utf8('CHT V32N and more'))).toBe(true)
  })
})

describe('certificates', () => {
  it('are read in plain values', () => {
    expect(facts(certificate('user'))).toEqual({
      from: '2026-01-01T00:00:00.000Z',
      until: '2031-03-31T14:59:59.000Z',
      serial: '1001',
      issuer: 'CARDBOOTH TEST AUTHORITY, NOT J-LIS',
      subject: null,
      problem: null,
    })
    expect(facts(certificate('moica'), now, true)).toMatchObject({ subject: '測試用王小明', problem: null })
    expect(facts(certificate('large'))).toMatchObject({ problem: null })
    expect(certificate('large').length).toBeGreaterThan(4096)
  })

  it.each([
    ['expired', 'expired'],
    ['not-yet-valid', 'not-yet-valid'],
    ['own-signed', 'own-signed'],
    ['other-authority-user', 'other-authority'],
  ])('A09 one that is %s is refused with its reason', (name, problem) => expect(facts(certificate(name))).toMatchObject({ problem }))

  it('A09 one that is malformed or 10 MB long is refused with its reason', () => {
    const good = certificate('user')
    expect(facts(new Uint8Array(10_000_000).fill(0x30))).toBe('certificate-malformed')
    expect(facts(Uint8Array.from([0x30, 0x84, 0x00, 0x98, 0x96, 0x80, ...new Uint8Array(1000)]))).toBe('certificate-malformed')
    for (let end = 0; end < good.length; end += 7) expect(facts(good.subarray(0, end))).toBe('certificate-malformed')
    expect(facts(Uint8Array.from([...good, ...new Uint8Array(3000)]))).toMatchObject({ problem: null })
  })

  it('without authorities nobody judges who signed one', () => {
    expect(certificateFacts(certificate('other-authority-user'), { now, authorities: [], naming: false })).toMatchObject({ problem: null })
  })

  it('A09 garbage in any byte is a fault, a problem or a certificate, and never an error', () => {
    const random = randomFrom(9)
    const good = certificate('user')
    for (let round = 0; round < 300; round += 1) {
      const damaged = Uint8Array.from(good)
      for (let hit = 0; hit < 1 + random(5); hit += 1) damaged[random(damaged.length)] = random(256)
      const read = facts(damaged)
      const problem = typeof read === 'string' ? read : read.problem
      // A hit may put the byte there that stood there.
      const whole = damaged.every((byte, index) => byte === good[index])
      expect(whole ? [null] : ['certificate-malformed', 'other-authority', 'expired', 'not-yet-valid', 'own-signed']).toContain(problem)
    }
  })
})

it('10,000 random answers into every parser are a named fault, nothing, or a value, and never an error', () => {
  const random = randomFrom(35_963)
  const parsers: readonly ((bytes: Uint8Array) => unknown)[] = [
    (bytes) => parseTlv(bytes),
    (bytes) => parseTlv(bytes, true),
    parseAttributes,
    parseCardExpiry,
    parsePresence,
    parseTokenInfo,
    maskMoicaNumber,
    isFirstMoica,
    certificateLength,
    cardText,
    padCodes,
    parseApdu,
    (bytes) => facts(bytes),
  ]
  const starts = ['', 'ff20', 'ff2082', '3082', '011c', 'df2108', '9000']
  for (let round = 0; round < 10_000; round += 1) {
    const start = hex(starts[random(starts.length)] ?? '')
    const bytes = Uint8Array.from([...start, ...Array.from({ length: random(round % 100 === 0 ? 4096 : 64) }, () => random(256))])
    for (const parse of parsers) parse(bytes)
    for (const read of [parseTlv(bytes), parseTlv(bytes, true), parseAttributes(bytes), certificateLength(bytes), facts(bytes)])
      expect(typeof read === 'string' ? contentFaults : [read]).toContain(read)
  }
})
