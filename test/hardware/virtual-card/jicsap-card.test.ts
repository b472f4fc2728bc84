import { createHash, createPublicKey, publicDecrypt, verify as verifySignature, X509Certificate, constants } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aids, chip, select, selectFile, verify } from './bench.ts'

describe('SELECT', () => {
  it.each(Object.entries(aids).slice(0, 6))('finds %s by its name', (_, aid) => {
    expect(chip().say(select(aid))).toBe('9000')
  })

  it('finds an application by the beginning of its name, and gives the name when asked to', () => {
    const { say } = chip()
    expect(say('00A40400 02 D392 00')).toBe('6F0C840AD392F0002601000000019000')
    expect(say('00A4040C 02 D392')).toBe('9000')
    expect(say(select('D39210003100010104'))).toBe('9000')
  })

  it('knows no other name, and stays where it was', () => {
    const { say, sw } = chip()
    expect(sw(select(aids.jpki), select('D392F00026010000000101'), select(aids.nhi))).toBe('6A82')
    expect(say(selectFile('000A'))).toBe('9000')
  })

  it('has no master file to select', () => {
    const { say } = chip()
    expect(say('00A40000')).toBe('6A86')
    expect(say('00A40000 02 3F00')).toBe('6A82')
    expect(say(select(aids.jpki))).toBe('9000')
    expect(say('00A40000')).toBe('9000')
    expect(say('00A40000 02 3F00')).toBe('6A82')
    // Without effect: the application is still the current one.
    expect(say(selectFile('000A'))).toBe('9000')
  })

  it('takes a file identifier of two bytes, within an application', () => {
    const { say } = chip()
    expect(say(selectFile('000A'))).toBe('6A82')
    expect(say(select(aids.jpki))).toBe('9000')
    expect(say('00A4020C 01 0A')).toBe('6700')
    expect(say(selectFile('0003'))).toBe('6A82')
    expect(say('00A4010C 02 000A')).toBe('6A86')
    expect(say('00A402F0 02 000A')).toBe('6A86')
    for (const file of ['0001', '0002', '0006', '0008', '0009', '000A', '000B', '0016', '0017', '0018', '001A', '001B']) {
      expect(say(selectFile(file)), file).toBe('9000')
    }
  })

  it('takes back every PIN that was shown', () => {
    const { sw } = chip()
    const sign = '802A0097 01 31 00'
    expect(sw(select(aids.jpki), verify('1234', '98'), sign)).toBe('9000')
    expect(sw(select(aids.jpki), sign)).toBe('6982')
    expect(sw(verify('1234', '98'), select(aids.cardManager), select(aids.jpki), sign)).toBe('6982')
  })
})

describe('READ BINARY', () => {
  it('reads by offset, by short identifier, and whole with a long length', () => {
    const { data, say, readAll } = chip()
    data(select(aids.jpki))
    expect(say('00B0000010')).toBe('6986')
    data(selectFile('000A'))
    const whole = readAll()
    expect(data('00B08A00000000')).toEqual(whole)
    expect(data('00B08A0410')).toEqual(whole.subarray(4, 20))
    expect(data('00B0010000')).toEqual(whole.subarray(256, 512))
    expect(new X509Certificate(whole).raw).toEqual(whole)
  })

  it('gives what is left, and nothing past the end', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    expect(say('00B0880000')).toBe('8F8F009000')
    expect(say('00B0880203')).toBe('009000')
    expect(say('00B0000300')).toBe('6B00')
    expect(say('00B0888000')).toBe('6B00')
    expect(say('00B07FFF00')).toBe('6B00')
  })

  it('makes the file that it names the current one', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    data('00B0880001')
    expect(say('00B0000000')).toBe('8F8F009000')
  })

  it('refuses other structures, closed files, files that are not there, and lengths that are wrong', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    expect(say('00B0980001')).toBe('6981')
    expect(say('00B0960001')).toBe('6981')
    expect(say('00B0810001')).toBe('6982')
    expect(say('00B0890001')).toBe('6982')
    expect(say('00B0830001')).toBe('6A82')
    expect(say('00B09F0001')).toBe('6A86')
    expect(say('00B0AA0001')).toBe('6A86')
    expect(say('00B00000')).toBe('6700')
    expect(say('00B0000001FF')).toBe('6700')
    data(select(aids.common))
    expect(say('00B0810000')).toBe('6981')
  })
})

