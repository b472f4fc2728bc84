import type { Clock } from './clock.ts'
import type { FaultCode } from './faults.ts'
import type { ByteTransport, Line } from './transport.ts'

/** The kinds of device that a booth can have; one of each. */
export const deviceKinds = ['coin-acceptor', 'hopper', 'bill-validator', 'cabinet', 'qr-scanner', 'card-reader', 'printer', 'sheet-printer', 'still-camera', 'camera'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/**
 * Where a device stands: `starting` until the first probe answered, `ready`, `limited` (answers, but a fault takes abilities away),
 * `lost` (silent or gone; being tried again), `off` (not configured).
 */
export type DeviceState = 'starting' | 'ready' | 'limited' | 'lost' | 'off'

/** What a device says that it is, in its own words, cut at 64 characters with control characters removed. */
export interface DeviceIdentity {
  readonly manufacturer: string
  readonly product: string
  readonly serial: string
  readonly software: string
}

/** What is known of a device now. */
export interface DeviceHealth {
  readonly state: DeviceState
  readonly identity: DeviceIdentity | null
  /** The faults that hold now, worst first. */
  readonly faults: readonly FaultCode[]
}

/** What a driver is given: time, and the places where its events, faults and frames go. */
export interface DriverPorts<Event> {
  readonly clock: Clock
  /** Hands an event to the booth. */
  emit(event: Event): void
  /** Replaces the set of faults that the driver holds; empty when all is well. */
  report(faults: readonly FaultCode[]): void
  /** Notes a frame for the technician; the supervisor keeps the last 500. Never called with a code's content or other personal data. */
  trace(direction: 'in' | 'out', bytes: Uint8Array, note?: string): void
}

/** One opened connection to one device. A driver never reconnects: the supervisor makes a new one. */
export interface Driver<Command> {
  /** Identifies and prepares the device; null when it does not answer or is not what was expected (the reason is reported as a fault). */
  start(): Promise<DeviceIdentity | null>
  /** Asks whether the device is still there; false when it stayed silent through the driver's own retries. */
  heartbeat(): Promise<boolean>
  /** Carries out a command; what comes of it arrives as events. */
  execute(command: Command): Promise<void>
  /** Brings the device to rest (coins inhibited, scanner dark) as well as the line still allows. */
  stop(): Promise<void>
}

/** Makes a driver on an open line. */
export type MakeDriver<Command, Event, Wire extends Line = ByteTransport> = (wire: Wire, ports: DriverPorts<Event>) => Driver<Command>
