import type { DeviceIdentity, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import type { DeviceSettings } from '../wire.ts'
import {
  askInOrder,
  askInformation,
  clearBuffers,
  disarm,
  feedAndCut,
  initialise,
  rasterHead,
  recoverFromError,
  type PrinterInformation,
  type PrinterStatus,
} from './escpos.ts'
import type { PrinterCommand, PrinterEvent } from './events.ts'
import { printerLink } from './link.ts'

/** The most raster data in one band: small enough for the receive buffers of common printers, and the printer is asked between bands. */
const bandBytes = 4096
/** How long an idle printer may take to answer in order. */
const orderMs = 3000
/** How long the last rows and the cut may take, and how often the printer is asked meanwhile. */
const finishMs = 15_000
const pollMs = 500
/** How often a cutter that jammed is told to try again. */
const recoverEveryMs = 15_000

/** The faults in a status, worst first; null for a printer that stayed silent. */
function faultsOf(status: PrinterStatus | null, noise: boolean): FaultCode[] {
  if (!status) return [noise ? 'printer-failed' : 'printer-lost']
  const held: FaultCode[] = []
  if (status.failed) held.push('printer-failed')
  if (status.coverOpen) held.push('printer-cover-open')
  if (status.paperOut) held.push('printer-paper-out')
  else if (status.paperLow) held.push('printer-paper-low')
  return held
}

/** A driver for an ESC/POS slip printer (Epson's command reference): raster bands, status between them, and a confirmed end. */
export function makePrinterDriver(settings: NonNullable<DeviceSettings['printer']>): MakeDriver<PrinterCommand, PrinterEvent> {
  return (wire, ports) => {
    const { clock } = ports
    const link = printerLink(wire, ports, settings.baudRate)
    let turns: Promise<unknown> = Promise.resolve()
    let jobs = 0
    let stopped = false
    /** The start of a slip that was given up may still hang from the printer. */
    let scrap = false
    let nextRecovery = 0
    let held: readonly FaultCode[] = []

    const turn = <Result>(act: () => Promise<Result>): Promise<Result> => {
      const result = turns.then(act)
      turns = result
      return result
    }

    const report = (faults: readonly FaultCode[]) => {
      held = faults
      if (!stopped) ports.report(faults)
    }
    const hindered = () => stopped || held.some((fault) => fault !== 'printer-paper-low')
    /** Reports what the status says; true when the printer can print. */
    const judge = (status: PrinterStatus | null): boolean => {
      report(faultsOf(status, link.heardNoise()))
      return !hindered()
    }

    /** Still printing, by the two statuses that show trouble soonest; if not, the whole status tells why. An interrupted slip is not whole. */
    const stillPrinting = async (): Promise<boolean> => {
      const printer = await link.now(1)
      const offline = printer === null ? null : await link.now(2)
      if (printer === null || offline === null) return judge(null)
      if ((printer & 0x08) === 0 && (offline & 0x64) === 0) return true
      judge(await link.status())
      return false
    }

    /** Whether everything before is carried out. A printer that does not answer in order may wait for the rest of a picture: it gets white. */
    const takesOrders = async (): Promise<boolean> => {
      for (const filler of [new Uint8Array(0), new Uint8Array(bandBytes)]) {
        if (filler.length > 0) await link.send(filler, filler.subarray(0, 0))
        await link.send(initialise)
        if (await link.ask(askInOrder, 'in-order', orderMs)) return true
      }
      return false
    }

    /** Waits until everything is printed and cut, asking meanwhile what keeps it. */
    const finished = async (): Promise<boolean> => {
      await link.send(feedAndCut)
      const answer = link.ask(askInOrder, 'in-order', finishMs)
      for (;;) {
        const outcome = await Promise.race([answer, link.pause(pollMs)])
        if (!judge(await link.status())) return false
        if (outcome !== undefined) return outcome !== null && (outcome.byte & 0x0c) === 0
      }
    }

    /** Nothing of a slip that was given up may come out later, when paper is loaded for somebody else. */
    const forgetSlip = () => link.ask(clearBuffers, 'cleared')

    const print = async (rowBytes: number, raster: Uint8Array): Promise<boolean> => {
      if (!judge(await link.status())) return false
      let whole = await takesOrders()
      if (whole && scrap) await link.send(feedAndCut)
      const bandLength = Math.max(1, Math.floor(bandBytes / rowBytes)) * rowBytes
      for (let at = 0; whole && at < raster.length; at += bandLength) {
        const band = raster.subarray(at, at + bandLength)
        const head = rasterHead(rowBytes, band.length / rowBytes)
        scrap = true
        const bytes = Buffer.concat([head, band])
        whole = (await link.send(bytes, head)) && (await stillPrinting())
        bytes.fill(0)
      }
      whole = whole && (await finished())
      if (whole) scrap = false
      else {
        await forgetSlip()
        if (!hindered()) report(['printer-failed', ...held])
      }
      return whole
    }

    const identity = async (): Promise<DeviceIdentity> => {
      const tell = async (which: PrinterInformation): Promise<string | null> => {
        const reply = await link.ask(askInformation(which), 'information')
        return reply && plainText(Uint8Array.from(reply.bytes))
      }
      const manufacturer = await tell(66)
      if (manufacturer === null) return { manufacturer: '', product: 'ESC/POS printer', serial: '', software: '' }
      return { manufacturer, product: (await tell(67)) ?? '', serial: (await tell(68)) ?? '', software: (await tell(65)) ?? '' }
    }

    return {
      start: () =>
        turn(async () => {
          const status = await link.status()
          const ready = judge(status)
          if (!status) return null
          await forgetSlip()
          return ready ? identity() : { manufacturer: '', product: 'ESC/POS printer', serial: '', software: '' }
        }),
      async heartbeat() {
        if (jobs > 0) return true
        return turn(async () => {
          let status = await link.status()
          if (status?.recoverable && clock.monotonic() >= nextRecovery) {
            nextRecovery = clock.monotonic() + recoverEveryMs
            await link.send(recoverFromError)
            status = await link.status()
          }
          judge(status)
          return status !== null
        })
      },
      async execute(command) {
        jobs += 1
        const raster = disarm(Buffer.from(command.rasterBase64, 'base64'))
        const rowBytes = Math.ceil(command.widthDots / 8)
        const sound = raster.length > 0 && raster.length === rowBytes * command.heightDots && command.widthDots <= settings.widthDots
        const printed = sound && (await turn(() => print(rowBytes, raster)))
        raster.fill(0)
        jobs -= 1
        ports.emit({ kind: printed ? 'printed' : 'not-printed', job: command.job })
      },
      async stop() {
        stopped = true
        link.close()
        await turns
      },
    }
  }
}
