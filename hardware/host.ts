import { makeBillValidatorDriver } from './bill-validator/driver.ts'
import type { BillValidatorCommand, BillValidatorEvent } from './bill-validator/events.ts'
import { superviseCardReader, type OpenCards } from './card-device.ts'
import { makeCabinetDriver } from './cabinet/driver.ts'
import type { CabinetCommand, CabinetEvent } from './cabinet/events.ts'
import type { Clock } from './clock.ts'
import { makeCoinAcceptorDriver } from './coin-acceptor/driver.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from './coin-acceptor/events.ts'
import type { DeviceHealth, DeviceKind, MakeDriver } from './device.ts'
import type { FaultCode } from './faults.ts'
import { makeHopperDriver } from './hopper/driver.ts'
import type { HopperCommand, HopperEvent } from './hopper/events.ts'
import { makePrinterDriver } from './printer/driver.ts'
import type { PrinterCommand, PrinterEvent } from './printer/events.ts'
import { makeQrScannerDriver } from './qr-scanner/driver.ts'
import type { QrScannerCommand, QrScannerEvent } from './qr-scanner/events.ts'
import { superviseProgramDevices, type ProgramDevice } from './program-devices.ts'
import { shareLine } from './shared-line.ts'
import { superviseDevice, type Supervisor, type TracedFrame } from './supervisor.ts'
import type { OpenTransport } from './transport.ts'
import type { DeviceHost, DeviceSettings, HostMessage } from './wire.ts'

/** The devices that hang on a serial line. */
export type SerialDevice = Exclude<DeviceKind, 'camera' | 'card-reader' | ProgramDevice>

/** The devices that this process knows. */
export type HostDevice = SerialDevice | ProgramDevice | 'card-reader'

/** How a device's line is set: 8 data bits, 1 stop bit, no parity unless told. */
export interface LineSettings {
  readonly path: string
  readonly baudRate: number
  readonly parity: 'none' | 'even'
}

export interface HostPorts {
  readonly clock: Clock
  /** Says how the line to a device is opened. */
  open(device: SerialDevice, settings: LineSettings): OpenTransport
  /** Opens the chip card reader; without it there is none. */
  readonly openCards?: OpenCards
  /** A driver threw: a bug. */
  onThrow?(device: HostDevice, error: unknown): void
}

/** A device host that also shows the frames of its lines. */
export interface TracingDeviceHost extends DeviceHost {
  /** The last 500 frames, oldest first. */
  frames(device: HostDevice): readonly TracedFrame[]
}

const lostFaults: Readonly<Record<SerialDevice, FaultCode>> = {
  'coin-acceptor': 'coin-acceptor-lost',
  hopper: 'hopper-lost',
  'bill-validator': 'bill-validator-lost',
  cabinet: 'cabinet-lost',
  'qr-scanner': 'qr-scanner-lost',
  printer: 'printer-lost',
}

const serialDevices = Object.keys(lostFaults) as readonly SerialDevice[]

/** ID-003 has a parity bit, and a Modbus module may. */
function parityOf(device: SerialDevice, settings: DeviceSettings): 'none' | 'even' {
  if (device === 'cabinet') return settings.cabinet?.parity ?? 'none'
  return device === 'bill-validator' && settings[device]?.protocol === 'id003' ? 'even' : 'none'
}

/**
 * Starts the life of every configured device. What a device was last told to be (configured, accepting, listening) belongs to the host: it is told
 * again after each reconnect. What it was told to do once (print) is answered `not-printed` when it cannot be done.
 */
