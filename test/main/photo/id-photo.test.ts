import { randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { exifNumbers, exifTag } from '../../../main/photo/exif.ts'
import { makeIdPhoto } from '../../../main/photo/id-photo.ts'
import { wipe } from '../../../main/photo/still.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/photo/${name}`, import.meta.url))
const astronaut = fixture('astronaut.png')
/** With more room above the cap than the portrait has: the window's place does not depend on a pixel. */
const hopper = await sharp(fixture('grace-hopper.jpg')).extend({ top: 60, extendWith: 'copy' }).jpeg({ quality: 95 }).toBuffer()

async function made(image: Uint8Array): Promise<Uint8Array> {
  const photo = await makeIdPhoto(image)
  if (!photo.ok) throw new Error(photo.code)
  return photo.jpeg
}

const refusal = async (image: Uint8Array) => {
  const photo = await makeIdPhoto(image)
  return photo.ok ? null : photo.code
}

/** The red, green and blue of a picture in four by four fields. */
async function fields(image: Uint8Array | Sharp): Promise<number[]> {
  const picture = image instanceof Uint8Array ? sharp(image) : sharp(await image.png().toBuffer())
  return [...(await picture.resize(4, 4, { fit: 'fill' }).removeAlpha().raw().toBuffer())]
}

const farthest = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))))

/** Every segment of a JPEG before its pixels: marker and content. */
function segments(jpeg: Uint8Array): { readonly marker: number; readonly content: Buffer }[] {
  const bytes = Buffer.from(jpeg)
  const found = []
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2))
    found.push({ marker: bytes[at + 1] ?? 0, content: bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2)) })
  return found
}

/** A chunk of a PNG: length, type, content, check sum. */
function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A PNG that says how large it is and has no pixels to speak of: chunks of signature, head, data and end. */
function declaredPng(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** A PNG that says that it is two pictures, one after the other, of which it has the first (PNG, third edition, 11.3.4). */
function animated(png: Buffer): Buffer {
  const control = Buffer.alloc(8)
  control.writeUInt32BE(2)
  const behindHead = 8 + 12 + 13
  return Buffer.concat([png.subarray(0, behindHead), chunk('acTL', control), png.subarray(behindHead)])
}

/** A real JPEG whose frame header (ITU T.81, B.2.2) declares another size. */
function declaredJpeg(width: number, height: number, jpeg = hopper): Buffer {
  const bytes = Buffer.from(jpeg)
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2))
    if ([0xc0, 0xc1, 0xc2].includes(bytes[at + 1] ?? 0)) {
      bytes.writeUInt16BE(height, at + 5)
      bytes.writeUInt16BE(width, at + 7)
    }
  return bytes
}

/** A segment of a JPEG: marker, length, content. */
function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** An EXIF block whose second directory is a thumbnail (EXIF 2.32, 4.5.5): an empty first directory, then where the thumbnail stands and how long it is. */
function exifThumbnail(thumbnail: Buffer): Buffer {
  const directories = Buffer.alloc(14 + 2 + 3 * 12 + 4)
  directories.write('II*\0', 'latin1')
  directories.writeUInt32LE(8, 4)
  directories.writeUInt32LE(14, 10)
  directories.writeUInt16LE(3, 14)
  for (const [index, [tag, type, value]] of ([[0x0103, 3, 6], [0x0201, 4, directories.length], [0x0202, 4, thumbnail.length]] as const).entries()) {
    const at = 16 + index * 12
    directories.writeUInt16LE(tag, at)
    directories.writeUInt16LE(type, at + 2)
    directories.writeUInt32LE(1, at + 4)
    directories.writeUInt32LE(value, at + 8)
  }
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), directories, thumbnail])
}

