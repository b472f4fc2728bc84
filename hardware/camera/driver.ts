import type { DriverPorts, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import type { Ran, RunProgram } from '../program.ts'
import type { DeviceSettings } from '../wire.ts'
import type { NoStill, StillCameraCommand, StillCameraEvent } from './events.ts'
import { type FoundCamera, isJpeg, readDetected, readFiles, readSummary, reasonOf } from './gphoto2.ts'

/** Looking for cameras opens none of them; opening one may wait for its session. */
const detectMs = 5_000
const openMs = 10_000
/** How often it is looked whether the camera is still on the bus. */
const everyMs = 5_000
/** A JPEG of 60 megapixels with the RAW beside it. */
const mostBytes = 128 * 1024 * 1024

const faultOf: Readonly<Record<NoStill, FaultCode>> = {
  lost: 'still-camera-lost',
  claimed: 'still-camera-claimed',
  late: 'still-camera-failed',
  focus: 'still-camera-failed',
  'no-jpeg': 'still-camera-failed',
  failed: 'still-camera-failed',
}
const text = (bytes: Buffer) => bytes.toString('latin1')

/**
 * A driver for a camera that the program gphoto2 knows. Each act is a run of the program with its own time-out; the picture comes over standard
 * output and lives in memory alone (program.ts, and the camera deletes its own copy). gphoto2 ends with 0 after many failures, so only a whole JPEG
 * counts as a picture.
 */
export function makeStillCameraDriver(
  { program, model, configuration, captureMs }: NonNullable<DeviceSettings['still-camera']>,
  run: RunProgram,
): MakeDriver<StillCameraCommand, StillCameraEvent> {
  return (_noLine, { clock, emit, report, trace }: DriverPorts<StillCameraEvent>) => {
    let turns: Promise<unknown> = Promise.resolve()
    let busy = 0
    let nextLook = 0
    let camera: FoundCamera | null = null
    /** After a trouble the camera is opened anew, which is the supervisor's work. */
    let isSpent = false
    /** Its card holds a resident's picture, for whoever takes the card out: no further one until a technician has looked. */
    let keepsPictures = false
    const ending = new AbortController()

    const turn = <Result>(act: () => Promise<Result>): Promise<Result> => {
      const result = turns.then(act)
      turns = result
      return result
    }
    const call = async (words: readonly string[], limitMs: number, isPicture = false): Promise<Ran> => {
      trace('out', Buffer.from(words.join(' ')))
      const ran = await run(program, words, { limitMs, mostBytes, signal: ending.signal })
      const note = `${ran.ended} ${ran.exitCode ?? ''} ${ran.output.length} bytes ${ran.complaints.trim().slice(0, 200)}`
      trace('in', isPicture ? ran.output.subarray(0, 0) : ran.output.subarray(0, 256), note)
      return ran
    }
    const detect = async (): Promise<FoundCamera | null> => {
      nextLook = clock.monotonic() + everyMs
      const ran = await call(['--auto-detect'], detectMs)
      return readDetected(text(ran.output)).find((found) => model === '' || found.model === model) ?? null
    }
    const troubleOf = (ran: Ran): NoStill => (ran.ended === 'late' ? 'late' : ran.ended === 'missing' ? 'lost' : reasonOf(ran.complaints))

    const capture = async (): Promise<{ readonly jpeg: Buffer } | { readonly reason: NoStill }> => {
      if (!camera || isSpent) return { reason: 'lost' }
      if (keepsPictures) return { reason: 'failed' }
      const port = `--port=${camera.port}`
      const set = configuration.map((one) => `--set-config-value=${one}`)
      const ran = await call([port, ...set, '--capture-image-and-download', '--stdout-size'], captureMs, true)
      const files = readFiles(ran.output)
      const picture = ran.ended === 'exited' ? files.find(isJpeg) : undefined
      const jpeg = picture && Buffer.from(picture)
      ran.output.fill(0)
      keepsPictures = ran.complaints.includes('Could not delete image')
      if (jpeg || keepsPictures) report(keepsPictures ? ['still-camera-keeps-pictures'] : [])
      if (jpeg) return { jpeg }
      const reason = files.length > 0 && ran.ended === 'exited' ? 'no-jpeg' : troubleOf(ran)
      isSpent = reason !== 'focus' && reason !== 'no-jpeg'
      if (!keepsPictures) report([faultOf[reason]])
      // A camera whose program was killed in the middle of a transfer answers nobody until its port is reset.
      if (ran.ended === 'late') await call([port, '--reset'], detectMs)
      return { reason }
    }

    return {
      start: () =>
        turn(async () => {
          camera = await detect()
          const summary = camera && (await call([`--port=${camera.port}`, '--summary'], openMs))
          if (!camera || !summary || summary.ended !== 'exited' || summary.exitCode !== 0) {
            report([faultOf[summary ? troubleOf(summary) : 'lost']])
            return null
          }
          const { manufacturer, product, serial, software } = readSummary(text(summary.output))
          const plain = (words: string) => plainText(Buffer.from(words, 'latin1'))
          return { manufacturer: plain(manufacturer), product: plain(product || camera.model), serial: plain(serial), software: plain(software) }
        }),
      async heartbeat() {
        if (isSpent && busy === 0) return false
        if (busy > 0 || clock.monotonic() < nextLook) return true
        return turn(async () => (await detect())?.port === camera?.port)
      },
      async execute({ job }) {
        busy += 1
        const captured = await turn(capture)
        busy -= 1
        if ('reason' in captured) return emit({ kind: 'no-still', job, reason: captured.reason })
        emit({ kind: 'still', job, jpegBase64: captured.jpeg.toString('base64') })
        captured.jpeg.fill(0)
      },
      async stop() {
        isSpent = true
        ending.abort()
        await turns
      },
    }
  }
}
