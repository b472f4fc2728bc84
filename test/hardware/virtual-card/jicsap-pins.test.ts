import { describe, expect, it } from 'vitest'
import { aids, changePin, chip, select, selectFile, verify } from './bench.ts'

describe('VERIFY', () => {
  it('tells the tries left without spending one', () => {
    const { data, say, state, kept } = chip()
    data(select(aids.jpki))
    expect(say('00200080')).toBe('6986')
    data(selectFile('0018'))
    for (let times = 0; times < 20; times += 1) expect(say('00200080')).toBe('63C3')
    expect(say('0020009B')).toBe('63C5')
    expect(state.pins['authentication']?.left).toBe(3)
    expect(kept()).toBe(0)
  })

  it('counts down, blocks, and never opens again', () => {
    const { data, say, state } = chip()
    data(select(aids.jpki))
    expect(say(verify('0000', '98'))).toBe('63C2')
    expect(say(verify('0000'))).toBe('63C1')
    expect(say(verify('0000'))).toBe('63C0')
    expect(say(verify('1234'))).toBe('6984')
    expect(say('00200080')).toBe('63C0')
    data(select(aids.jpki))
    expect(say(verify('1234', '98'))).toBe('6984')
    expect(state.pins['authentication']).toEqual({ value: '1234', left: 0, most: 3 })
  })

  it('gives all tries back for the right value', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    expect(say(verify('TEST02', '9B'))).toBe('63C4')
    expect(say(verify('TEST01', '9B'))).toBe('9000')
    expect(say('0020009B')).toBe('63C5')
  })

  it('knows upper from lower case, and every other length', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    expect(say(verify('test01', '9B'))).toBe('63C4')
    expect(say(verify('TEST011', '9B'))).toBe('63C3')
    expect(say(verify('1', '98'))).toBe('63C2')
  })

  it('takes back what a right value opened when a wrong one follows', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    data(verify('TEST01', '9B'))
    expect(say('00B0810001')).toBe('309000')
    expect(say(verify('TEST02', '9B'))).toBe('63C4')
    expect(say('00B0810001')).toBe('6982')
  })

  it('needs a PIN file and plain parameters', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    expect(say(verify('1234', '8A'))).toBe('6981')
    expect(say(verify('1234', '83'))).toBe('6A82')
    expect(say(verify('1234', '18'))).toBe('6A86')
    expect(say(verify('1234', 'B8'))).toBe('6A86')
    expect(say('00200198')).toBe('6A86')
  })

  it('does not know the PINs of another application', () => {
    const { data, say } = chip()
    data(select(aids.inputSupport))
    expect(say('00200098')).toBe('6A82')
    expect(say('00200091')).toBe('63C3')
    expect(say('00200092')).toBe('63C0')
    expect(say(verify('0000', '92'))).toBe('6984')
  })
})

describe('what opens what in the input support', () => {
  const files = ['0001', '0002', '0003', '0004', '0005', '0006', '0007']
  it.each([
    ['nothing', null, ['0004', '0005']],
    ['the PIN', verify('2345', '91'), files],
    ['code A', verify('123456789012', '94'), ['0001', '0003', '0004', '0005', '0006', '0007']],
    ['code B', verify('02040120350000', '95'), ['0002', '0003', '0004', '0005', '0006', '0007']],
  ])('%s', (_, shown, open) => {
    const { data, sw } = chip()
    data(select(aids.inputSupport))
    if (shown !== null) expect(sw(shown)).toBe('9000')
    for (const file of files) expect(sw(`00B0${(0x80 + Number(file)).toString(16)}0001`), file).toBe(open.includes(file) ? '9000' : '6982')
  })

  it('is the same through a selected file', () => {
    const { sw } = chip()
    expect(sw(select(aids.inputSupport), selectFile('0001'), '00B0000000')).toBe('6982')
  })

  it('gives the four attributes behind a table of their places', () => {
    const { data } = chip()
    data(select(aids.inputSupport))
    data(verify('02040120350000', '95'))
    const file = data('00B0820000')
    expect(file.subarray(0, 3).toString('hex')).toBe(`ff20${(file.length - 3).toString(16)}`)
    const place = (index: number) => file.readUInt16BE(6 + 2 * index)
    const value = (index: number) => file.subarray(place(index) + 3, place(index) + 3 + (file[place(index) + 2] ?? 0)).toString()
    expect([0, 1, 2, 3].map(value)).toEqual(['ＴＥＳＴ　花子', '東京都試験区見本町１丁目２番３号', '19900401', '2'])
    expect([0, 1, 2, 3].map((index) => file.readUInt16BE(place(index)).toString(16))).toEqual(['df22', 'df23', 'df24', 'df25'])
  })

  it('keeps the Individual Number as the card does: twelve digits and two bytes of filler', () => {
    const { data } = chip()
    data(select(aids.inputSupport))
    data(verify('2345', '91'))
    expect(data('00B0810000').toString('hex')).toBe(`ff100c${Buffer.from('123456789012').toString('hex')}ffff`)
  })
})

