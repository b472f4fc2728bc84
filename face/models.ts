import { cutModel } from './model-cut.ts'

/** Files of npm packages that hold the models and the program that runs them, and what is expected of them; all are Apache-2.0, by Google. */
export const modelFiles = {
  /** Detector and mesh, one behind the other. */
  packed: {
    file: '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data',
    sha256: 'dbe5905c582c0462cdaea17e7e6ecea92edaa8cccc515c5e2e7291f2cbb5fb99',
  },
  selfie: {
    file: '@mediapipe/selfie_segmentation/selfie_segmentation.tflite',
    sha256: '8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27',
  },
  /** LiteRT with relaxed SIMD. */
  program: {
    file: '@litertjs/core/wasm/litert_wasm_internal.wasm',
    sha256: '7280cf4471774867e385e6c3cd53e2b45e2975b80fea338fff4ef359b0865614',
  },
} as const

/** Where in the packed file a model lies, and the digest of that part. */
const parts = {
  attentionMesh: { from: 0, to: 2_495_952, sha256: '883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d' },
  detector: { from: 3_757_224, to: 3_986_256, sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633' },
} as const

/** Numbers of tensors in the attention mesh. The operators between trunk and heads are MediaPipe's own and are done in `mesh.ts`. */
const tensors = {
  image: 0,
  coarseMesh: 719,
  features: 35,
  faceFlag: 710,
  crops: [199, 200, 201],
  lips: 697,
  leftEye: 700,
  leftIris: 703,
  rightEye: 704,
  rightIris: 707,
} as const

/** The models as they are loaded. */
export interface FaceModels {
  /** 128 × 128 × 3, -1 to 1, to 896 × 16 regressors and 896 scores. */
  readonly detector: Uint8Array
  /** 192 × 192 × 3, 0 to 1, to 468 × 3 coarse points, a map of 48 × 48 × 32 features, and whether it is a face. */
  readonly meshTrunk: Uint8Array
  /** Three crops of 16 × 16 × 32 to 80 points of the lips, 71 and 5 of one eye and its iris, and of the other. */
  readonly meshHeads: Uint8Array
  /** 256 × 256 × 3, 0 to 1, to 256 × 256 parts of a person. */
  readonly person: Uint8Array
}

/** Takes the models out of the packages' files; null when a byte of them is not the one that was tried and measured. */
export async function readFaceModels(packed: Uint8Array<ArrayBuffer>, selfie: Uint8Array<ArrayBuffer>): Promise<FaceModels | null> {
  const part = ({ from, to }: { readonly from: number; readonly to: number }) => packed.subarray(from, to)
  const [attentionMesh, detector] = [part(parts.attentionMesh), part(parts.detector)]
  const pinned = [
    [packed, modelFiles.packed.sha256],
    [attentionMesh, parts.attentionMesh.sha256],
    [detector, parts.detector.sha256],
    [selfie, modelFiles.selfie.sha256],
  ] as const
  for (const [bytes, sha256] of pinned) if ((await digestOf(bytes)) !== sha256) return null
  return {
    detector,
    meshTrunk: cutModel(attentionMesh, [tensors.image], [tensors.coarseMesh, tensors.features, tensors.faceFlag]),
    meshHeads: cutModel(attentionMesh, tensors.crops, [tensors.lips, tensors.leftEye, tensors.leftIris, tensors.rightEye, tensors.rightIris]),
    person: selfie,
  }
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
