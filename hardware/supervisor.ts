import type { Clock } from './clock.ts'
import type { DeviceHealth, DeviceIdentity, Driver, MakeDriver } from './device.ts'
import { faults, type FaultCode } from './faults.ts'
import { makeFlicker } from './flicker.ts'
import type { ByteTransport, Line } from './transport.ts'

const heartbeatEveryMs = 500
const firstRetryMs = 500
const longestRetryMs = 10_000
const keptFrames = 500
/** How long a driver may take to bring its device to rest before the line is closed all the same. */
const restMs = 1500

/** One frame as it went over the line. */
export interface TracedFrame {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly hex: string
  readonly note: string | null
}

/** The life of one device: opened, identified, watched, and opened anew when it is lost. */
export interface Supervisor<Command> {
  /** Hands a command to the driver, after those before it; false when there is no running driver, and then it is dropped. */
  send(command: Command): boolean
  health(): DeviceHealth
  /** The last 500 frames, oldest first. */
  frames(): readonly TracedFrame[]
  /** Brings the device to rest and closes its line for good. */
  stop(): Promise<void>
}

export interface SupervisorOptions<Command, Event, Wire extends Line = ByteTransport> {
  readonly clock: Clock
  /** Opens a fresh line each time; null, or the fault that says more than `lostFault`, when it cannot be opened now. */
  readonly open: () => Promise<Wire | FaultCode | null>
  readonly make: MakeDriver<Command, Event, Wire>
  /** What the booth is told while the device is gone. */
  readonly lostFault: FaultCode
  /** The longest wait between two tries, 10 s unless told. */
  readonly longestRetryMs?: number
  readonly onEvent: (event: Event) => void
  /** Called with each change of health, and once at the beginning. */
  readonly onHealth: (health: DeviceHealth) => void
  /** Called with what a driver threw: a bug, which costs its device and no other (F12). */
  readonly onThrow?: (error: unknown) => void
  /** Called when a driver is running, before any other command: what the device has to be told again. */
  readonly afterStart?: () => readonly Command[]
}

/** Whatever it throws, at once or later, is a promise that failed. */
const attempt = async <Result>(act: () => Promise<Result>): Promise<Result> => act()

const severities = ['stop', 'limit', 'note'] as const

function worstFirst(codes: readonly FaultCode[]): readonly FaultCode[] {
  return [...new Set(codes)].sort((one, other) => severities.indexOf(faults[one].severity) - severities.indexOf(faults[other].severity))
}

/** The same line, on which every listener that a driver hangs up runs in `guarded`. */
function guardListeners<Wire extends Line>(wire: Wire, guarded: (act: () => void) => void): Wire {
  type Listener = (...heard: readonly unknown[]) => void
  const members = Object.entries(wire).map(([name, member]) => {
    if (!name.startsWith('on')) return [name, member] as const
    const hang = member as (listen: Listener) => void
    return [name, (listen: Listener) => hang((...heard) => guarded(() => listen(...heard)))] as const
  })
  return Object.fromEntries(members) as Wire
}

