/** Numbers of an EXIF block by their tag: those of the picture and of the camera directory. Rationals are divided out. */
export function exifNumbers(exif: Buffer): ReadonlyMap<number, number> {
  // `Exif\0\0`, then a TIFF header in the byte order that libvips writes (EXIF 2.32, 4.5.2).
  const tiff = exif.subarray(6)
  if (exif.toString('latin1', 0, 4) !== 'Exif' || tiff.toString('latin1', 0, 2) !== 'II') return new Map()
  const numbers = new Map<number, number>()
  const readDirectory = (start: number) => {
    for (let entry = 0; entry < tiff.readUInt16LE(start); entry += 1) {
      const at = start + 2 + entry * 12
      const [tag, type, value] = [tiff.readUInt16LE(at), tiff.readUInt16LE(at + 2), tiff.readUInt32LE(at + 8)]
      if (type === rational) numbers.set(tag, tiff.readUInt32LE(value) / tiff.readUInt32LE(value + 4))
      else numbers.set(tag, type === short ? tiff.readUInt16LE(at + 8) : value)
      if (tag === exifTag.cameraDirectory) readDirectory(value)
    }
  }
  readDirectory(tiff.readUInt32LE(4))
  return numbers
}

const short = 3
const rational = 5

/** The tags that are asked for (EXIF 2.32, tables 3 to 7). */
export const exifTag = { xResolution: 0x011a, yResolution: 0x011b, resolutionUnit: 0x0128, cameraDirectory: 0x8769, colourSpace: 0xa001 } as const