describe('the photo of an application', () => {
  it.each(['astronaut.png', 'grace-hopper.jpg'])('is 827 × 1063 px at 600 dpi, sRGB, 4:4:4, between 20 KB and 7 MB: %s', async (name) => {
    const jpeg = await made(fixture(name))
    const written = { format: 'jpeg', width: 827, height: 1063, density: 600, space: 'srgb', channels: 3, chromaSubsampling: '4:4:4' }
    expect(await sharp(jpeg).metadata()).toMatchObject(written)
    expect(jpeg.length).toBeGreaterThan(20_000)
    expect(jpeg.length).toBeLessThan(7_000_000)
  })

  it('is wiped with zeros where it lay', async () => {
    const jpeg = await made(hopper)
    wipe(jpeg)
    expect(jpeg.every((byte) => byte === 0)).toBe(true)
  })

  it('is made though an earlier cut of the same still fails, and every other picture is wiped', async () => {
    // A head so small in its still that it is measured, and cut, twice.
    const still = await sharp(hopper).resize(770).extend({ left: 600, right: 600, top: 500, bottom: 500, background: '#ccd' }).jpeg().toBuffer()
    const held: Uint8Array[] = []
    let written = 0
    const { toBuffer } = sharp.prototype
    vi.spyOn(sharp.prototype, 'toBuffer').mockImplementation(async function (this: Sharp & { options?: { formatOut?: string } }, ...values: []) {
      if (this.options?.formatOut === 'jpeg') written += 1
      if (this.options?.formatOut === 'jpeg' && written === 1) throw new Error('no memory')
      const made: Buffer | { readonly data: Buffer } = await toBuffer.apply(this, values)
      held.push('data' in made ? made.data : made)
      return made as Buffer
    })
    onTestFinished(() => void vi.restoreAllMocks())
    const { ok } = await makeIdPhoto(still)
    expect({ ok, written }).toEqual({ ok: true, written: 2 })
    expect(held.filter((bytes) => bytes.some((byte) => byte !== 0))).toHaveLength(1)
  })
})

