import type { DriverPorts, MakeDriver } from '../device.ts'
import { faults, type FaultCode } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import type { Ran, RunProgram } from '../program.ts'
import type { DeviceSettings } from '../wire.ts'
import type { SheetPrinterCommand, SheetPrinterEvent } from './events.ts'
import { cameToItsEnd, faultsOf, listsJob, readQueueState } from './lpstat.ts'

/** How long lp, lpstat and cancel may take: they speak to a socket of this machine. */
const programMs = 5_000
/** How often an idle queue is looked at, and one that prints. */
const idleEveryMs = 5_000
const printingEveryMs = 500
/**
 * How long a trouble may last while a sheet is printed. CUPS knows of a trouble only by a job, so what it says at the beginning is that of the last
 * one.
 */
const troubleMs = 10_000

const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const isWell = ({ ended, exitCode }: Ran) => ended === 'exited' && exitCode === 0

/**
 * A driver for a printer behind CUPS: `lp` sends, `lpstat` tells, `cancel` takes back. `run` has `CUPS_SERVER` set. Nothing stays in the queue: it
 * is emptied at the start, so that what a power cut left is never printed for somebody else (F49), and after every job that did not come out.
 */
export function makeSheetPrinterDriver(
  { queue, options, printMs }: NonNullable<DeviceSettings['sheet-printer']>,
  run: RunProgram,
): MakeDriver<SheetPrinterCommand, SheetPrinterEvent> {
  return (_noLine, { clock, emit, report, trace }: DriverPorts<SheetPrinterEvent>) => {
    let turns: Promise<unknown> = Promise.resolve()
    let jobs = 0
    let stopped = false
    let wake = () => {}
    let nextLook = 0

    const turn = <Result>(act: () => Promise<Result>): Promise<Result> => {
      const result = turns.then(act)
      turns = result
      return result
    }
    const call = async (program: string, words: readonly string[], input?: Uint8Array): Promise<Ran> => {
      trace('out', Buffer.from([program, ...words].join(' ')))
      const ran = await run(program, words, { limitMs: programMs, ...(input ? { input } : {}) })
      trace('in', ran.output.subarray(0, 256), `${ran.ended} ${ran.exitCode ?? ''} ${ran.complaints.slice(0, 120)}`)
      return ran
    }
    const pause = (ms: number): Promise<void> =>
      new Promise((done) => {
        const cancel = clock.after(ms, done)
        wake = () => {
          cancel()
          done()
        }
      })

    /** Looks at the queue and reports what is wrong with it; null when CUPS or the queue is not there. */
    const look = async () => {
      nextLook = clock.monotonic() + idleEveryMs
      const ran = await call('lpstat', ['-l', '-p', queue])
      const state = isWell(ran) ? readQueueState(utf8(ran.output), queue) : null
      const held: readonly FaultCode[] = state ? faultsOf(state) : ['sheet-printer-lost']
      if (!stopped) report(held)
      return state && { ...state, prints: held.every((code) => faults[code].removes.length === 0) }
    }
    /** Takes everything out of the queue, its files too. */
    const empty = async () => isWell(await call('cancel', ['-a', '-x', queue]))

    /** Waits until the job has left the queue; true when it came to its end by itself. */
    const comesOut = async (id: string): Promise<boolean> => {
      const since = clock.monotonic()
      let wellAt = since
      while (!stopped && clock.monotonic() - since < printMs) {
        const waiting = await call('lpstat', ['-W', 'not-completed', '-o', queue])
        if (!isWell(waiting)) return false
        if (!listsJob(utf8(waiting.output), id)) return cameToItsEnd(utf8((await call('lpstat', ['-l', '-W', 'completed', '-o', queue])).output), id)
        const state = await look()
        if (!state?.isEnabled) return false
        if (state.prints) wellAt = clock.monotonic()
        else if (clock.monotonic() - wellAt >= troubleMs) return false
        await pause(printingEveryMs)
      }
      return false
    }
    const print = async (pdf: Uint8Array, media: string, copies: number): Promise<boolean> => {
      if (!(await look())?.isEnabled) return false
      // The size on paper is the sheet's own, whatever the printer would like to do with it.
      const own = ['print-scaling=none', `media=${media}`, 'print-color-mode=color', ...options].flatMap((option) => ['-o', option])
      const sent = await call('lp', ['-d', queue, '-n', String(copies), '-t', 'cardbooth', ...own, '--', '-'], pdf)
      const [, id] = /^request id is (\S+) /.exec(utf8(sent.output)) ?? []
      if (isWell(sent) && id !== undefined && (await comesOut(id))) return true
      // Before anything else: what did not come out now must not come out for the next person.
      const emptied = await empty()
      const state = await look()
      if ((!emptied || state?.prints) && !stopped) report(['sheet-printer-failed'])
      return false
    }

    return {
      start: () =>
        turn(async () => {
          if (!(await empty())) {
            report(['sheet-printer-lost'])
            return null
          }
          const state = await look()
          return state && { manufacturer: 'CUPS', product: plainText(Buffer.from(state.description || queue)), serial: '', software: '' }
        }),
      async heartbeat() {
        if (jobs > 0 || clock.monotonic() < nextLook) return true
        return turn(async () => (await look()) !== null)
      },
      async execute({ job, pdfBase64, media, copies }) {
        jobs += 1
        const pdf = Buffer.from(pdfBase64, 'base64')
        const printed = await turn(() => print(pdf, media, copies))
        pdf.fill(0)
        jobs -= 1
        emit({ kind: printed ? 'printed' : 'not-printed', job })
      },
      async stop() {
        stopped = true
        wake()
        await turns
      },
    }
  }
}
