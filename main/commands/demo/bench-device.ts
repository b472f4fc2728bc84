import type { Clock } from '../../../hardware/clock.ts'
import { type Simulator, simulatorWriteSlackMs } from '../../../hardware/simulator.ts'
import type { ByteTransport } from '../../../hardware/transport.ts'
import { openSerial } from '../../../hardware/transports/serial.ts'
import { openPtyPair, type PtyPair } from './pty-pair.ts'

/** Makes the simulator of one device on a line. */
export type MakeSimulator = (wire: ByteTransport, clock: Clock) => Simulator

/**
 * Puts a simulated device at one end of a cable. Its hands are the simulator's, and two for the cable: `tear` and `mend`. A mended cable finds the device
 * powered up anew, as a plug pulled and pushed in would.
 */
export async function startBenchDevice(path: string, make: MakeSimulator, clock: Clock): Promise<Simulator> {
  let cable: PtyPair | null = null
  let simulator: Simulator | null = null

  const mend = async (): Promise<string> => {
    if (cable) return 'error: the cable is whole'
    cable = await openPtyPair(path, clock)
    const wire = await openSerial(cable.device, { baudRate: 115_200, clock, writeSlackMs: simulatorWriteSlackMs })
    if (!wire) throw new Error(`cannot open ${cable.device}`)
    simulator = make(wire, clock)
    return 'ok'
  }
  const tear = async (): Promise<string> => {
    if (!cable) return 'error: the cable is torn'
    await simulator?.stop()
    simulator = null
    await cable.cut()
    cable = null
    return 'ok'
  }

  await mend()
  return {
    async hand(line) {
      if (line === 'tear') return tear()
      if (line === 'mend') return mend()
      if (!simulator) return 'error: the cable is torn'
      const answer = await simulator.hand(line)
      return line === 'help' ? `${answer} | tear | mend` : answer
    },
    async stop() {
      await tear()
    },
  }
}
