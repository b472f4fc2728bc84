import type { Clock } from '../../hardware/clock.ts'
import type { Answer, Role } from '../contract/commands.ts'
import type { SheetPage } from '../contract/sheet.ts'
import type { DeviceSummary, FromBooth, ToBooth, ViewPush } from '../contract/wire.ts'
import type { Child } from './child.ts'
import { countDeaths } from './restarts.ts'

/** How the booth process says that starting it again cannot help (sysexits EX_CONFIG); it has said why on standard error. */
export const exitConfiguration = 78
/** How it says that another booth has the same data folder (sysexits EX_CANTCREAT). */
export const exitInUse = 73

/** Why there is no booth, and will not be one soon. */
export type BoothTrouble = 'configuration-refused' | 'booth-not-starting'

/** What the shell does for its two processes, and what it hears of them. */
export interface ChildrenPorts {
  readonly clock: Clock
  startBooth(onMessage: (message: FromBooth) => void): Child
  startDevices(onMessage: (message: unknown) => void): Child
  /** Settles once a view stands on the glass, or takes too long: on a small machine devices that start beside the page keep it waiting. */
  readonly glassDrawn: Promise<unknown>
  /** The view to draw; null while there is no booth. */
  onPush(push: ViewPush | null): void
  onDevices(devices: readonly DeviceSummary[]): void
  /** Draws a sheet as PDF; null when it cannot. */
  drawSheet(page: SheetPage): Promise<Uint8Array | null>
  /** The booth does not come up; it is tried again about once a minute. */
  onTrouble(trouble: BoothTrouble): void
  /** Another copy of this booth runs already: nothing is started again. */
  onSecondCopy(): void
  /** A line for the operator's log; never personal data. */
  log(line: string): void
}

/** The booth and device processes, kept alive. */
export interface Children {
  request(role: Role, name: string, input: unknown): Promise<Answer>
  pageLost(): void
  /** Pages on the resident's glass end again and again, or one has drawn again. */
  screenFault(held: boolean): void
  /** Something typed into the resident's page as only a machine does. */
  keysTyped(): void
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

  const drawSheet = async ({ id, page }: Extract<FromBooth, { kind: 'draw-sheet' }>) => {
    const asker = booth
    const pdf = await ports.drawSheet(page)
    // A booth that was started meanwhile has numbers of its own.
    if (booth === asker) tell({ kind: 'sheet-drawn', id, pdfBase64: pdf && Buffer.from(pdf).toString('base64') })
  }

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
      case 'draw-sheet':
        return void drawSheet(message)
      case 'devices':
        return ports.onDevices(message.devices)
    }
  }

  /** Runs `live`, which resolves with an exit code when its process is gone, again and again until `over`. */
  const again = async (name: string, over: AbortSignal, live: () => Promise<number | null>, onLoop: (code: number | null) => void = () => {}) => {
    const died = countDeaths(ports.clock)
    while (!over.aborted) {
      const since = ports.clock.monotonic()
      const code = await live()
      if (over.aborted) return
      const { pauseMs, loop } = died(ports.clock.monotonic() - since, code === exitConfiguration)
      ports.log(`${name} process ended (${code ?? 'killed'}); starting it again in ${pauseMs} ms`)
      if (loop) onLoop(code)
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
      await ports.glassDrawn
      if (boothLife.signal.aborted) return null
      devices = ports.startDevices((message) => tell({ kind: 'device', message }))
      const code = await devices.gone
      devices = null
      if (!boothLife.signal.aborted) tell({ kind: 'devices-lost' })
      return code
    })
    const code = await current.gone
    boothLife.abort()
    booth = null
    for (const answer of waiting.values()) answer(noBooth)
    waiting.clear()
    ports.onPush(null)
    await devices?.stop()
    await deviceLife
    if (code === exitInUse && !stopping.signal.aborted) {
      stopping.abort()
      ports.onSecondCopy()
    }
    return code
  }

  const life = again('booth', stopping.signal, liveWithDevices, (code) =>
    ports.onTrouble(code === exitConfiguration ? 'configuration-refused' : 'booth-not-starting'),
  )

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
    screenFault: (held) => tell({ kind: 'screen-fault', held }),
    keysTyped: () => tell({ kind: 'keys-typed' }),
    async stop() {
      stopping.abort()
      tell({ kind: 'stop' })
      await booth?.stop()
      await life
    },
  }
}
