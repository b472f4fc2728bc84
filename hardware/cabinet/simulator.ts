import { randomBytes } from 'node:crypto'
import { act, whole, type Hands } from '../cctalk/simulator-hands.ts'
import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import { crcModbus } from './modbus-port.ts'

/** Modbus over serial line 1.02, 2.5.1.1: a frame ends with a silence; longer here, because a process does not hear single bytes. */
const silenceMs = 50
const inputCount = 8
const coilCount = 8
/** Registers of the module itself (function 03): type, firmware, station. */
const registerCount = 3
const longestFrame = 256

/** Exceptions (Modbus application protocol 1.1b3, 7). */
const exception = { function: 1, address: 2, value: 3 } as const

export interface CabinetSimulatorOptions {
  /** Station 1..247; 1 when not given. */
  readonly address?: number
  readonly chance?: (count: number) => Uint8Array
}

/** Where the hands find their switches: the wiring of the demonstration. Doors and cash box read 1 while all is well. */
const wiring = { service: 0, cash: 1, 'cash-box': 2, call: 3, presence: 4, headset: 5 } as const
const lampCoil = 0

const help =
  'door open|close [service|cash] | cash-box out|in | call press|release | presence on|off | headset in|out | input <n> 0|1 | state | ' +
  'unplug | plug | silent on|off | garble <n> | except <code> <n> | late <ms> | twice <n> | noise <n> | power-cycle | help'

