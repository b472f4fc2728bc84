import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { modelFiles, readFaceModels } from '../../face/models.ts'
import { abilities, abilitiesLeft } from '../../hardware/faults.ts'

const modules = dirname(dirname(dirname(createRequire(import.meta.url).resolve('@mediapipe/face_mesh/package.json'))))
const file = ({ file: path }: { readonly file: string }) => Uint8Array.from(readFileSync(join(modules, path)))

it('are the ones that were tried, to the byte: one changed bit, a short file and no file are refused', async () => {
  const [packed, selfie] = [file(modelFiles.packed), file(modelFiles.selfie)]
  expect(await readFaceModels(packed, selfie)).not.toBeNull()
  for (const [at, bytes] of [[1000, packed], [3_986_000, packed], [100, selfie]] as const) {
    bytes[at]! ^= 1
    expect(await readFaceModels(packed, selfie)).toBeNull()
    bytes[at]! ^= 1
  }
  expect(await readFaceModels(packed.slice(0, -1), selfie)).toBeNull()
  expect(await readFaceModels(packed, new Uint8Array())).toBeNull()
})

it('otherwise photos are out of service (photo-models-altered), and nothing else', () => {
  expect([...abilitiesLeft(['photo-models-altered'])]).toEqual(abilities.filter((ability) => ability !== 'take-photo'))
})
