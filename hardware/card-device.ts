import { readFileSync } from 'node:fs'
import type { CardLine } from './card-reader/card-line.ts'
import { readAuthorities, type Authorities } from './card-reader/certificate.ts'
import { makeCardReaderDriver } from './card-reader/driver.ts'
import type { CardReaderCommand, CardReaderEvent } from './card-reader/events.ts'
import type { Clock } from './clock.ts'
import type { DeviceHealth } from './device.ts'
import type { FaultCode } from './faults.ts'
import { superviseDevice, type Supervisor } from './supervisor.ts'
import type { DeviceSettings } from './wire.ts'

export type CardReaderSettings = NonNullable<DeviceSettings['card-reader']>

/** Opens the configured reader anew each time; the fault says why there is none. */
export type OpenCards = (settings: CardReaderSettings) => Promise<CardLine | FaultCode | null>

interface Ports {
  readonly clock: Clock
  readonly open: OpenCards
  readonly onEvent: (event: CardReaderEvent) => void
  readonly onHealth: (health: DeviceHealth) => void
  readonly onThrow: (error: unknown) => void
}

export interface CardReaderDevice extends Pick<Supervisor<CardReaderCommand>, 'stop' | 'frames'> {
  /** Every act is answered once, whatever becomes of the reader. */
  send(command: CardReaderCommand): void
}

/** A card service that comes back is wanted back soon. */
const longestRetryMs = 1000

function authoritiesOf({ authorities }: CardReaderSettings): Authorities {
  return authorities === undefined ? [] : readAuthorities(readFileSync(authorities, 'utf8'))
}

/** Starts the life of the chip card reader. */
export function superviseCardReader(settings: CardReaderSettings, ports: Ports): CardReaderDevice {
  /** The acts that were asked for and not answered yet. */
  const asked: Pick<CardReaderCommand, 'kind' | 'card'>[] = []
  const abandon = () => {
    for (const { kind, card } of asked.splice(0)) ports.onEvent({ kind: 'failed', card, act: kind, reason: 'closed', tries: null })
  }
  const supervisor = superviseDevice<CardReaderCommand, CardReaderEvent, CardLine>({
    clock: ports.clock,
    open: () => ports.open(settings),
    make: (line, driverPorts) => makeCardReaderDriver({ authorities: authoritiesOf(settings) })(line, driverPorts),
    lostFault: 'card-reader-lost',
    longestRetryMs,
    onEvent(event) {
      // Acts are carried out one after the other: what is not about the slot answers the first.
      if (event.kind !== 'card') asked.shift()
      ports.onEvent(event)
    },
    onHealth(health) {
      ports.onHealth(health)
      if (health.state === 'lost') abandon()
    },
    onThrow: ports.onThrow,
  })
  return {
    send(command) {
      // Never the whole of it: there may be a PIN in it.
      asked.push({ kind: command.kind, card: command.card })
      if (!supervisor.send(command)) abandon()
    },
    frames: supervisor.frames,
    async stop() {
      abandon()
      await supervisor.stop()
    },
  }
}
