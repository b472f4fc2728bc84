import { ModuleFactory } from '@litertjs/core/wasm/litert_wasm_internal.js'
import wasmUrl from '@litertjs/core/wasm/litert_wasm_internal.wasm?url'
import packedUrl from '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data?url'
import selfieUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url'
import { checksOf } from '../../face/checks.ts'
import { openFaceEngine, type FaceEngine } from '../../face/engine.ts'
import { followHead, type HeadFollower } from '../../face/follow.ts'
import { guideOf } from '../../face/guide.ts'
import { judgeSitter, placeOfHead } from '../../face/live.ts'
import { readFaceModels } from '../../face/models.ts'
import { openRuntime } from '../../face/runtime.ts'
import { shotScore } from '../../face/shot.ts'
import { defaultThresholds } from '../../face/thresholds.ts'
import { seenPart } from '../camera/seen-part.ts'
import type { FaceWorkerSays, FrameToJudge, JudgedFrame } from './messages.ts'

// The handler stands before anything is awaited: a message that comes while a module waits would be lost for ever.
addEventListener('message', ({ data }: MessageEvent<FrameToJudge>) => void answer(data))

/** Null where wasm cannot run, or a model is not the one that is expected: then nothing is judged, and the shutter is the resident's. */
const follower: Promise<HeadFollower | null> = open().then((engine) => engine && followHead(engine), () => null)
void follower.then((opened) => opened ?? say({ altered: true }))

const say = (said: FaceWorkerSays) => postMessage(said)

async function open(): Promise<FaceEngine | null> {
  const bytesOf = async (url: string) => {
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const [program, packed, selfie] = await Promise.all([WebAssembly.compileStreaming(fetch(wasmUrl)), bytesOf(packedUrl), bytesOf(selfieUrl)])
  const models = await readFaceModels(packed, selfie)
  return models && openFaceEngine(await openRuntime(ModuleFactory, { instantiateWasm: instanceOf(program) }), models)
}

const instanceOf = (program: WebAssembly.Module) => (imports: object, done: (instance: object) => void) =>
  WebAssembly.instantiate(program, imports as WebAssembly.Imports).then(done)

async function answer(asked: FrameToJudge): Promise<void> {
  let judged: JudgedFrame = { able: false }
  try {
    const opened = await follower
    if (opened) judged = await judge(opened, asked)
  } finally {
    asked.frame.close()
    say(judged)
  }
}

const judgeLive = judgeSitter(() => performance.now())

/** The pixels of the last frame; the next one of its size takes their place. */
let pixels = new Uint8Array()

async function judge(measureFrame: HeadFollower, { frame, whole, limits }: FrameToJudge): Promise<JudgedFrame> {
  const rect = seenPart(frame)
  const { width, height } = rect
  if (pixels.length !== width * height * 4) pixels = new Uint8Array(width * height * 4)
  try {
    await frame.copyTo(pixels, { format: 'RGBA', rect })
    const measures = await measureFrame({ data: pixels, width, height }, whole)
    const checks = checksOf(measures, { ...defaultThresholds, ...limits })
    return {
      able: true,
      guide: guideOf(measures, checks, judgeLive(measures, limits)),
      place: placeOfHead(measures, limits),
      score: whole ? shotScore(measures, checks) : 0,
    }
  } finally {
    pixels.fill(0)
  }
}
