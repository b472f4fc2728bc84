import type { Clock } from './clock.ts'
import { makeCoinAcceptorDriver } from './coin-acceptor/driver.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from './coin-acceptor/events.ts'
import type { DeviceHealth, DeviceKind, MakeDriver } from './device.ts'
import type { FaultCode } from './faults.ts'
import { makePrinterDriver } from './printer/driver.ts'
import type { PrinterCommand, PrinterEvent } from './printer/events.ts'
import { makeQrScannerDriver } from './qr-scanner/driver.ts'
import type { QrScannerCommand, QrScannerEvent } from './qr-scanner/events.ts'
import { superviseProgramDevices, type ProgramDevice } from './program-devices.ts'
import { superviseDevice, type Supervisor, type TracedFrame } from './supervisor.ts'
import type { OpenTransport } from './transport.ts'
import type { DeviceHost, DeviceSettings, HostMessage } from './wire.ts'

/** The devices that hang on a serial line. */
export type SerialDevice = Exclude<DeviceKind, 'camera' | ProgramDevice>

/** The devices that this process knows. */
export type HostDevice = SerialDevice | ProgramDevice

export interface HostPorts {
  readonly clock: Clock
  /** Says how the line to a device is opened. */
  open(device: SerialDevice, settings: { readonly path: string; readonly baudRate: number }): OpenTransport
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
  'qr-scanner': 'qr-scanner-lost',
  printer: 'printer-lost',
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
      open: ports.open(device, own),
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
        case 'qr-scanner':
          scannerState = command.command
          qrScanner?.send(command.command)
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
