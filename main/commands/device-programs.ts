import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { realClock } from '../../hardware/clock.ts'
import type { DeviceHealth } from '../../hardware/device.ts'
import { superviseProgramDevices, type ProgramDevice, type ProgramDevices } from '../../hardware/program-devices.ts'
import type { DeviceEvent, DeviceSettings } from '../../hardware/wire.ts'
import { checkCamera, eyesAtFullSize } from '../photo/calibration.ts'
import { layoutSheet, papers, type Paper } from '../print/sheet-layout.ts'
import { sheetPdf } from '../print/sheet-pdf.ts'
import { healthTeller, type Say } from './device-watch.ts'

/** What is understood behind `device camera` and `device sheet-printer`. */
export const programsUsage = `  camera          [--model NAME] [--program PATH] [--set NAME=VALUE]... check|capture|calibrate [--out FILE]
                  through gphoto2, without --port; calibrate judges framing, exposure, focus and delay by somebody who sits before it
  sheet-printer   --server SOCKET --queue NAME [--paper l|4x6in|postcard] check|test
                  through CUPS, without --port; the photos of the test sheet must measure 35 x 45 mm`

export interface ProgramOptions {
  readonly model?: string | undefined
  readonly program?: string | undefined
  readonly set?: readonly string[] | undefined
  readonly out?: string | undefined
  readonly server?: string | undefined
  readonly queue?: string | undefined
  readonly paper?: string | undefined
  readonly here: (path: string) => string
}

/** How long a device may take to be found. */
const foundMs = 20_000

/** A sheet whose photos are grey squares of 5 mm: a ruler shows whether the printer kept the size. */
async function testSheet(paper: Paper): Promise<Uint8Array> {
  const [widthPx, heightPx] = [840, 1080]
  const pixels = Buffer.alloc(widthPx * heightPx * 3)
  for (let y = 0, at = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1, at += 3) pixels.fill((Math.floor(x / 120) + Math.floor(y / 120)) % 2 === 0 ? 208 : 112, at, at + 3)
  const jpeg = await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ chromaSubsampling: '4:4:4' })
    .toBuffer()
  return sheetPdf(layoutSheet({ paper, marginMm: 3, gapMm: 2 }), { jpeg, widthPx, heightPx })
}

/** Starts one device, lets `act` work once it is there, and ends it; null when it was not found. */
async function withDevice<Result>(
  device: ProgramDevice,
  settings: DeviceSettings,
  tell: (health: DeviceHealth) => void,
  act: (devices: ProgramDevices, health: DeviceHealth, answer: Promise<DeviceEvent>) => Promise<Result>,
): Promise<Result | null> {
  const clock = realClock()
  const found = Promise.withResolvers<DeviceHealth | null>()
  const answer = Promise.withResolvers<DeviceEvent>()
  clock.after(foundMs, () => found.resolve(null))
  const devices = superviseProgramDevices(settings, {
    clock,
    onEvent: answer.resolve,
    onHealth(_device, health) {
      tell(health)
      if (health.state !== 'starting') found.resolve(health)
    },
    onThrow: (_device, error) => found.reject(error),
  })
  const health = await found.promise
  const result = health && health.state !== 'lost' ? await act(devices, health, answer.promise) : null
  await devices.supervisors.get(device)?.stop()
  return result
}

async function runCamera(act: string, { model = '', program = 'gphoto2', set = [], out, here }: ProgramOptions, say: Say): Promise<boolean> {
  const clock = realClock()
  const tell = healthTeller(say)
  const settings = { 'still-camera': { program: program.includes('/') ? here(program) : program, model, configuration: set, captureMs: 30_000 } }
  const well = await withDevice('still-camera', settings, (health) => tell('camera', health), async (devices, health, answer) => {
    if (act === 'check') return health.state === 'ready' && health.faults.length === 0
    const since = clock.monotonic()
    devices.send({ device: 'still-camera', command: { kind: 'capture', job: 'bench' } })
    const { event } = await answer
    const ms = Math.round(clock.monotonic() - since)
    if (event.kind !== 'still') {
      say({ event: event.kind, device: 'camera', reason: 'reason' in event ? event.reason : null, ms })
      return false
    }
    const jpeg = Buffer.from(event.jpegBase64, 'base64')
    const { width, height, format } = await sharp(jpeg).metadata()
    say({ event: 'still', device: 'camera', format, widthPx: width, heightPx: height, bytes: jpeg.length, ms })
    if (act === 'calibrate') return calibrate(jpeg, ms, say)
    if (out !== undefined) writeFileSync(here(out), jpeg, { mode: 0o600 })
    return true
  })
  return well ?? false
}

/** Says how the camera stands, by a picture of somebody who sits where residents do. */
async function calibrate(jpeg: Buffer, ms: number, say: Say): Promise<boolean> {
  const check = await checkCamera(jpeg, ms, eyesAtFullSize)
  if (!check.ok) {
    say({ event: 'not-calibrated', device: 'camera', reason: check.reason })
    return false
  }
  const { lines } = check
  for (const line of lines) say({ event: 'calibration', device: 'camera', ...line })
  return lines.every(({ ok }) => ok)
}

async function runSheetPrinter(act: string, server: string, queue: string, paper: Paper, say: Say): Promise<boolean> {
  const tell = healthTeller(say)
  const settings = { 'sheet-printer': { server, queue, options: [], printMs: 120_000 } }
  const well = await withDevice('sheet-printer', settings, (health) => tell('sheet-printer', health), async (devices, health, answer) => {
    if (act === 'check') return health.state === 'ready'
    const pdf = await testSheet(paper)
    const { media } = papers[paper]
    const pdfBase64 = Buffer.from(pdf).toString('base64')
    devices.send({ device: 'sheet-printer', command: { kind: 'print', job: 'test', pdfBase64, media, copies: 1 } })
    const { event } = await answer
    say({ event: event.kind, device: 'sheet-printer', job: 'test', paper })
    return event.kind === 'printed'
  })
  return well ?? false
}

/**
 * `device camera check|capture|calibrate` and `device sheet-printer check|test`: the real drivers of what stands behind a program, on a bench. Ends the
 * process with 0 when all is well, 1 when it is not. Rejects with what was not understood.
 */
export async function runProgramDevice(
  device: 'camera' | 'sheet-printer',
  act: string,
  others: readonly string[],
  options: ProgramOptions,
): Promise<never> {
  const say: Say = (line) => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const acts = device === 'camera' ? ['check', 'capture', 'calibrate'] : ['check', 'test']
  if (others.length > 0 || !acts.includes(act)) throw new Error(`${device}: expected ${acts.join(' or ')}`)
  if (device === 'camera') process.exit((await runCamera(act, options, say)) ? 0 : 1)
  const { server, queue, paper = 'postcard', here } = options
  if (server === undefined || queue === undefined || !Object.hasOwn(papers, paper))
    throw new Error('sheet-printer: expected --server, --queue and a known --paper')
  process.exit((await runSheetPrinter(act, here(server), queue, paper as Paper, say)) ? 0 : 1)
}