export function createDeviceHost(settings: DeviceSettings, ports: HostPorts): TracingDeviceHost {
  const listeners: ((message: HostMessage) => void)[] = []
  const healths = new Map<HostDevice, DeviceHealth>()
  const supervisors = new Map<HostDevice, Pick<Supervisor<never>, 'stop' | 'frames'>>()
  const tell = (message: HostMessage) => {
    for (const listen of listeners) listen(message)
  }

  /** Devices with one path hang on one bus: its port is opened once. */
  const shared = new Map<string, OpenTransport>()
  const isShared = (path: string) => serialDevices.filter((device) => settings[device]?.path === path).length > 1
  const openerOf = (device: SerialDevice, line: LineSettings): OpenTransport => {
    if (!isShared(line.path)) return ports.open(device, line)
    const opener = shared.get(line.path) ?? shareLine(ports.open(device, line))
    shared.set(line.path, opener)
    return opener
  }

  const supervise = <Command, Event>(
    device: SerialDevice,
    make: MakeDriver<Command, Event>,
    onEvent: (event: Event) => void,
    afterStart: () => readonly Command[],
    onLost: () => void = () => undefined,
  ): Supervisor<Command> | null => {
    const own = settings[device]
    if (!own) return null
    const supervisor = superviseDevice<Command, Event>({
      clock: ports.clock,
      open: openerOf(device, { path: own.path, baudRate: own.baudRate, parity: parityOf(device, settings) }),
      make,
      lostFault: lostFaults[device],
      onThrow: (error) => ports.onThrow?.(device, error),
      onEvent,
      onHealth(health) {
        healths.set(device, health)
        tell({ kind: 'health', device, health })
        if (health.state === 'lost') onLost()
      },
      afterStart,
    })
    supervisors.set(device, supervisor)
    return supervisor
  }

  let configured: Extract<CoinAcceptorCommand, { kind: 'configure' }> | null = null
  let accepted: Extract<CoinAcceptorCommand, { kind: 'accept' }> | null = null
  const coinAcceptor =
    settings['coin-acceptor'] &&
    supervise<CoinAcceptorCommand, CoinAcceptorEvent>(
      'coin-acceptor',
      makeCoinAcceptorDriver(settings['coin-acceptor']),
      (event) => tell({ kind: 'event', device: 'coin-acceptor', event }),
      () => [configured, accepted].filter((command) => command !== null),
    )

  /** What the validator was last told to be, and what is to become of the note in it; the ordinal keeps an old decision from a new note. */
  const notes: Partial<{ [Kind in BillValidatorCommand['kind']]: Extract<BillValidatorCommand, { kind: Kind }> }> = {}
  const rememberNotes = (command: BillValidatorCommand) => {
    if (command.kind === 'configure') delete notes.stack
    if (command.kind !== 'recorded') Object.assign(notes, { [command.kind === 'return' ? 'stack' : command.kind]: command })
    else if (notes.configure) notes.configure = { ...notes.configure, cursor: command.cursor }
  }
  const billValidator =
    settings['bill-validator'] &&
    supervise<BillValidatorCommand, BillValidatorEvent>(
      'bill-validator',
      makeBillValidatorDriver(settings['bill-validator']),
      (event) => tell({ kind: 'event', device: 'bill-validator', event }),
      () => [notes.configure, notes.accept, notes.stack].filter((command) => command !== undefined),
    )

  const hopper =
    settings.hopper &&
    supervise<HopperCommand, HopperEvent>(
      'hopper',
      makeHopperDriver(settings.hopper),
      (event) => tell({ kind: 'event', device: 'hopper', event }),
      // A pay-out is never told again: the booth settles what is open when the hoppers are back.
      () => [],
    )

  let lamp: CabinetCommand | null = null
  const cabinet =
    settings.cabinet &&
    supervise<CabinetCommand, CabinetEvent>(
      'cabinet',
      makeCabinetDriver(settings.cabinet),
      (event) => tell({ kind: 'event', device: 'cabinet', event }),
      () => (lamp ? [lamp] : []),
    )

  let scannerState: QrScannerCommand | null = null
  const qrScanner =
    settings['qr-scanner'] &&
    supervise<QrScannerCommand, QrScannerEvent>(
      'qr-scanner',
      makeQrScannerDriver(settings['qr-scanner']),
      (event) => tell({ kind: 'event', device: 'qr-scanner', event }),
      () => (scannerState ? [scannerState] : []),
    )

  /** Jobs that the printer has not answered. */
  const jobs = new Set<string>()
  const answerJob = (event: PrinterEvent) => {
    if (jobs.delete(event.job)) tell({ kind: 'event', device: 'printer', event })
  }
  const abandonJobs = () => {
    for (const job of jobs) answerJob({ kind: 'not-printed', job })
  }
  const printer =
    settings.printer && supervise<PrinterCommand, PrinterEvent>('printer', makePrinterDriver(settings.printer), answerJob, () => [], abandonJobs)

  const cardReader =
    settings['card-reader'] &&
    superviseCardReader(settings['card-reader'], {
      clock: ports.clock,
      open: (own) => ports.openCards?.(own) ?? Promise.resolve(null),
      onEvent: (event) => tell({ kind: 'event', device: 'card-reader', event }),
      onHealth(health) {
        healths.set('card-reader', health)
        tell({ kind: 'health', device: 'card-reader', health })
      },
      onThrow: (error) => ports.onThrow?.('card-reader', error),
    })
  if (cardReader) supervisors.set('card-reader', cardReader)

  const programs = superviseProgramDevices(settings, {
    clock: ports.clock,
    onEvent: (event) => tell({ kind: 'event', ...event }),
    onHealth(device, health) {
      healths.set(device, health)
      tell({ kind: 'health', device, health })
    },
    onThrow: (device, error) => ports.onThrow?.(device, error),
  })
  for (const [device, supervisor] of programs.supervisors) supervisors.set(device, supervisor)

  return {
    send(command) {
      switch (command.device) {
        case 'coin-acceptor':
          if (command.command.kind === 'configure') configured = command.command
          else if (command.command.kind === 'accept') accepted = command.command
          else if (configured) configured = { ...configured, cursor: command.command.cursor }
          coinAcceptor?.send(command.command)
          return
        case 'bill-validator':
          rememberNotes(command.command)
          billValidator?.send(command.command)
          return
        case 'hopper':
          hopper?.send(command.command)
          return
        case 'cabinet':
          lamp = command.command
          cabinet?.send(command.command)
          return
        case 'qr-scanner':
          scannerState = command.command
          qrScanner?.send(command.command)
          return
        case 'card-reader':
          cardReader?.send(command.command)
          return
        case 'printer':
          jobs.add(command.command.job)
          if (!printer?.send(command.command)) answerJob({ kind: 'not-printed', job: command.command.job })
          return
        case 'sheet-printer':
        case 'still-camera':
          programs.send(command)
      }
    },
    onMessage(listen) {
      listeners.push(listen)
      for (const [device, health] of healths) listen({ kind: 'health', device, health })
    },
    frames: (device) => supervisors.get(device)?.frames() ?? [],
    async stop() {
      abandonJobs()
      programs.abandon()
      await Promise.all(Array.from(supervisors.values(), (supervisor) => supervisor.stop()))
    },
  }
}
