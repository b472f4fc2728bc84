import type { NoStill } from './events.ts'

/** A camera as `gphoto2 --auto-detect` lists it. */
export interface FoundCamera {
  readonly model: string
  /** E.g. `usb:001,005`; another one each time it is plugged in. */
  readonly port: string
}

/** Reads the table of `gphoto2 --auto-detect`: two lines of head, then model and port. */
export function readDetected(text: string): readonly FoundCamera[] {
  return text
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [, model, port] = /^(.*\S)\s+([a-z0-9]+:\S*)\s*$/.exec(line) ?? []
      return model !== undefined && port !== undefined ? [{ model, port }] : []
    })
}

/** What `gphoto2 --summary` says of a camera, empty where it says nothing. */
export interface CameraSummary {
  readonly manufacturer: string
  readonly product: string
  readonly serial: string
  readonly software: string
}

export function readSummary(text: string): CameraSummary {
  const field = (name: string) => new RegExp(`^[ \\t]*${name}:[ \\t]*(\\S.*?)[ \\t]*$`, 'm').exec(text)?.[1] ?? ''
  return { manufacturer: field('Manufacturer'), product: field('Model'), serial: field('Serial Number'), software: field('Version') }
}

/**
 * The files in what `gphoto2 --stdout-size` writes: before each its length in decimal and a line feed. A camera that keeps RAW beside JPEG sends
 * both. What follows the last whole file (gphoto2's own advice after an error) is no file.
 */
export function readFiles(output: Buffer): readonly Buffer[] {
  const files: Buffer[] = []
  for (let at = 0; at < output.length; ) {
    const [head, digits = ''] = /^(\d{1,9})\n/.exec(output.toString('latin1', at, at + 10)) ?? []
    if (head === undefined) break
    const [from, to] = [at + head.length, at + head.length + Number(digits)]
    if (to > output.length) break
    files.push(output.subarray(from, to))
    at = to
  }
  return files
}

/** Whether a file begins as a JPEG and ends as one; cameras may pad the end with zeroes. */
export function isJpeg(file: Buffer): boolean {
  const end = file.findLastIndex((byte) => byte !== 0)
  return file.length > 4 && file.readUIntBE(0, 3) === 0xff_d8_ff && file[end] === 0xd9 && file[end - 1] === 0xff
}

/** The number of the last `*** Error (-53: '…') ***` (libgphoto2, gphoto2-result.h and gphoto2-port-result.h); null when there is none. */
export function errorNumber(complaints: string): number | null {
  const [, number] = /[^]*\*\*\* Error \((-\d+): /.exec(complaints) ?? []
  return number === undefined ? null : Number(number)
}

/** Numbers after which there is no such camera any more: unknown port, I/O on a line that is gone, not found on the bus, no camera. */
const gone = new Set([-5, -7, -31, -34, -35, -52, -105])

/** What gphoto2's complaints come to. */
export function reasonOf(complaints: string): NoStill {
  if (complaints.includes('Could not claim the USB device')) return 'claimed'
  if (/focus/i.test(complaints)) return 'focus'
  if (/PTP (?:I\/O Error|No Device)/.test(complaints)) return 'lost'
  const number = errorNumber(complaints)
  return number !== null && gone.has(number) ? 'lost' : 'failed'
}