describe('bad pictures', () => {
  it('P01 nothing, a head alone, and half a file are no picture', async () => {
    for (const image of [hopper, astronaut]) {
      for (const length of [0, 1, 8, 24, 100]) expect(await refusal(image.subarray(0, length)), `${length}`).toBe('not-a-picture')
      expect(await refusal(image.subarray(0, image.length / 2))).toBe('not-a-picture')
    }
  })

  it('P01 a JPEG that is cut and ended, declares twice its height, or has other bytes in its middle is no picture: what is missing would be grey', async () => {
    const { width, height } = await sharp(hopper).metadata()
    const cutAndEnded = (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, 0.55 * jpeg.length), Buffer.from([0xff, 0xd9])])
    const middle = Math.floor(hopper.length / 2)
    const corrupt = Buffer.from(hopper).fill(Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 37) % 256)), middle, middle + 200)
    const progressive = await sharp(hopper).jpeg({ progressive: true }).toBuffer()
    const damaged = { cut: cutAndEnded(hopper), 'cut, progressive': cutAndEnded(progressive), 'twice as high': declaredJpeg(width, 2 * height), corrupt }
    for (const [name, image] of Object.entries(damaged)) expect(await refusal(image), name).toBe('not-a-picture')
    const whole = { progressive, 'with a trailer': Buffer.concat([hopper, Buffer.alloc(100, 7)]), 'two pictures': Buffer.concat([hopper, hopper]), palette: await sharp(hopper).png({ palette: true }).toBuffer() }
    for (const [name, image] of Object.entries(whole)) expect(await refusal(image), name).toBeNull()
  })

  it('P01 a PNG that moves is no picture', async () => {
    const still = await sharp(hopper).png().toBuffer()
    const moving = animated(still)
    expect((await sharp(moving).metadata()).format).toBe('png')
    expect([await refusal(still), await refusal(moving)]).toEqual([null, 'not-a-picture'])
  })

  it('P02 65 500 × 65 500 declared pixels are refused before they are unpacked', async () => {
    const before = process.memoryUsage().rss
    expect(await refusal(declaredPng(65_500, 65_500, deflateSync(Buffer.alloc(1000))))).toBe('too-large')
    expect(await refusal(declaredJpeg(65_500, 65_500))).toBe('too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
  })

  it('P03 a PNG bomb of one colour is refused by its pixels, and 33 MB of anything by its bytes', async () => {
    const bomb = declaredPng(30_000, 30_000, deflateSync(Buffer.alloc(30_000 * 3_751)))
    expect(bomb.length).toBeLessThan(200_000)
    const from = performance.now()
    expect(await refusal(bomb)).toBe('too-large')
    expect(performance.now() - from).toBeLessThan(2000)
    expect(await refusal(Buffer.concat([hopper, Buffer.alloc(33_000_000)]))).toBe('too-large')
  })

  it('P04 each of the eight EXIF orientations comes out upright, without its tag', async () => {
    const upright = await fields(await made(hopper))
    // How the pixels lie in a file whose orientation says how to turn them back (EXIF 2.32, 4.6.4 A).
    const lie: readonly ((picture: Sharp) => Sharp)[] = [
      (picture) => picture,
      (picture) => picture.flop(),
      (picture) => picture.rotate(180),
      (picture) => picture.flip(),
      // sharp mirrors before it turns.
      (picture) => picture.rotate(270).flop(),
      (picture) => picture.rotate(270),
      (picture) => picture.rotate(90).flop(),
      (picture) => picture.rotate(90),
    ]
    for (const [index, turn] of lie.entries()) {
      const lying = await turn(sharp(hopper)).png().toBuffer()
      const still = await sharp(lying).withMetadata({ orientation: index + 1 }).jpeg({ quality: 98 }).toBuffer()
      const jpeg = await made(still)
      expect(farthest(await fields(jpeg), upright), `orientation ${index + 1}`).toBeLessThanOrEqual(4)
      expect((await sharp(jpeg).metadata()).orientation).toBe(1)
    }
  })

  it('P05 place, maker, thumbnail and XMP of the camera stay behind: only resolution and colour space are told', async () => {
    const still = await sharp(hopper)
      .withExif({
        IFD0: { Make: 'SPY-CAMERA', Model: 'SPY-MODEL', Artist: 'SPY-NAME' },
        IFD2: { DateTimeOriginal: '2026:01:01 00:00:00', MakerNote: 'SPY-NOTE' },
        IFD3: { GPSLatitude: '35/1 40/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SPY-XMP</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    expect(still.includes('SPY-CAMERA') && still.includes('SPY-XMP')).toBe(true)
    // What no library writes for us: a thumbnail, IPTC, a comment, several pictures in one file, and what a maker adds behind the picture's end.
    const thumbnail = await sharp(hopper).resize(160).jpeg().withExif({ IFD0: { Artist: 'SPY-THUMBNAIL' } }).toBuffer()
    const others = [
      segment(0xe1, exifThumbnail(thumbnail)),
      segment(0xe2, Buffer.from('MPF\0SPY-PICTURES', 'latin1')),
      segment(0xed, Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0bSPY-BY-LINE', 'latin1')),
      segment(0xef, Buffer.from('SPY-MAKER')),
      segment(0xfe, Buffer.from('SPY-COMMENT')),
    ]
    for (const spied of [still, Buffer.concat([hopper.subarray(0, 2), ...others, hopper.subarray(2), Buffer.from('SPY-TRAILER')])]) {
      expect(spied.includes('SPY')).toBe(true)
      expectNothingTold(await made(spied))
    }
  })

  const expectNothingTold = (jpeg: Uint8Array) => {
    expect(Buffer.from(jpeg).includes('SPY')).toBe(false)
    expect(segments(jpeg).map(({ marker }) => marker).filter((marker) => marker >= 0xe0)).toEqual([0xe1])
    const exif = segments(jpeg).find(({ marker }) => marker === 0xe1)?.content ?? Buffer.alloc(0)
    const told = exifNumbers(exif)
    const { xResolution, yResolution, resolutionUnit, colourSpace } = exifTag
    expect([xResolution, yResolution, resolutionUnit, colourSpace].map((tag) => told.get(tag))).toEqual([600, 600, 2, 1])
    // What else is there is structure: upright, chroma siting, versions, pixel dimensions.
    const structure = [0x0112, 0x0213, 0x9000, 0x9101, 0xa000, 0xa002, 0xa003]
    expect([...told.keys()].sort()).toEqual([...Object.values(exifTag), ...structure].sort())
  }

  it('P06 CMYK, 16 bit, another colour profile, grey and transparency become sRGB of 8 bits', async () => {
    const variants: Readonly<Record<string, Promise<Buffer>>> = {
      cmyk: sharp(hopper).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
      'sixteen bit': sharp(hopper).toColourspace('rgb16').png().toBuffer(),
      profile: sharp(hopper).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
      transparent: sharp(hopper).ensureAlpha(1).png().toBuffer(),
    }
    const plain = await fields(await made(hopper))
    for (const [name, variant] of Object.entries(variants)) {
      const jpeg = await made(await variant)
      expect(await sharp(jpeg).metadata(), name).toMatchObject({ space: 'srgb', channels: 3, depth: 'uchar' })
      expect(farthest(await fields(jpeg), plain), name).toBeLessThanOrEqual(name === 'cmyk' ? 60 : 6)
    }
    const grey = await made(await sharp(hopper).greyscale().jpeg().toBuffer())
    expect(await sharp(grey).metadata()).toMatchObject({ space: 'srgb', channels: 3 })
  })

  it('P07 all black, all white and noise show no face and are refused; a dim portrait is not', async () => {
    const size = { width: 1280, height: 720, channels: 3 as const }
    for (const background of ['#000000', '#ffffff'])
      expect(await refusal(await sharp({ create: { ...size, background } }).jpeg().toBuffer()), background).toBe('no-face')
    const noise = await sharp(randomFillSync(Buffer.alloc(1280 * 720 * 3)), { raw: size }).jpeg({ quality: 95 }).toBuffer()
    expect(noise.length).toBeGreaterThan(100_000)
    expect(await refusal(noise)).toBe('no-face')
    expect(await refusal(await sharp(hopper).linear(0.3).jpeg().toBuffer())).toBeNull()
  })

  it('no face and a face of 20 px are refused; a second face is said with the photo, and bars nobody who holds an infant', async () => {
    const wall = (width: number) => sharp({ create: { width, height: 660, channels: 3, background: '#ccd' } })
    const beside = async (size: number) => wall(1030).composite([{ input: hopper, left: 0, top: 0 }, { input: await sharp(hopper).resize(size).toBuffer(), left: 512, top: 0 }]).jpeg().toBuffer()
    expect(await refusal(await wall(1030).jpeg().toBuffer())).toBe('no-face')
    expect(await refusal(await wall(1030).composite([{ input: await sharp(hopper).resize(60).toBuffer(), left: 300, top: 200 }]).jpeg().toBuffer())).toBe('no-face')
    const { ok, checks } = await makeIdPhoto(await beside(400))
    expect([ok, checks.find(({ id }) => id === 'one-face')]).toMatchObject([true, { value: 2, ok: false }])
  })

  it('F41 a black, an over-exposed and a dark picture, and one of a camera in the wrong resolution, are refused or failed for their reason', async () => {
    const portrait = () => sharp(readFileSync(demoPortrait))
    const failed = async (picture: Sharp) => {
      const { checks, ...made } = await makeIdPhoto(await picture.jpeg({ quality: 92 }).toBuffer())
      return [...(made.ok ? [] : [made.code]), ...checks.flatMap(({ id, ok }) => (ok ? [] : [id]))]
    }
    expect(await failed(portrait())).toEqual([])
    expect(await failed(portrait().linear(0))).toContain('no-face')
    expect(await failed(portrait().linear(1, 130))).toEqual(expect.arrayContaining(['over-exposed']))
    expect(await failed(portrait().linear(0.2))).toEqual(expect.arrayContaining(['too-dark']))
    expect(await failed(portrait().resize(320, 180))).toEqual(expect.arrayContaining(['source-size']))
  })

  it('P09 SVG, GIF, WebP, HEIC and PDF are refused by what they are, whatever they are called', async () => {
    const content = '<script>alert(1)</script><rect width="1280" height="720"/>'
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720">${content}</svg>`)
    const others = [
      svg,
      await sharp(hopper).gif().toBuffer(),
      await sharp(hopper).webp().toBuffer(),
      await sharp(hopper).tiff().toBuffer(),
      Buffer.concat([Buffer.from('000000186674797068656963', 'hex'), Buffer.alloc(1000)]),
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1000)]),
      // The beginning of a JPEG does not make one.
      Buffer.concat([Buffer.from('ffd8ff', 'hex'), svg]),
    ]
    for (const image of others) expect(await refusal(image)).toBe('not-a-picture')
  })

  it('P10 of a JPEG that is a program as well only the pixels leave the booth', async () => {
    const script = '*/=alert("SPY-SCRIPT");/*'
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), Buffer.from(script, 'latin1')])
    const polyglot = Buffer.concat([hopper.subarray(0, 2), comment, hopper.subarray(2), Buffer.from('<script>SPY-TAIL</script>')])
    const jpeg = await made(polyglot)
    expect(Buffer.from(jpeg).includes('SPY')).toBe(false)
    expect([...jpeg.subarray(-2)]).toEqual([0xff, 0xd9])
  })
})
