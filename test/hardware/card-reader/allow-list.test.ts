import { expect, it } from 'vitest'
import { cardLine } from '../../../hardware/card-reader/card-line.ts'
import { hex, scriptedReader, text } from './scripted.ts'
import { randomFrom } from './random.ts'

const ids = {
  jpki: 'd392f000260100000001',
  inputSupport: 'd3921000310001010408',
  surface: 'd3921000310001010402',
  juki: 'd3921000310001010401',
  common: 'd3921000310001010100',
  moica: 'a0000002830000062201696400010101',
  nhi: 'd1580000010000000000000000001100',
  manager: 'a0000001510000',
}
const select = (id: string) => `00a4040c${(id.length / 2).toString(16).padStart(2, '0')}${id}`

/** What goes through after the SELECTs of `before` on a card that answers 9000 to everything. */
async function passes(command: string, ...before: readonly string[]): Promise<boolean> {
  const reader = scriptedReader()
  reader.insert(() => hex('9000'))
  const line = cardLine(reader)
  await line.connect()
  for (const step of before) await line.send(hex(step))
  return (await line.send(hex(command))) !== 'refused'
}

it.each([
  ['SELECT an application', select(ids.jpki)],
  ['READ BINARY', '00b0000000', select(ids.jpki), '00a4020c02000a'],
  ['READ BINARY by a short id', '00b08a0000', select(ids.jpki)],
  ['READ RECORD', '00b2010400', select(ids.common), '00a4020c020001'],
  ['READ RECORD by a short id', '00b2010c00', select(ids.common)],
  ['VERIFY', '002000800431323334', select(ids.jpki), '00a4020c020018'],
  ['the tries left', '00200098', select(ids.jpki)],
  ['CHANGE', '002401800435363738', select(ids.jpki), '00a4020c020018'],
  ['GET CHALLENGE', '0084000008'],
  ['SIGN', '802a0097023031 00', select(ids.jpki)],
  ['the four attributes', '00a4020c020002', select(ids.inputSupport)],
  ['code B', '0020009504313233 34', select(ids.inputSupport)],
  ['a health-insurance card is recognised', `00a4040010${ids.nhi}`],
  ['a MOICA card is read', '00a400040209 0300', `${select(ids.moica)}00`],
])('%s may be sent', async (_name, command, ...before) => {
  expect(await passes(command, ...before)).toBe(true)
})

it.each([
  ...[1, 3, 6, 7, 0x14].flatMap((file) => {
    const digits = file.toString(16).padStart(2, '0')
    const short = (base: number) => (base | file).toString(16).padStart(2, '0')
    return [
      [`SELECT of input support 00${digits}`, `00a4020c0200${digits}`, select(ids.inputSupport)],
      [`READ BINARY of input support ${digits} by its short id`, `00b0${short(0x80)}0000`, select(ids.inputSupport)],
      [`READ RECORD of input support ${digits} by its short id`, `00b201${((file << 3) | 4).toString(16).padStart(2, '0')}00`, select(ids.inputSupport)],
      [`VERIFY of input support ${digits} by its short id`, `002000${short(0x80)}0c313233343536373839303132`, select(ids.inputSupport)],
    ]
  }),
  ['the surface application', select(ids.surface)],
  ['the juki application', select(ids.juki)],
  ['an application by the beginning of its identifier', select(ids.inputSupport.slice(0, 14))],
  ['the card manager', select(ids.manager)],
  ['GET DATA', '00ca00f200'],
  ['GET DATA of a health-insurance card', '00ca110002 0000', `00a4040010${ids.nhi}`],
  ['a read of a health-insurance card', '00b0000000', `00a4040010${ids.nhi}`],
  ['a logical channel', '01b0000000', select(ids.jpki)],
  ['unblocking', '8054008000', select(ids.jpki)],
  ['CHANGE by the juki way', '8032008004 31323334', select(ids.common)],
  ['RESET RETRY COUNTER', '002c0080', select(ids.jpki)],
  ['UPDATE BINARY', '00d6000001ff', select(ids.jpki)],
  ['GET RESPONSE out of turn', '00c0000000', select(ids.jpki)],
  ['extended lengths', '00b08a00000000', select(ids.jpki)],
  ['a read before anything is selected', '00b0000000'],
  ['VERIFY before anything is selected', '0020008004 31323334'],
  ['VERIFY of a MOICA card', '8c20000120', `${select(ids.moica)}00`],
  ['secure messaging to a MOICA card', '8050000008 0000000000000000', `${select(ids.moica)}00`],
  ['class 80 reads of a My Number Card', '80b0000000', select(ids.jpki)],
  ['the common application has no PIN for us', '002000800431323334', select(ids.common)],
  ['nonsense', '00'],
])('%s may not be sent', async (_name, command, ...before) => {
  expect(await passes(command, ...before)).toBe(false)
})

