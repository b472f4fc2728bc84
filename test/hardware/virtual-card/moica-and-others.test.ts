import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aids, chip, select } from './bench.ts'

const toTree = (cla: string, file: string, tail = '') => `${cla}A40000 02 ${file} ${tail}`

describe('MOICA, first generation', () => {
  const step = (...files: readonly string[]) => files.map((file) => toTree('80', file))

  it('speaks class 80 only', () => {
    const { say } = chip('moica-1')
    expect(say(select(aids.jpki))).toBe('6E00')
    expect(say(select(aids.moica))).toBe('6E00')
    expect(say(toTree('00', '3F00'))).toBe('6E00')
    expect(say(toTree('80', '3F00'))).toBe('9000')
    expect(say('80D6000001FF')).toBe('6D00')
  })

  it('shows its system and its number step by step', () => {
    const { sw, data, say } = chip('moica-1')
    expect(sw(...step('3F00', '0900', '0905'))).toBe('9000')
    expect(data('80B0000008').toString()).toBe('CHT V32N')
    expect(sw(...step('3F00', '0900', '0903'))).toBe('9000')
    expect(data('80B00000C8').toString()).toMatch(/^[A-Z]{2}\d{14}$/)
    expect(say('80B0000000')).toBe('6987')
    expect(say('80B00000C9')).toBe('6987')
    expect(say('80B0001001')).toBe('6B00')
    expect(say('80B0800001')).toBe('6A86')
    expect(sw(...step('3F00', '0903'))).toBe('6A82')
    expect(sw(...step('3F00', '5015'))).toBe('6A82')
    expect(sw(...step('3F00', '5030'), '80B0000001')).toBe('6986')
  })

  it('holds four certificates in one file, where its directory says', () => {
    const { sw, readAll } = chip('moica-1')
    expect(sw(...step('3F00', '5030', '4104'))).toBe('9000')
    const directory = readAll('80', 0xc8).toString('hex')
    const places = [...directory.matchAll(/04063f00503008f202(?:01|02)([0-9a-f]{2,4}?)8002([0-9a-f]{4})/g)].map(([, at = '', length = '']) => [at, length].map((hex) => Number.parseInt(hex, 16)))
    expect(places.map(([at]) => at)).toEqual([0, 0x700, 0xe00, 0x1500])
    sw(...step('3F00', '5030', '08F2'))
    const file = readAll('80', 0xc8)
    const certificates = places.map(([at = 0, length = 0]) => new X509Certificate(file.subarray(at, at + length)))
    const [root, issuer, ...own] = certificates
    expect(issuer?.subject).toContain('TW')
    expect(root && root.verify(root.publicKey)).toBe(true)
    expect(root && issuer?.checkIssued(root) && issuer.verify(root.publicKey)).toBe(true)
    for (const certificate of own) expect(issuer && certificate.verify(issuer.publicKey) && certificate.checkIssued(issuer)).toBe(true)
    expect(certificates.every(({ subject, issuer: from }) => subject.includes('TEST') && from.includes('TEST'))).toBe(true)
  })

  it('a PIN that is shown without the maker\'s keys costs a try each time, and blocks', () => {
    const { say, handle, bytes, card } = chip('moica-1')
    expect(say('80200001 06 313233343536')).toBe('63C2')
    expect(card.transmit(bytes(`8C200001 20 ${'00'.repeat(32)}`)).spent).toBe('moica')
    expect(say('80200001 06 313233343536')).toBe('6983')
    expect(handle('80200001 06 313233343536').spent).toBeNull()
    expect(say(`80EA8205 80 ${'00'.repeat(128)}`)).toBe('6982')
  })
})

describe('MOICA, second generation', () => {
  const step = (...files: readonly string[]) => [`00A4040C 10 ${aids.moica} 00`, ...files.map((file) => `00A40004 02 ${file} 00`)]

  it('opens by the name of its application, and speaks class 00', () => {
    const { say, sw, data } = chip('moica-2')
    expect(say('00A40004 02 0900 00')).toBe('6A82')
    expect(say(select(aids.jpki))).toBe('6A82')
    expect(say(toTree('80', '3F00'))).toBe('6D00')
    expect(sw(...step('0900', '0903'))).toBe('9000')
    expect(data('00B0000010').toString()).toMatch(/^[A-Z]{2}\d{14}$/)
    expect(sw(...step('7FFF', '5030', '5032'))).toBe('9000')
    expect(data('00B00000C8').toString('latin1')).toContain('TP99999999999902')
    expect(sw(...step('5030', '08F2'), '00B0000010')).toBe('9000')
  })

  it('closes at reset', () => {
    const { card, sw, say } = chip('moica-2')
    sw(...step('0900', '0903'))
    card.reset()
    expect(say('00B0000010')).toBe('6986')
    expect(say('00A40004 02 0900 00')).toBe('6A82')
  })
})

describe('the health-insurance card', () => {
  it('is known by its name, and gives a person away to GET DATA', () => {
    const { say, handle } = chip('nhi')
    expect(say(select(aids.jpki))).toBe('6A82')
    expect(say(toTree('80', '3F00'))).toBe('6D00')
    expect(say(`00A40400 10 ${aids.nhi}`)).toBe('9000')
    expect(say('00CA1100')).toBe('6700')
    // The form of all public programs, and the same with a length.
    const { response: whole, ef } = handle('00CA1100 02 0000')
    expect(ef).toBe('1100')
    expect(whole).toHaveLength(57 + 2)
    expect(handle('00CA1100 02 0000 00').response).toEqual(whole)
    expect(Buffer.from(whole).toString('latin1', 32, 57)).toBe('Z9999999990790401F1150101')
  })
})

describe('an unknown card', () => {
  it('knows no application of any of them', () => {
    const { say } = chip('unknown')
    for (const aid of Object.values(aids).filter((aid) => aid !== aids.cardManager)) expect(say(select(aid))).toBe('6A82')
    expect(say(toTree('80', '3F00'))).toBe('6D00')
  })
})

describe('tokens that are no My Number Card', () => {
  it.each([
    ['my-number', 'JPKIAPICCTOKEN2'],
    ['phone-token', 'JPKIAPGPSETOKEN'],
    ['juki-card', 'JPKIAPICCTOKEN'],
  ] as const)('%s says %s', (profile, token) => {
    const { data, sw } = chip(profile)
    data(select(aids.jpki))
    const info = data('00B0860000')
    expect(info).toHaveLength(160)
    expect(info.toString('latin1', 0, 32)).toBe(token.padEnd(32))
    expect(sw(select(aids.inputSupport))).toBe(profile === 'my-number' ? '9000' : '6A82')
  })
})
