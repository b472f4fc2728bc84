import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { codeDecoder, type CodeDecoder } from './code-decoder.ts'
import type { CodeReader } from './code-reader.ts'
import { luminanceOf, type Luminance } from './luminance.ts'
import type { DecodedFrame, FrameToDecode } from './messages.ts'
import { scriptReader } from './script-reader.ts'
import { openWasmReader } from './wasm-reader.ts'

// The handler stands before anything is awaited: a message that comes while a module waits would be lost for ever.
addEventListener('message', ({ data }: MessageEvent<FrameToDecode>) => void answer(data.frame))

const decoder: Promise<CodeDecoder> = open().then(codeDecoder)

async function open(): Promise<CodeReader> {
  try {
    const response = await fetch(wasmUrl)
    if (!response.ok) throw new Error(`wasm ${response.status}`)
    return await openWasmReader(await response.arrayBuffer())
  } catch {
    return scriptReader
  }
}

async function answer(frame: VideoFrame): Promise<void> {
  let codes: DecodedFrame['codes'] = []
  try {
    codes = (await decoder).live(await luminanceOfFrame(frame)).map(({ bytes }) => bytes)
  } finally {
    frame.close()
    postMessage({ codes } satisfies DecodedFrame)
  }
}

/** Cameras deliver planes of which the first is the grey that is wanted; frames that are something else are drawn. */
async function luminanceOfFrame(frame: VideoFrame): Promise<Luminance> {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
  if (frame.format === 'I420' || frame.format === 'NV12') {
    const bytes = new Uint8Array(frame.allocationSize())
    const [{ offset, stride } = { offset: 0, stride: width }] = await frame.copyTo(bytes)
    if (stride === width) return { data: bytes.subarray(offset, offset + width * height), width, height }
    const data = new Uint8Array(width * height)
    for (let y = 0; y < height; y += 1) data.set(bytes.subarray(offset + y * stride, offset + y * stride + width), y * width)
    return { data, width, height }
  }
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas in a worker')
  context.drawImage(frame, 0, 0, width, height)
  return luminanceOf(context.getImageData(0, 0, width, height).data, width, height, 4)
}