it('a SELECT that nobody heard the end of counts for both places', async () => {
  const reader = scriptedReader()
  let mute = false
  reader.insert(() => (mute ? 'card-error' : hex('9000')))
  const line = cardLine({ ...reader, transmit: (command, limit) => reader.connect().then(() => reader.transmit(command, limit)) })
  await line.send(hex(select(ids.jpki)))
  mute = true
  await line.send(hex(select(ids.inputSupport)))
  mute = false
  expect(await line.send(hex('00a4020c020001'))).toBe('refused')
  expect(await line.send(hex('00a4020c020018'))).toBe('refused')
  expect(await line.send(hex('00a4020c020002'))).not.toBe('refused')
})

it('a command is judged when its turn comes, not when it is handed in', async () => {
  const reader = scriptedReader()
  reader.insert(() => hex('9000'))
  const line = cardLine(reader)
  await line.connect()
  await line.send(hex(select(ids.jpki)))
  const answers = await Promise.all([line.send(hex(select(ids.inputSupport))), line.send(hex('00a4020c020001'))])
  expect(answers[1]).toBe('refused')
  expect(reader.sent).not.toContain('00a4020c020001')
})

/**
 * A card that does whatever it is told, by the rules that are worst for us: the beginning of an identifier selects too, every file is there, every PIN is right. It keeps
 * what was touched.
 */
function obedientCard() {
  const touched = new Set<string>()
  let at = 'none'
  let file = 0
  const touch = (number: number) => {
    file = number
    touched.add(`${at}/${number}`)
  }
  const answer = (command: Uint8Array) => {
    const [cla, ins, p1 = 0, p2 = 0] = command
    touched.add(`ins ${text(Uint8Array.of(cla ?? 0, ins ?? 0))}`)
    const data = text(command.subarray(5, 5 + (command[4] ?? 0)))
    if (ins === 0xa4 && p1 === 4) {
      const name = Object.entries(ids).find(([, id]) => id.startsWith(data))?.[0]
      if (!name) return hex('6a82')
      at = name
      file = 0
      touched.add(at)
    } else if (ins === 0xa4) touch(Number.parseInt(data, 16))
    else if (ins === 0xb0) touch((p1 & 0x80) === 0 ? file : p1 & 0x1f)
    else if (ins === 0xb2) touch(p2 >> 3 || file)
    else if (ins === 0x20 || ins === 0x24) touch((p2 & 0x80) === 0 ? -p2 : p2 & 0x1f || file)
    return hex('9000')
  }
  return { answer, touched }
}

it('100,000 commands of a fuzzer touch nothing that holds an Individual Number, and send no instruction that is not on the list', async () => {
  const random = randomFrom(20_261_122)
  const pick = <Value>(...values: readonly Value[]) => values[random(values.length)] as Value
  const byte = () => random(256)
  const id = () => {
    const whole = hex(pick(...Object.values(ids)))
    return random(4) === 0 ? whole.subarray(0, 1 + random(whole.length)) : whole
  }
  const commands = [
    () => Uint8Array.of(0, 0xa4, 4, pick(0x0c, 0, byte()), ...((bytes) => [bytes.length, ...bytes])(id()), ...pick([], [0])),
    () => Uint8Array.of(pick(0, 0, 0, 0x80), 0xa4, pick(2, 0, 8, 9), pick(0x0c, 4, 0), 2, pick(0, 0, 0x3f, 9), random(0x20)),
    () => Uint8Array.of(pick(0, 0, 0x80), 0xb0, pick(0x80 | random(0x20), byte()), byte(), byte()),
    () => Uint8Array.of(0, 0xb2, pick(1, byte()), (random(0x20) << 3) | pick(4, random(8)), byte()),
    () => Uint8Array.of(0, pick(0x20, 0x24), pick(0, 1), pick(0x80 | random(0x20), byte()), ...pick([], [4, 49, 50, 51, 52])),
    () => Uint8Array.of(pick(0, 0x80, byte()), byte(), byte(), byte(), ...Array.from({ length: random(6) }, byte)),
  ]
  const { answer, touched } = obedientCard()
  const reader = scriptedReader()
  reader.insert((command) => {
    const given = answer(command)
    // One answer in fifty is lost, after the card has done what it was told.
    return random(50) === 0 ? 'card-error' : given
  })
  const line = cardLine({ ...reader, transmit: (command, limit) => reader.connect().then(() => reader.transmit(command, limit)) })
  let refused = 0
  for (let round = 0; round < 100_000; round += 1) if ((await line.send(pick(...commands)())) === 'refused') refused += 1
  const forbidden = [...[1, 3, 6, 7, 0x14].map((file) => `inputSupport/${file}`), 'surface', 'juki', 'manager']
  expect(forbidden.filter((place) => touched.has(place))).toEqual([])
  const instructions = [...touched].filter((entry) => entry.startsWith('ins ')).toSorted()
  const allowed = ['0020', '0024', '0084', '00a4', '00b0', '00b2', '802a', '80a4', '80b0']
  expect(instructions.filter((instruction) => !allowed.includes(instruction.slice(4)))).toEqual([])
  // The fuzzer was not simply refused everything.
  expect(refused).toBeLessThan(99_000)
  expect([...touched]).toEqual(expect.arrayContaining(['inputSupport/2', 'inputSupport/21', 'jpki/10', 'jpki/24', 'common/1']))
})