describe('the surface and the juki application', () => {
  it('open with their own keys', () => {
    const { sw } = chip()
    const files = ['81', '82', '85']
    const open = () => files.map((file) => sw(`00B0${file}0001`))
    sw(select(aids.surface))
    expect(open()).toEqual(['6982', '6982', '6982'])
    sw(verify('020401', '91'))
    expect(open()).toEqual(['9000', '6982', '6982'])
    sw(select(aids.surface), verify('02040120350000', '92'))
    expect(open()).toEqual(['6982', '9000', '6982'])
    sw(select(aids.surface), verify('123456789012', '93'))
    expect(open()).toEqual(['6982', '9000', '9000'])
    expect(sw(select(aids.juki), '0020009C')).toBe('63C3')
  })
})

describe('CHANGE REFERENCE DATA', () => {
  it('changes a PIN that was shown, and only then', () => {
    const { data, say } = chip()
    data(select(aids.jpki))
    data(selectFile('0018'))
    expect(say(changePin('9876'))).toBe('6982')
    data(verify('1234'))
    expect(say(changePin('987'))).toBe('6A80')
    expect(say(changePin('98765'))).toBe('6A80')
    expect(say('00240080 08 3132333439383736')).toBe('6A86')
    expect(say(changePin('9876'))).toBe('9000')
    data(select(aids.jpki))
    expect(say(verify('1234', '98'))).toBe('63C2')
    expect(say(verify('9876'))).toBe('9000')
  })

  it.each([
    ['ABC123', '9000'],
    ['A1B2C3D4E5F6G7H8', '9000'],
    ['ABCDEF', '6A80'],
    ['123456', '6A80'],
    ['abc123', '6A80'],
    ['AB123', '6A80'],
    ['A1B2C3D4E5F6G7H8I', '6A80'],
  ])('the password %s: %s', (password, status) => {
    const { sw } = chip()
    expect(sw(select(aids.jpki), verify('TEST01', '9B'), changePin(password, '9B'))).toBe(status)
  })

  it('does not change the codes on the face, nor a blocked PIN', () => {
    const { sw } = chip('my-number', (state) => {
      state.pins['authentication']!.left = 0
    })
    expect(sw(select(aids.inputSupport), verify('02040120350000', '95'), changePin('02040120350001', '95'))).toBe('6985')
    expect(sw(select(aids.jpki), changePin('9876', '98'))).toBe('6984')
  })

  it('the common and the juki PIN have a command of their own', () => {
    const { sw } = chip()
    expect(sw(select(aids.common), verify('4567', '9C'), changePin('7654', '9C'))).toBe('6985')
    expect(sw('8032009C 04 37363534')).toBe('9000')
    expect(sw(select(aids.common), verify('7654', '9C'))).toBe('9000')
    expect(sw(select(aids.jpki), verify('1234', '98'), '80320098 04 37363534')).toBe('6985')
  })
})
