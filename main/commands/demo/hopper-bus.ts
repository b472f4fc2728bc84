import type { Clock } from '../../../hardware/clock.ts'
import { makeHopperSimulator } from '../../../hardware/hopper/simulator.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import type { ByteTransport } from '../../../hardware/transport.ts'
import { sharedDevice } from './socket.ts'

/** The hoppers of a demonstration. */
export const demoHoppers = [
  { address: 3, coin: 'JP100A', filled: 60 },
  { address: 4, coin: 'JP050A', filled: 40 },
  { address: 5, coin: 'JP010A', filled: 60 },
] as const

/** Hoppers that hang on one line; a hand begins with the address of the one that it means. */
export function makeHopperBus(wire: ByteTransport, clock: Clock): Simulator {
  const ends = sharedDevice(wire, demoHoppers.length)
  const units = new Map(
    demoHoppers.map(({ address, coin, filled }, index) => [String(address), makeHopperSimulator(ends[index] ?? wire, clock, { address, coin, coins: filled, serial: 1000 + address })]),
  )
  return {
    hand(line) {
      const [address = '', ...words] = line.split(' ')
      return units.get(address)?.hand(words.join(' ')) ?? Promise.resolve(`error: there is no hopper ${address}`)
    },
    async stop() {
      await Promise.all(Array.from(units.values(), (unit) => unit.stop()))
    },
  }
}