/** An input/output module (Modbus RTU station) at the far end of `wire`: 8 inputs, 8 coils; functions 01, 02, 03, 05, 0F, exceptions for the rest. */
export function makeCabinetSimulator(wire: ByteTransport, clock: Clock, options: CabinetSimulatorOptions = {}): Simulator {
  const station = options.address ?? 1
  const chance = options.chance ?? randomBytes
  const inputs = Array.from({ length: inputCount }, (_, index) => index <= wiring['cash-box'])
  let coils = new Array<boolean>(coilCount).fill(false)
  let buffer: number[] = []
  let cancelSilence: () => void = () => undefined
  const timers = new Set<() => void>()
  const line = { plugged: true, silent: false, garble: 0, except: 0, exceptCode: 4, late: 0, twice: 0, bad: 0 }

  const word = (bytes: readonly number[], at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const bits = (states: readonly boolean[], from: number, count: number) =>
    Array.from({ length: Math.ceil(count / 8) }, (_, byte) =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, bit) => (byte * 8 + bit < count && states[from + byte * 8 + bit] ? sum | (1 << bit) : sum), 0),
    )
  const registers = [0x0808, 0x0100, station]

  /** What follows the function code of the reply, or the exception. */
  const answer = (code: number, body: readonly number[]): readonly number[] | number => {
    const from = word(body, 0)
    const count = word(body, 2)
    const read = (available: number, most: number, data: () => readonly number[]) => {
      if (count < 1 || count > most) return exception.value
      if (from + count > available) return exception.address
      const bytes = data()
      return [bytes.length, ...bytes]
    }
    switch (code) {
      case 1:
        return read(coilCount, 2000, () => bits(coils, from, count))
      case 2:
        return read(inputCount, 2000, () => bits(inputs, from, count))
      case 3:
        return read(registerCount, 125, () => registers.slice(from, from + count).flatMap((value) => [value >> 8, value & 0xff]))
      case 5:
        if (count !== 0 && count !== 0xff00) return exception.value
        if (from >= coilCount) return exception.address
        coils[from] = count === 0xff00
        return body.slice(0, 4)
      case 15:
        if (count < 1 || count > 0x7b0 || body[4] !== Math.ceil(count / 8)) return exception.value
        if (from + count > coilCount) return exception.address
        coils = coils.map((on, index) => {
          const at = index - from
          return at >= 0 && at < count ? ((body[5 + (at >> 3)] ?? 0) & (1 << (at & 7))) !== 0 : on
        })
        return body.slice(0, 4)
      default:
        return exception.function
    }
  }

  const send = (body: readonly number[]) => {
    const crc = crcModbus(body)
    const bytes = Uint8Array.of(...body, crc & 0xff, crc >> 8)
    if (line.garble > 0) {
      line.garble -= 1
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 0x55
    }
    const again = line.twice > 0
    if (again) line.twice -= 1
    const out = () => {
      if (!line.plugged || line.silent) return
      void wire.write(bytes)
      if (again) void wire.write(bytes)
    }
    if (line.late === 0) return out()
    const cancel = clock.after(line.late, () => {
      timers.delete(cancel)
      out()
    })
    timers.add(cancel)
  }

  const hear = (frame: readonly number[]) => {
    const [to = 0, code = 0, ...rest] = frame.slice(0, -2)
    if (to !== station && to !== 0) return
    if (line.except > 0 && to === station) {
      line.except -= 1
      return send([station, code | 0x80, line.exceptCode])
    }
    const said = answer(code, rest)
    // To all: done, and nobody answers.
    if (to === 0) return
    send(typeof said === 'number' ? [station, code | 0x80, said] : [station, code, ...said])
  }

  /** How long a request is, as far as its beginning tells; null while it does not, or when its function is not known: then silence ends it. */
  const requestLength = (): number | null => {
    const [, code, , , , , bytes] = buffer
    if (code === 1 || code === 2 || code === 3 || code === 5) return 8
    return code === 15 && bytes !== undefined ? 9 + bytes : null
  }
  const isWhole = (frame: readonly number[]) => {
    const [low = 0, high = 0] = frame.slice(-2)
    return frame.length >= 4 && crcModbus(frame.slice(0, -2)) === (low | (high << 8))
  }

  wire.onData((bytes) => {
    if (!line.plugged) return
    cancelSilence()
    buffer = [...buffer, ...bytes].slice(-longestFrame)
    for (let length = requestLength(); length !== null && buffer.length >= length && isWhole(buffer.slice(0, length)); length = requestLength()) {
      const frame = buffer.slice(0, length)
      buffer = buffer.slice(length)
      hear(frame)
    }
    if (buffer.length === 0) return
    cancelSilence = clock.after(silenceMs, () => {
      const frame = buffer
      buffer = []
      if (isWhole(frame)) hear(frame)
      else line.bad += 1
    })
  })

  const choose = (words: Readonly<Record<string, boolean>>, input: number, told: string) => ([said = '']: readonly string[]) => {
    const value = Object.hasOwn(words, said) ? words[said] : undefined
    if (value === undefined) return null
    inputs[input] = value
    return `${told} ${said}`
  }
  const counted = (set: (count: number) => void, told: string) => ([said]: readonly string[]) => {
    const count = whole(said, 0, 1_000_000)
    if (count === null) return null
    set(count)
    return `${told}: ${count}`
  }

  const hands: Hands = {
    door([said, which = 'service']) {
      if ((said !== 'open' && said !== 'close') || (which !== 'service' && which !== 'cash')) return null
      inputs[wiring[which]] = said === 'close'
      return `the ${which} door is ${said === 'close' ? 'closed' : 'open'}`
    },
    'cash-box': choose({ out: false, in: true }, wiring['cash-box'], 'cash box'),
    call: choose({ press: true, release: false }, wiring.call, 'call button'),
    presence: choose({ on: true, off: false }, wiring.presence, 'presence'),
    headset: choose({ in: true, out: false }, wiring.headset, 'headset'),
    input([place, value]) {
      const input = whole(place, 0, inputCount - 1)
      if (input === null || (value !== '0' && value !== '1')) return null
      inputs[input] = value === '1'
      return `input ${input} is ${value}`
    },
    state: () => JSON.stringify({ inputs: inputs.map(Number), coils: coils.map(Number), lamp: coils[lampCoil], badFrames: line.bad }),
    unplug() {
      line.plugged = false
      return 'unplugged: nothing passes either way'
    },
    plug() {
      line.plugged = true
      return 'plugged in'
    },
    silent([said]) {
      if (said !== 'on' && said !== 'off') return null
      line.silent = said === 'on'
      return `silent ${said}`
    },
    garble: counted((count) => (line.garble = count), 'replies to be damaged'),
    except([code, count]) {
      const [which, times] = [whole(code, 1, 11), whole(count ?? '1', 0, 1_000_000)]
      if (which === null || times === null) return null
      Object.assign(line, { except: times, exceptCode: which })
      return `exception ${which}, ${times} times`
    },
    late: counted((ms) => (line.late = ms), 'replies late by milliseconds'),
    twice: counted((count) => (line.twice = count), 'replies to come twice'),
    async noise([said]) {
      const count = whole(said, 1, 10_000_000)
      if (count === null) return null
      await wire.write(chance(count))
      return `${count} bytes of noise`
    },
    'power-cycle'() {
      coils.fill(false)
      buffer = []
      return 'power-cycled: every coil is off'
    },
  }

  return {
    hand: (spoken) => act(hands, spoken, help),
    stop() {
      line.plugged = false
      cancelSilence()
      for (const cancel of timers) cancel()
      return Promise.resolve()
    },
  }
}