describe('READ RECORD', () => {
  it('gives serial number, municipality and expiry of the card', () => {
    const { data, say } = chip()
    data(select(aids.common))
    expect(say('00B2010400')).toBe('6986')
    expect(data('00B2010C00').toString('latin1')).toBe('\u0001\u001c9999999000000019999920350401')
    expect(say('00B2020C00')).toBe('6A83')
    expect(say('00B2000C00')).toBe('6A83')
    expect(say('00B2010D00')).toBe(say('00B2010400'))
    expect(say('00B2010600')).toBe('6A86')
    expect(say('00B2010C')).toBe('6700')
    expect(say('00B201E400')).toBe('6981')
  })
})

describe('COMPUTE DIGITAL SIGNATURE', () => {
  const hash = createHash('sha256').update('Guten Tag').digest()
  const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), hash])
  const command = (p1: string, p2: string, data: Uint8Array, le = '00') =>
    `802A${p1}${p2} ${data.length.toString(16).padStart(2, '0')} ${Buffer.from(data).toString('hex')} ${le}`
  function opened() {
    const bench = chip()
    bench.data(select(aids.jpki))
    const key = new X509Certificate(bench.data('00B08A00000000')).publicKey
    bench.data(verify('1234', '98'))
    return { ...bench, key }
  }
  const message = Buffer.from('Guten Tag')
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

  it('signs a DigestInfo, a hash and a message alike', () => {
    const { data, key } = opened()
    for (const [p1, given] of [['00', digestInfo], ['02', hash], ['03', message]] as const) {
      expect(verifySignature('sha256', message, key, data(command(p1, '97', given))), p1).toBe(true)
    }
  })

  it('signs with PSS', () => {
    const { data, key } = opened()
    for (const [p1, given] of [['04', hash], ['05', message]] as const) {
      expect(verifySignature('sha256', message, { key, ...pss }, data(command(p1, '97', given))), p1).toBe(true)
    }
    expect(verifySignature('sha256', Buffer.from('Good day'), { key, ...pss }, data(command('04', '97', hash)))).toBe(false)
  })

  it('pads whatever it is given, with the selected key', () => {
    const { data, key } = opened()
    data(selectFile('0017'))
    expect(publicDecrypt(key, data(command('00', '80', Buffer.from('x'))))).toEqual(Buffer.from('x'))
    expect(publicDecrypt(key, data(command('00', '80', Buffer.alloc(245, 7))))).toEqual(Buffer.alloc(245, 7))
  })

  it('each key wants its own PIN, and signs under its own certificate', () => {
    const { data, sw } = opened()
    expect(sw(command('03', '9A', message))).toBe('6982')
    data(verify('TEST01', '9B'))
    const own = createPublicKey(new X509Certificate(data('00B08100000000')).publicKey.export({ format: 'pem', type: 'spki' }))
    expect(verifySignature('sha256', message, own, data(command('03', '9A', message)))).toBe(true)
  })

  it('refuses other schemes, lengths, places and answers that are too short', () => {
    const { sw } = opened()
    expect(sw(command('01', '97', message))).toBe('6A86')
    expect(sw(command('06', '97', message))).toBe('6A86')
    expect(sw(command('00', '97', Buffer.alloc(246)))).toBe('6985')
    expect(sw(command('02', '97', hash.subarray(1)))).toBe('6985')
    expect(sw('802A0097 00')).toBe('6700')
    expect(sw(command('00', '97', message, ''))).toBe('6700')
    expect(sw(command('00', '97', message, '80'))).toBe('6C00')
    expect(sw(command('00', '00', message))).toBe('6A86')
    expect(sw(command('00', '8A', message))).toBe('6981')
    expect(sw(command('00', '83', message))).toBe('6A82')
  })

  it('needs no PIN for the key of the face', () => {
    const { sw } = chip()
    expect(sw(select(aids.surface), command('00', '00', digestInfo))).toBe('9000')
  })
})