/** Starts the life of a device. Never throws: a driver that does is a driver that lost its device. */
export function superviseDevice<Command, Event, Wire extends Line = ByteTransport>(options: SupervisorOptions<Command, Event, Wire>): Supervisor<Command> {
  const { clock, open, make, lostFault, onEvent, onHealth, onThrow = () => undefined } = options
  interface Running {
    readonly wire: Wire
    readonly driver: Driver<Command>
    identity: DeviceIdentity | null
    reported: readonly FaultCode[]
    /** Ends when the last command was carried out. */
    commands: Promise<void>
  }
  let running: Running | null = null
  let stopped = false
  let retryMs = firstRetryMs
  let cancelTimer: () => void = () => undefined
  let health: DeviceHealth = { state: 'starting', identity: null, faults: [] }
  /** As it went over the line: it becomes text only when somebody wants to read it. */
  type KeptFrame = Omit<TracedFrame, 'hex'> & { readonly bytes: Uint8Array }
  const kept: KeptFrame[] = []
  let oldest = 0

  const thrown = (error: unknown): false => {
    onThrow(error)
    return false
  }

  const tell = (next: DeviceHealth) => {
    if (JSON.stringify(next) === JSON.stringify(health)) return
    health = next
    onHealth(health)
  }

  const tellRunning = (own: Running) => {
    if (own !== running || !own.identity) return
    const wrong = flicker.counts(own.reported)
    const limited = wrong.some((code) => faults[code].removes.length > 0)
    tell({ state: limited ? 'limited' : 'ready', identity: own.identity, faults: worstFirst(wrong) })
  }
  const flicker = makeFlicker(clock, () => running && tellRunning(running))

  const rest = async ({ driver, wire }: Running) => {
    const patience = new Promise<void>((done) => void clock.after(restMs, done))
    await Promise.race([attempt(() => driver.stop()).catch(onThrow), patience])
    await wire.close()
  }

  /** Ends this connection; a new one is tried after a while. */
  const lose = async (own: Running | null, why: FaultCode = lostFault) => {
    if (own !== running || stopped) return
    running = null
    cancelTimer()
    tell({ state: 'lost', identity: health.identity, faults: worstFirst(flicker.counts([why, ...(own?.reported ?? [])])) })
    if (own) await rest(own)
    if (stopped) return
    cancelTimer = clock.after(retryMs, () => void connect())
    retryMs = Math.min(retryMs * 2, options.longestRetryMs ?? longestRetryMs)
  }

  const watch = (own: Running) => {
    cancelTimer = clock.after(heartbeatEveryMs, async () => {
      const alive = await attempt(() => own.driver.heartbeat()).catch(thrown)
      if (own !== running) return
      if (alive) watch(own)
      else await lose(own)
    })
  }

  const send = (command: Command): boolean => {
    const own = running
    if (!own?.identity) return false
    own.commands = own.commands
      .then(() => (own === running ? own.driver.execute(command) : undefined))
      .catch((error: unknown) => {
        onThrow(error)
        return lose(own)
      })
    return true
  }

  const connect = async (): Promise<void> => {
    const wire = await open().catch(() => null)
    if (typeof wire === 'string' || !wire) return stopped ? undefined : lose(null, wire ?? lostFault)
    if (stopped) return wire.close()
    /** Whatever a driver does by itself, when bytes come or time has passed, may throw as well. */
    const guarded = (act: () => void) => {
      try {
        act()
      } catch (error) {
        onThrow(error)
        if (running?.wire === wire) void lose(running)
      }
    }
    const guardedWire = guardListeners(wire, guarded)
    const ports = {
      clock: { ...clock, after: (ms: number, act: () => void) => clock.after(ms, () => guarded(act)) },
      emit: (event: Event) => void (running?.wire === wire && onEvent(event)),
      report(codes: readonly FaultCode[]) {
        if (running?.wire !== wire) return
        // Most drivers say with each look what is wrong.
        if (codes.join() === running.reported.join()) return
        running.reported = codes
        tellRunning(running)
      },
      trace(direction: 'in' | 'out', bytes: Uint8Array, note?: string) {
        const frame = { at: clock.now(), direction, bytes: new Uint8Array(bytes), note: note ?? null }
        if (kept.length < keptFrames) return void kept.push(frame)
        kept[oldest] = frame
        oldest = (oldest + 1) % keptFrames
      },
    }
    let driver: Driver<Command>
    try {
      driver = make(guardedWire, ports)
    } catch (error) {
      onThrow(error)
      await wire.close()
      return lose(null)
    }
    const own: Running = { wire, driver, identity: null, reported: [], commands: Promise.resolve() }
    running = own
    wire.onClose(() => void lose(own))
    own.identity = (await attempt(() => own.driver.start()).catch(thrown)) || null
    if (own !== running) return
    if (!own.identity) return lose(own)
    retryMs = firstRetryMs
    tellRunning(own)
    for (const command of options.afterStart?.() ?? []) send(command)
    watch(own)
  }

  onHealth(health)
  void connect()

  return {
    send,
    health: () => health,
    frames: () => [...kept.slice(oldest), ...kept.slice(0, oldest)].map(({ bytes, ...frame }) => ({ ...frame, hex: Buffer.from(bytes).toString('hex') })),
    async stop() {
      stopped = true
      cancelTimer()
      flicker.stop()
      const own = running
      running = null
      if (own) await rest(own)
    },
  }
}
