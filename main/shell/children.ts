import type { Clock } from '../../hardware/clock.ts'
import type { Answer, Role } from '../contract/commands.ts'
import type { DeviceSummary, FromBooth, ToBooth, ViewPush } from '../contract/wire.ts'
import type { Child } from './child.ts'

/** Back-off of a child that keeps dying: doubled each time, back to the first after it lived `steadyMs`. */
const firstPauseMs = 200
const longestPauseMs = 10_000
const steadyMs = 30_000

/** How the booth process says that starting it again cannot help (sysexits EX_CONFIG); it has said why on standard error. */
export const exitConfiguration = 78

/** What the shell does for its two processes, and what it hears of them. */
export interface ChildrenPorts {
  readonly clock: Clock
  startBooth(onMessage: (message: FromBooth) => void): Child
  startDevices(onMessage: (message: unknown) => void): Child
  /** The view to draw; null while there is no booth. */
  onPush(push: ViewPush | null): void
  onDevices(devices: readonly DeviceSummary[]): void
  /** The booth cannot run as it is configured: nothing is started again. */
  onHopeless(): void
  /** A line for the operator's log; never personal data. */
  log(line: string): void
}

/** The booth and device processes, kept alive. */
export interface Children {
  request(role: Role, name: string, input: unknown): Promise<Answer>
  pageLost(): void
  stop(): Promise<void>
}

const noBooth: Answer = { ok: false, error: { code: 'no-booth' } }

/**
 * Starts both processes, passes messages between them unread and starts again what dies. Devices never outlive their booth: whoever
 * takes coins must have somebody who books them, so a booth that dies takes its device process along.
 */
export function keepChildren(ports: ChildrenPorts): Children {
  let booth: Child | null = null
  let devices: Child | null = null
  const stopping = new AbortController()
  let lastId = 0
  const waiting = new Map<number, (answer: Answer) => void>()

  const tell = (message: ToBooth) => booth?.send(message)

  const hear = (message: FromBooth) => {
    switch (message.kind) {
      case 'answer':
        waiting.get(message.id)?.(message.answer)
        waiting.delete(message.id)
        return
      case 'view':
        return ports.onPush(message.push)
      case 'device':
        return devices?.send(message.command as object)
      case 'devices':
        return ports.onDevices(message.devices)
    }
  }

  /** Runs `live`, which resolves when its process is gone, again and again until `over`. */
  const again = async (name: string, over: AbortSignal, live: () => Promise<void>) => {
    let pauseMs = firstPauseMs
    while (!over.aborted) {
      const since = ports.clock.monotonic()
      await live()
      if (over.aborted) return
      pauseMs = ports.clock.monotonic() - since > steadyMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      ports.log(`${name} process ended; starting it again in ${pauseMs} ms`)
      await new Promise<void>((done) => {
        const takeBack = ports.clock.after(pauseMs, done)
        over.addEventListener('abort', () => {
          takeBack()
          done()
        })
      })
    }
  }

  const liveWithDevices = async () => {
    const boothLife = new AbortController()
    const current = ports.startBooth(hear)
    booth = current
    const deviceLife = again('device', boothLife.signal, async () => {
      devices = ports.startDevices((message) => tell({ kind: 'device', message }))
      await devices.gone
      devices = null
      if (!boothLife.signal.aborted) tell({ kind: 'devices-lost' })
    })
    const code = await current.gone
    boothLife.abort()
    booth = null
    for (const answer of waiting.values()) answer(noBooth)
    waiting.clear()
    ports.onPush(null)
    await devices?.stop()
    await deviceLife
    if (code === exitConfiguration && !stopping.signal.aborted) {
      stopping.abort()
      ports.onHopeless()
    }
  }

  const life = again('booth', stopping.signal, liveWithDevices)

  return {
    request(role, name, input) {
      if (!booth) return Promise.resolve(noBooth)
      lastId += 1
      const id = lastId
      return new Promise((done) => {
        // Said first: what cannot be written as JSON throws here and leaves nothing behind.
        tell({ kind: 'request', id, role, name, input })
        waiting.set(id, done)
      })
    },
    pageLost: () => tell({ kind: 'page-lost' }),
    async stop() {
      stopping.abort()
      tell({ kind: 'stop' })
      await booth?.stop()
      await life
    },
  }
}
