import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { makePrinterDriver } from '../../../hardware/printer/driver.ts'
import type { PrinterEvent } from '../../../hardware/printer/events.ts'
import { makePrinterSimulator, type PrinterSimulatorOptions } from '../../../hardware/printer/simulator.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'

export interface Picture {
  readonly raster: Uint8Array
  readonly widthDots: number
  readonly heightDots: number
}

/** A picture without two equal rows, so that a lost or doubled row shows. */
export function pattern(heightDots: number, widthDots = 576): Picture {
  const rowBytes = widthDots / 8
  const raster = new Uint8Array(rowBytes * heightDots)
  for (let row = 0; row < heightDots; row += 1) {
    raster[row * rowBytes] = row >> 8
    raster[row * rowBytes + 1] = row & 0xff
    raster[row * rowBytes + rowBytes - 1] = 0x01
  }
  return { raster, widthDots, heightDots }
}

/** The dots of a PNG that the simulator cut, 1 = black. */
export async function readSlip(file: string): Promise<Picture> {
  const { data, info } = await sharp(readFileSync(file)).greyscale().raw().toBuffer({ resolveWithObject: true })
  const raster = new Uint8Array((info.width / 8) * info.height)
  for (let dot = 0; dot < info.width * info.height; dot += 1)
    if ((data[dot * info.channels] ?? 255) < 128) raster[dot >> 3] = (raster[dot >> 3] ?? 0) | (0x80 >> (dot & 7))
  return { raster, widthDots: info.width, heightDots: info.height }
}

/** A pair of lines that counts what goes to the printer. */
function watched(wire: ByteTransport, sent: Uint8Array[]): ByteTransport {
  return {
    ...wire,
    write(bytes) {
      sent.push(Uint8Array.from(bytes))
      return wire.write(bytes)
    },
  }
}

/** Driver and simulator at the two ends of one wire, on a virtual clock. */
export function printerBench(options: PrinterSimulatorOptions = {}) {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const outDir = mkdtempSync(join(tmpdir(), 'cardbooth-slips-'))
  onTestFinished(() => rmSync(outDir, { recursive: true }))
  const events: PrinterEvent[] = []
  const sent: Uint8Array[] = []
  const traced: Uint8Array[] = []
  let faults: readonly FaultCode[] = []
  const simulator = makePrinterSimulator(far, clock, { outDir, ...options })
  const driver = makePrinterDriver({ path: '/dev/none', baudRate: 115_200, widthDots: 576 })(watched(near, sent), {
    clock,
    emit: (event) => void events.push(event),
    report: (held) => (faults = held),
    trace: (_direction, bytes) => void traced.push(bytes),
  })

  /** Lets time pass until `act` has come to its end; fails after ten minutes of it. */
  const during = async <Result>(act: Promise<Result>): Promise<Result> => {
    let ended = false
    const end = act.finally(() => (ended = true))
    for (const start = clock.monotonic(); clock.monotonic() - start < 600_000; ) {
      await clock.advance(0)
      if (ended) return end
      if (!(await clock.advanceToNext())) await clock.advance(10)
    }
    throw new Error('still not ended after ten minutes')
  }
  const printing = (picture: Picture, job = 'job') =>
    driver.execute({
      kind: 'print',
      job,
      rasterBase64: Buffer.from(picture.raster).toString('base64'),
      widthDots: picture.widthDots,
      heightDots: picture.heightDots,
    })

  return {
    clock,
    driver,
    simulator,
    far,
    near,
    events,
    sent,
    traced,
    during,
    printing,
    faults: () => faults,
    start: () => during(driver.start()),
    heartbeat: () => during(driver.heartbeat()),
    print: (picture: Picture, job?: string) => during(printing(picture, job)),
    last: () => simulator.hand('last'),
  }
}
