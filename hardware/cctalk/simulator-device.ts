import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import type { Checksum } from './frames.ts'
import { makeAnswering, type Replies, type SimulatedCore, type SimulatedNames } from './simulator-core.ts'
import { act, lineHands, lineHelp, type Hands } from './simulator-hands.ts'
import { makeSimulatorLine } from './simulator-line.ts'

/** What may be said of every simulated ccTalk device and its line. */
export interface SimulatedDeviceOptions {
  /** 2..255; that of CT3 table 1 when not given. */
  readonly address?: number
  readonly checksum?: Checksum
  /** 0..16777215. */
  readonly serial?: number
  /** Whether the line returns what the host sends. */
  readonly echo?: boolean
  /** Replies take as long as at this rate. */
  readonly paceBaud?: number
  /** Bytes of chance for noise on the line; the system's when not given. */
  readonly chance?: (count: number) => Uint8Array
}

/** What makes one kind of device out of a ccTalk line. */
export interface SimulatedDevice {
  readonly names: SimulatedNames
  /** Where it is found, and its serial number, unless the options say otherwise. */
  readonly address: number
  readonly serial: number
  readonly replies: (core: SimulatedCore) => Replies
  /** Software reset (header 1). */
  restart(): void
  /** The supply was gone for a moment; the same as `restart` when not given. */
  powerCycle?(): void
  readonly hands: (core: SimulatedCore) => Hands
  readonly help: string
  stop?(): void
}

/** Puts a simulated device at the far end of `wire`. */
export function plugIn(wire: ByteTransport, clock: Clock, options: SimulatedDeviceOptions, device: SimulatedDevice): Simulator {
  const address = options.address ?? device.address
  /** An address that was changed lies in RAM (CT2 3.84). */
  const anew = (begin: () => void) => () => {
    core.address = address
    begin()
  }
  const core: SimulatedCore = {
    names: device.names,
    line: () => line,
    pollingPriority: [2, 20],
    address,
    serial: options.serial ?? device.serial,
    mood: 'normal',
    restart: anew(device.restart),
  }
  const lineOptions = { checksum: options.checksum ?? 'sum-8', paceBaud: options.paceBaud, chance: options.chance }
  const line = makeSimulatorLine(wire, clock, lineOptions, () => core.address, makeAnswering(core, device.replies(core)))
  line.echo = options.echo ?? false
  const hands: Hands = { ...lineHands(core, anew(device.powerCycle ?? device.restart)), ...device.hands(core) }

  return {
    hand: (spoken) => act(hands, spoken, `${device.help} | ${lineHelp} | help`),
    stop() {
      device.stop?.()
      line.stop()
      return Promise.resolve()
    },
  }
}
