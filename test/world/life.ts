import { cpSync } from 'node:fs'
import type { Clock } from '../../hardware/clock.ts'
import type { SerialDevice } from '../../hardware/host.ts'
import type { ByteTransport } from '../../hardware/transport.ts'
import type { BoothPorts } from '../../main/booth.ts'
import { startBooth, type RunningBooth } from '../../main/commands/demo/in-process-booth.ts'
import type { Surroundings } from '../../main/commands/demo/surroundings.ts'
import type { CentreRequest } from '../../main/contract/centre-wire.ts'
import { JournalFailure } from '../../main/journal/failure.ts'
import type { JournalRecord } from '../../main/session/records.ts'

/** When a life ends by force: at once, or in the middle of the next records, before or after they are durable. */
export type Kill = 'now' | 'before-record' | 'after-record'

/** One life of the booth's process. What it leaves behind when it is killed is what a process leaves: its files as they are at that moment. */
export interface Life extends RunningBooth {
  readonly isAlive: () => boolean
  kill(when: Kill): void
  /** Takes back a kill that has not come yet. */
  spare(): void
}

export interface LifeOptions {
  readonly surroundings: Surroundings
  readonly clock: Clock
  /** The booth's folder, and where it is copied to when the life is killed: what goes on in the dead process touches the old one only. */
  readonly dir: string
  readonly heirDir: string
  readonly chance: () => string
  readonly makePhoto: NonNullable<BoothPorts['makePhoto']>
  readonly isDiskFull: () => boolean
  readonly isLineCut: () => boolean
  /** Whether every write to a device throws, which no wire ever should. */
  readonly isBroken: (device: SerialDevice) => boolean
  /** Something is on its way to the centre. */
  readonly onAsked: (request: CentreRequest) => void
  /** It is durable. */
  readonly onRecord: (record: JournalRecord) => void
  readonly onKilled: () => void
}

/** Starts a life. Everything that goes in or out of it passes a gate that shuts for good when it is killed. */
export async function beginLife(options: LifeOptions): Promise<Life> {
  const { surroundings, clock, dir } = options
  let alive = true
  let killAt: Kill | null = null
  const wires: ByteTransport[] = []

  const die = () => {
    alive = false
    cpSync(dir, options.heirDir, { recursive: true })
    for (const wire of wires) void wire.close()
    options.onKilled()
  }
  const gatedClock: Clock = {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (ms, act) => clock.after(ms, () => void (alive && act())),
  }
  const gatedWire = (device: SerialDevice, wire: ByteTransport): ByteTransport => {
    wires.push(wire)
    return {
      write(bytes) {
        if (options.isBroken(device)) throw new Error('a bug of the wire')
        return alive ? wire.write(bytes) : Promise.resolve(false)
      },
      onData: (listen) => wire.onData((bytes) => void (alive && listen(bytes))),
      onClose: (listen) => wire.onClose(() => void (alive && listen())),
      close: () => wire.close(),
    }
  }
  const gated: Surroundings = {
    ...surroundings,
    open: (device, settings) => async () => {
      const wire = await surroundings.open(device, settings)()
      return wire && alive ? gatedWire(device, wire) : null
    },
    async exchange(request, signal) {
      if (alive) options.onAsked(request)
      if (options.isLineCut()) return { ok: false, reason: 'unreachable' }
      const exchanged = await surroundings.exchange(request, signal)
      if (!alive) return new Promise(() => {})
      return options.isLineCut() ? { ok: false, reason: 'unreachable' } : exchanged
    },
  }
  const ports = (own: BoothPorts): BoothPorts => {
    if (!own.journal.ok) return own
    const { journal } = own.journal
    const append: typeof journal.append = (records) => {
      if (alive && killAt === 'before-record') die()
      if (!alive) throw new JournalFailure('closed', 'the process is dead')
      if (options.isDiskFull()) throw new JournalFailure('disk-full', 'no room')
      const appended = journal.append(records)
      for (const record of records) options.onRecord(record)
      if (killAt === 'after-record') die()
      return appended
    }
    return { ...own, journal: { ok: true, journal: { ...journal, append } }, chance: options.chance, makePhoto: options.makePhoto }
  }
  const running = await startBooth(gated, gatedClock, dir, ports)
  return {
    ...running,
    isAlive: () => alive,
    kill(when) {
      if (when === 'now') die()
      else killAt = when
    },
    spare() {
      killAt = null
    },
  }
}