describe('the other commands', () => {
  it('GET CHALLENGE gives as many bytes as asked for, never the same', () => {
    const { data, sw } = chip()
    expect(data('0084000000')).toHaveLength(256)
    expect(data('0084000010')).not.toEqual(data('0084000010'))
    expect(sw('00840000')).toBe('6700')
    expect(sw('0084000100')).toBe('6A86')
    expect(sw('008400000000 10')).toBe('6985')
  })

  it('GET DATA answers while no application is selected', () => {
    const { data, sw } = chip()
    expect(data('00CA00F000').toString()).toBe('99999')
    expect(data('00CA00F200').toString()).toBe('20350401')
    expect(data('00CA5F5100').toString('hex')).toBe('da13ff8131fb468012392f31c173c601c03b')
    expect(sw('00CA00F300')).toBe('6A88')
    expect(sw('00CA00F2')).toBe('6700')
    expect(sw(select(aids.jpki), '00CA00F200')).toBe('6A88')
    expect(sw(select(aids.cardManager), '00CA00F200')).toBe('9000')
  })

  it('INTERNAL AUTHENTICATE works with the key of the common application alone', () => {
    const { data, sw } = chip()
    data(select(aids.common))
    expect(data('00880099 04 01020304 00')).toHaveLength(256)
    expect(sw('0088009C 04 01020304 00')).toBe('6981')
    expect(sw(select(aids.jpki), '00880097 04 01020304 00')).toBe('6982')
  })

  it.each(['8054', '8050', '8052', '8006', '808A'])('%s is the issuer\'s', (command) => {
    expect(chip().sw(`${command}0080 04 31323334`)).toBe('6982')
  })

  it('power and reset forget what was selected and shown, never a counter', () => {
    const { card, data, sw } = chip()
    data(select(aids.jpki))
    data(verify('1234', '98'))
    expect(sw(verify('TEST02', '9B'))).toBe('63C4')
    card.reset()
    expect(sw('00B0000001')).toBe('6986')
    expect(sw(select(aids.jpki), '802A0097 01 31 00')).toBe('6982')
    expect(sw('0020009B')).toBe('63C4')
  })
})

describe('commands that are none', () => {
  it.each([
    ['', '6700'],
    ['00', '6700'],
    ['00B000', '6700'],
    ['00200080033132333435', '6700'],
    ['00200080053132', '6700'],
    ['00A4020C0200', '6700'],
    ['00B0000000000000', '6700'],
    ['00B000000000', '6700'],
    ['00D6000001FF', '6D00'],
    ['00C0000010', '6D00'],
    ['0082000008', '6D00'],
    ['80A40000023F00', '6D00'],
    ['80B0000001', '6D00'],
    ['002A0097013100', '6D00'],
    ['01B0000001', '6881'],
    ['0284000008', '6881'],
    ['83B0000001', '6881'],
    ['08B0000001', '69FC'],
    ['0CB0000001', '6882'],
    ['04B0000001', '6882'],
    ['10B0000001', '6E00'],
    ['90B0000001', '6E00'],
    ['A0A40000023F00', '6E00'],
    ['FFCA000000', '6E00'],
  ])('%s is answered %s', (command, status) => {
    const { say } = chip()
    say(select(aids.jpki))
    expect(say(command)).toBe(status)
  })

  it('whatever comes is answered with a status word, and costs no try that was not asked for', () => {
    const { card, state } = chip()
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const classes = [0, 0, 0, 0x80, 1, 8, 0x10, 0xff]
    const instructions = [0xa4, 0xb0, 0xb2, 0x24, 0x84, 0xca, 0x2a, 0x88]
    for (let times = 0; times < 20_000; times += 1) {
      const header = [classes[random(8)] ?? 0, instructions[random(9)] ?? random(256), random(6), random(256)]
      const body = Array.from({ length: random(20) }, () => random(256))
      if (header[1] === 0x20) continue
      const { response, spent } = card.transmit(Uint8Array.from([...header, ...body]))
      expect(response.length).toBeGreaterThanOrEqual(2)
      expect(spent).toBeNull()
    }
    expect(Object.values(state.pins).map(({ left }) => left)).toEqual([3, 5, 3, 0, 10, 10, 10, 10, 10, 3, 3])
  })
})
