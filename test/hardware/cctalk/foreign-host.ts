import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'

/** What one exchange came to: the data of an answer, `nak`, `busy`, or null for silence. */
export type Heard = readonly number[] | 'nak' | 'busy' | null

/** The last byte that makes the sum of a frame 0 modulo 256 (CT1 7.10). */
export const summed = (...body: readonly number[]): readonly number[] => [...body, (256 - (body.reduce((sum, byte) => sum + byte, 0) % 256)) % 256]

/** CRC-CCITT with a start of 0 (CT3 appendix 9), a bit at a time. */
function crcOf(bytes: readonly number[]): number {
  let register = 0
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = ((register >> 15) & 1) ^ ((byte >> bit) & 1)
      register = ((register << 1) & 0xffff) ^ (carry ? 0x1021 : 0)
    }
  return register
}

/** A frame with CRC (CT1 7.11). */
export function protectedFrame(destination: number, header: number, data: readonly number[]): readonly number[] {
  const crc = crcOf([destination, data.length, header, ...data])
  return [destination, data.length, crc & 0xff, header, ...data, crc >> 8]
}

/** A host that knows ccTalk from its specification alone, and none of our drivers. */
export interface ForeignHost {
  readonly clock: VirtualClock
  readonly simulator: Simulator
  readonly wire: ByteTransport
  /** Sends bytes as they stand and gives what comes back within `ms`. */
  exchange(bytes: readonly number[], ms?: number): Promise<readonly number[]>
  ask(header: number, ...data: readonly number[]): Promise<Heard>
}

export function foreignHost(make: (wire: ByteTransport, clock: VirtualClock) => Simulator, address: number, crc = false): ForeignHost {
  const clock = virtualClock(0)
  const [wire, far] = linkedPair()
  const simulator = make(far, clock)
  let heard: number[] = []
  wire.onData((bytes) => heard.push(...bytes))
  const exchange = async (bytes: readonly number[], ms = 60) => {
    heard = []
    await wire.write(Uint8Array.from(bytes))
    await clock.advance(ms)
    return heard
  }
  return {
    clock,
    simulator,
    wire,
    exchange,
    async ask(header, ...data) {
      const sent = crc ? protectedFrame(address, header, data) : summed(address, data.length, 1, header, ...data)
      // A solenoid is acknowledged after it fell back (CT2 3.16).
      const got = await exchange(sent, header === 240 ? 600 : 60)
      if (got.length === 0) return null
      const [destination, count, third, kind = 255] = got
      const body = got.slice(4, -1)
      const right = crc ? got.join() === protectedFrame(1, kind, body).join() : got.join() === summed(1, body.length, address, kind, ...body).join()
      if (destination !== 1 || count !== body.length || !right) throw new Error(`no reply of ${address}: ${got.join(' ')} (third ${third})`)
      return kind === 0 ? body : kind === 5 ? 'nak' : 'busy'
    },
  }
}
