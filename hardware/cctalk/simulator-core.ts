import { randomInt } from 'node:crypto'
import { crc16, reply, type Frame } from './frames.ts'
import type { Answer, SimulatorLine } from './simulator-line.ts'

/** What a simulated device says of itself. */
export interface SimulatedNames {
  readonly manufacturer: string
  /** CT3 table 1. */
  readonly category: string
  readonly product: string
  readonly build: string
  readonly software: string
}

/** The part of a simulated device that every ccTalk device has. */
export interface SimulatedCore {
  readonly names: SimulatedNames
  readonly line: () => SimulatorLine
  /** How often it wants to be asked (CT2 3.7): units and value. */
  readonly pollingPriority: readonly [number, number]
  address: number
  /** 0..16777215. */
  serial: number
  /** What every command is met with instead of its answer (CT1 8.1, 8.2). */
  mood: 'normal' | 'busy' | 'refusing'
  /** Software reset (header 1). */
  restart(): void
}

/** What a device answers: commands without data, and commands with; null when the data is not theirs. */
export interface Replies {
  readonly asked: Readonly<Record<number, () => Answer>>
  readonly told: Readonly<Record<number, (data: Uint8Array) => Answer>>
}

/** `value` in `bytes` bytes, least significant first. */
export function little(value: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256)
}
export const asciiOf = (words: string): readonly number[] => Array.from(words, (letter) => letter.charCodeAt(0))
export const say = (data: readonly number[]): Answer => ({ header: reply.answer, data })
export const refuse = (): Answer => ({ header: reply.refused, data: [] })
/** Acts, then acknowledges. */
export const acknowledge = (act: () => void = () => undefined): Answer => {
  act()
  return say([])
}

/** When each was made and last changed (headers 196, 195): 1 November of the base year (170), as CT2 3.58 packs a day. */
const baseYear = '2026'
const made = little((11 << 5) | 1, 2)
/** 9600 baud, the only rate of a simulated line (CT2 3.139). */
const baudCode = 1

/** Header 113: what the rate is (0), switch (1), the highest (2), whether one is supported (3); anything else is refused. */
function switchBaud([operation, code, ...more]: Uint8Array): Answer {
  if (code === undefined || more.length > 0) return null
  if (operation === 0 || operation === 2) return say([baudCode])
  return (operation === 1 || operation === 3) && code === baudCode ? say([]) : refuse()
}

/**
 * Answers with the device's `own` replies and those of every device: CT3 appendix 13, core, core plus and multi-drop. Anything else meets silence
 * (CT1 13).
 */
export function makeAnswering(core: SimulatedCore, own: Replies): (command: Frame) => Answer {
  const { names } = core
  const asked: Replies['asked'] = {
    254: () => say([]),
    253: () => ({ rawByte: core.address, delayMs: 4 * core.address }),
    252: () => ({ rawByte: core.address, delayMs: 4 * randomInt(256) }),
    250: () => ({ header: reply.answer, data: [], after: () => (core.address = randomInt(2, 256)) }),
    249: () => say(core.pollingPriority),
    246: () => say(asciiOf(names.manufacturer)),
    245: () => say(asciiOf(names.category)),
    244: () => say(asciiOf(names.product)),
    242: () => say(little(core.serial, 3)),
    241: () => say(asciiOf(names.software)),
    216: () => say([0, 0, 0, 0, 0]),
    197: () => say(little(crc16(asciiOf(names.software)), 4)),
    196: () => say(made),
    195: () => say(made),
    192: () => say(asciiOf(names.build)),
    170: () => say(asciiOf(baseYear)),
    169: () => say([0b0100_0010]),
    4: () => say([1, 4, 7]),
    3: () => acknowledge(() => Object.assign(core.line().errors, { timeouts: 0, ignored: 0, badChecksums: 0 })),
    2: () => {
      const { timeouts, ignored, badChecksums } = core.line().errors
      return say([timeouts, ignored, badChecksums])
    },
    1: () => ({ header: reply.answer, data: [], after: () => core.restart() }),
    ...own.asked,
  }
  const told: Replies['told'] = {
    // A simple poll may be padded with data, to fill a receive buffer.
    254: () => say([]),
    251: ([address, ...more]) => (address !== undefined && address > 1 && more.length === 0 ? { header: reply.answer, data: [], after: () => (core.address = address) } : null),
    113: (data) => switchBaud(data),
    ...own.told,
  }
  return ({ header, data }) => {
    const answer = data.length === 0 ? asked[header]?.() : told[header]?.(data)
    if (!answer) return null
    if (core.mood === 'normal') return answer
    return { header: core.mood === 'busy' ? reply.busy : reply.refused, data: [] }
  }
}
