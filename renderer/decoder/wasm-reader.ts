import { prepareZXingModule, type ZXingReaderModule, type ZXingReaderOptions, type ZXingReadResult } from 'zxing-wasm/reader'
import type { CodeReader, ReadCode } from './code-reader.ts'

/**
 * What of the wasm module is used. The library's own `readBarcodes` wants colour pixels only to make them grey again, and leaves its list of results
 * in the module's memory for ever.
 */
interface Module extends Pick<ZXingReaderModule, 'readBarcodesFromPixmap'> {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(address: number): void
}

type Results = ReturnType<ZXingReaderModule['readBarcodesFromPixmap']> & { delete(): void }

/** More codes than a form, a letter and a phone together hold. */
const mostCodes = 8

/** The side of the smallest QR code; the module throws at pictures of no size. */
const leastModules = 21

/** All tries of zxing-cpp on, but nothing else than QR codes; the numbers are the library's own defaults. */
const options: ZXingReaderOptions = {
  formats: 'QRCode',
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: false,
  binarizer: 0,
  isPure: false,
  downscaleThreshold: 500,
  downscaleFactor: 3,
  minLineCount: 2,
  maxNumberOfSymbols: mostCodes,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: 0,
  textMode: 0,
  characterSet: 0,
  tryCode39ExtendedMode: false,
}

/** A reader on zxing-cpp; `wasm` is the content of the package's `zxing_reader.wasm`. Rejects where wasm cannot run. */
export async function openWasmReader(wasm: ArrayBuffer): Promise<CodeReader> {
  const module = (await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true })) as unknown as Module
  return ({ data, width, height }) => {
    if (Math.min(width, height) < leastModules) return []
    const address = module._malloc(data.length)
    try {
      module.HEAPU8.set(data, address)
      const results = module.readBarcodesFromPixmap(address, width, height, options) as Results
      const codes: ReadCode[] = []
      for (let index = 0; index < results.size(); index += 1) {
        const result = results.get(index)
        if (result?.isValid) codes.push({ bytes: plain(result) ? Uint8Array.from(result.bytes) : new Uint8Array() })
      }
      results.delete()
      return codes
    } finally {
      module._free(address)
    }
  }
}

/** `]Q1`: QR code model 2 without ECI and FNC1 (ISO/IEC 15424). A single of a sequence has its size; a code that programs scanners says so. */
function plain(result: ZXingReadResult): boolean {
  return result.format.startsWith('QRCode') && result.symbologyIdentifier === ']Q1' && !result.hasECI && result.sequenceSize < 0 && !result.readerInit
}
