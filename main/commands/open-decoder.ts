import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { codeDecoder, type CodeDecoder } from '../../renderer/decoder/code-decoder.ts'
import { openWasmReader } from '../../renderer/decoder/wasm-reader.ts'

/** More pixels are refused before they are unpacked; phones make 12 to 50 million. */
const largestPicturePixels = 64_000_000

/** The booth's own decoder, on this side of the screen. */
export async function openDecoder(): Promise<CodeDecoder> {
  const file = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  return codeDecoder(await openWasmReader(Uint8Array.from(file).buffer))
}

/** Unpacked colour pixels, three bytes each. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** The pixels of an image, transparent parts white; rejects when `image` (a path or the bytes) is none. */
export async function readPixels(image: string | Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(image, { limitInputPixels: largestPicturePixels })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
