import { ModuleFactory } from '@litertjs/core/wasm/litert_wasm_internal.js'
import wasmUrl from '@litertjs/core/wasm/litert_wasm_internal.wasm?url'
import packedUrl from '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data?url'
import selfieUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url'
import { checksOf } from '../../face/checks.ts'
import { openFaceEngine, type FaceEngine } from '../../face/engine.ts'
import { guideOf } from '../../face/guide.ts'
import { measure } from '../../face/measure.ts'
import { readFaceModels } from '../../face/models.ts'
import { openRuntime } from '../../face/runtime.ts'
import type { FrameToJudge, JudgedFrame } from './messages.ts'

// The handler stands before anything is awaited: a message that comes while a module waits would be lost for ever.
addEventListener('message', ({ data }: MessageEvent<FrameToJudge>) => void answer(data.frame))

/** Null where wasm cannot run, or a model is not the one that is expected: then nothing is judged, and the shutter is the resident's. */
const engine: Promise<FaceEngine | null> = open().catch(() => null)

async function open(): Promise<FaceEngine | null> {
  const bytesOf = async (url: string) => {
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const [wasm, packed, selfie] = await Promise.all([bytesOf(wasmUrl), bytesOf(packedUrl), bytesOf(selfieUrl)])
  const models = await readFaceModels(packed, selfie)
  return models && openFaceEngine(await openRuntime(ModuleFactory, wasm), models)
}

async function answer(frame: VideoFrame): Promise<void> {
  let judged: JudgedFrame = { able: false }
  try {
    const opened = await engine
    if (opened) judged = await judge(opened, frame)
  } finally {
    frame.close()
    postMessage(judged)
  }
}

async function judge(opened: FaceEngine, frame: VideoFrame): Promise<JudgedFrame> {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
  const data = new Uint8Array(width * height * 4)
  try {
    await frame.copyTo(data, { format: 'RGBA' })
    const picture = { data, width, height }
    const measures = measure(picture, await opened.glance(picture), 1)
    return { able: true, guide: guideOf(measures, checksOf(measures)) }
  } finally {
    data.fill(0)
  }
}
