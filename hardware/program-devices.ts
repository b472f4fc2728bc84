import { makeStillCameraDriver } from './camera/driver.ts'
import type { StillCameraCommand, StillCameraEvent } from './camera/events.ts'
import type { Clock } from './clock.ts'
import type { DeviceHealth, DeviceKind, MakeDriver } from './device.ts'
import type { FaultCode } from './faults.ts'
import { programRunner } from './program.ts'
import { makeSheetPrinterDriver } from './sheet-printer/driver.ts'
import type { SheetPrinterCommand, SheetPrinterEvent } from './sheet-printer/events.ts'
import { superviseDevice, type Supervisor } from './supervisor.ts'
import { linkedPair } from './transport.ts'
import type { DeviceCommand, DeviceEvent, DeviceSettings } from './wire.ts'

/** The devices that are reached by running a program of the system. */
export type ProgramDevice = Extract<DeviceKind, 'sheet-printer' | 'still-camera'>

export interface ProgramDevices {
  readonly supervisors: ReadonlyMap<ProgramDevice, Pick<Supervisor<never>, 'stop' | 'frames'>>
  /** Every command asks for one thing and is answered once, whatever becomes of the device. */
  send(command: Extract<DeviceCommand, { device: ProgramDevice }>): void
  /** Answers what is not answered yet: nothing will come. */
  abandon(): void
}

interface Ports {
  readonly clock: Clock
  readonly onEvent: (event: DeviceEvent) => void
  readonly onHealth: (device: ProgramDevice, health: DeviceHealth) => void
  readonly onThrow: (device: ProgramDevice, error: unknown) => void
}

/** Starts the life of the configured devices that are reached by a program. */
export function superviseProgramDevices(settings: DeviceSettings, ports: Ports): ProgramDevices {
  const { clock } = ports
  const supervisors = new Map<ProgramDevice, Pick<Supervisor<never>, 'stop' | 'frames'>>()

  /** One device whose commands are jobs; `nothing` is the answer of one that is not there, or goes away meanwhile. */
  const worker = <Command extends { readonly job: string }, Event extends { readonly job: string }>(
    device: ProgramDevice,
    lostFault: FaultCode,
    make: MakeDriver<Command, Event> | null,
    onEvent: (event: Event) => void,
    nothing: (job: string) => Event,
  ) => {
    const jobs = new Set<string>()
    const answer = (event: Event) => {
      if (jobs.delete(event.job)) onEvent(event)
    }
    const abandon = () => {
      for (const job of jobs) answer(nothing(job))
    }
    const supervisor =
      make &&
      superviseDevice<Command, Event>({
        clock,
        // A program is no line: what is opened leads nowhere, and can be closed.
        open: () => Promise.resolve(linkedPair()[0]),
        make,
        lostFault,
        onThrow: (error) => ports.onThrow(device, error),
        onEvent: answer,
        onHealth(health) {
          ports.onHealth(device, health)
          if (health.state === 'lost') abandon()
        },
      })
    if (supervisor) supervisors.set(device, supervisor)
    return {
      abandon,
      send(command: Command) {
        jobs.add(command.job)
        if (!supervisor?.send(command)) answer(nothing(command.job))
      },
    }
  }

  const { 'sheet-printer': sheets, 'still-camera': still } = settings
  const sheetPrinter = worker<SheetPrinterCommand, SheetPrinterEvent>(
    'sheet-printer',
    'sheet-printer-lost',
    sheets ? makeSheetPrinterDriver(sheets, programRunner(clock, { CUPS_SERVER: sheets.server, ...(sheets.programs && { PATH: `${sheets.programs}:${process.env['PATH'] ?? ''}` }) })) : null,
    (event) => ports.onEvent({ device: 'sheet-printer', event }),
    (job) => ({ kind: 'not-printed', job }),
  )
  const stillCamera = worker<StillCameraCommand, StillCameraEvent>(
    'still-camera',
    'still-camera-lost',
    still ? makeStillCameraDriver(still, programRunner(clock)) : null,
    (event) => ports.onEvent({ device: 'still-camera', event }),
    (job) => ({ kind: 'no-still', job, reason: 'lost' }),
  )

  return {
    supervisors,
    send(command) {
      if (command.device === 'sheet-printer') sheetPrinter.send(command.command)
      else stillCamera.send(command.command)
    },
    abandon() {
      sheetPrinter.abandon()
      stillCamera.abandon()
    },
  }
}
