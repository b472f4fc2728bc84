import { randomInt } from 'node:crypto'
import { crc16, reply, type Frame } from './cctalk.ts'
import type { Answer, SimulatorLine } from './simulator-line.ts'
import { positions, type Mechanism } from './simulator-mechanism.ts'

/** How long a solenoid is pulsed before the acknowledgement (CT2 3.16). */
const pulseMs = 500

/** Everything that the simulated acceptor says of itself. */
export interface SimulatedDevice {
  readonly mechanism: Mechanism
  readonly line: () => SimulatorLine
  address: number
  serial: number
  /** Whether the return lever is pressed (header 248). */
  lever: boolean
  /** What every command is met with instead of its answer (CT1 8.1, 8.2). */
  mood: 'normal' | 'busy' | 'refusing'
}

const identity = { manufacturer: 'Cardbooth', category: 'Coin Acceptor', product: 'SIM-1', build: 'JP2021  ', software: 'SIM-1.0' }
const little = (value: number, bytes: number) => Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256)
const text = (words: string) => Array.from(words, (letter) => letter.charCodeAt(0))

/** What the acceptor answers to each header (CT2): the minimum of CT3 appendix 13, with counters, sorter paths and the multi-drop commands. */
export function makeReplies(device: SimulatedDevice): (command: Frame) => Answer {
  const { mechanism } = device
  const { totals } = mechanism
  const say = (data: readonly number[]): Answer => ({ header: reply.answer, data })
  const acknowledge = (act: () => void = () => undefined): Answer => {
    act()
    return say([])
  }
  const position = (value: number | undefined) => (value !== undefined && value >= 1 && value <= positions ? value : null)
  /** The sorter: default path and override mask, kept for the asking. */
  const sorter = { defaultPath: 1, override: 255 }

  /** Commands without data. */
  const asked: Readonly<Record<number, () => Answer>> = {
    253: () => ({ rawByte: device.address, delayMs: 4 * device.address }),
    252: () => ({ rawByte: device.address, delayMs: 4 * randomInt(256) }),
    250: () => ({ header: reply.answer, data: [], after: () => (device.address = randomInt(2, 256)) }),
    249: () => say([2, 20]),
    248: () => say([device.lever ? 1 : 0]),
    246: () => say(text(identity.manufacturer)),
    245: () => say(text(identity.category)),
    244: () => say(text(identity.product)),
    242: () => say(little(device.serial, 3)),
    241: () => say(text(identity.software)),
    237: () => say([0]),
    236: () => say([0]),
    232: () => say([mechanism.fault]),
    230: () => say(little(mechanism.mask, 2)),
    229: () => {
      mechanism.polled()
      return say([mechanism.counter, ...mechanism.results])
    },
    227: () => say([mechanism.open ? 1 : 0]),
    226: () => say(little(totals.inserted, 3)),
    225: () => say(little(totals.accepted, 3)),
    221: () => say([sorter.override]),
    216: () => say([0, 0, 0, 0, 0]),
    213: () => say([0]),
    197: () => say(little(crc16(text(identity.software)), 4)),
    194: () => say(little(totals.rejected, 3)),
    193: () => say(little(totals.fraud, 3)),
    192: () => say(text(identity.build)),
    188: () => say([sorter.defaultPath]),
    4: () => say([1, 4, 7]),
    3: () => acknowledge(() => Object.assign(device.line().errors, { timeouts: 0, ignored: 0, badChecksums: 0 })),
    2: () => {
      const { timeouts, ignored, badChecksums } = device.line().errors
      return say([timeouts, ignored, badChecksums])
    },
    1: () => ({ header: reply.answer, data: [], after: mechanism.restart }),
  }

  /** Commands with data; null when the data is not theirs. */
  const told: Readonly<Record<number, (data: Uint8Array) => Answer>> = {
    251: ([address]) => (address !== undefined && address > 1 ? { header: reply.answer, data: [], after: () => (device.address = address) } : null),
    240: () => ({ header: reply.answer, data: [], delayMs: pulseMs }),
    231: ([low = 0, high = 0]) => acknowledge(() => (mechanism.mask = low | (high << 8))),
    228: ([status = 0]) => acknowledge(() => (mechanism.open = (status & 1) === 1)),
    222: ([mask = 255]) => acknowledge(() => (sorter.override = mask)),
    212: ([code]) => (position(code) ? say(little(1 << ((code ?? 1) - 1), 2)) : null),
    210: ([at, path = 0]) => (position(at) ? acknowledge(() => (mechanism.paths[(at ?? 1) - 1] = path)) : null),
    209: ([at]) => (position(at) ? say([mechanism.paths[(at ?? 1) - 1] ?? 0]) : null),
    189: ([path = 1]) => acknowledge(() => (sorter.defaultPath = path)),
    184: ([at]) => (position(at) ? say(text(mechanism.table[(at ?? 1) - 1] ?? '......')) : null),
    150: ([at]) => (position(at) ? say(little(totals.byPosition[(at ?? 1) - 1] ?? 0, 3)) : null),
    135: ([coins = 0]) => acknowledge(() => (mechanism.limit = coins === 0 ? null : coins)),
  }

  return ({ header, data }) => {
    const answer = header === 254 ? say([]) : data.length === 0 ? asked[header]?.() : told[header]?.(data)
    if (!answer) return null
    if (device.mood === 'normal') return answer
    return { header: device.mood === 'busy' ? reply.busy : reply.refused, data: [] }
  }
}
