import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { modelFiles, readFaceModels } from '../../face/models.ts'
import { inPackage } from '../../main/photo/face-files.ts'
import { openNodeRuntime } from '../../main/photo/open-face-engine.ts'

const bytesOf = (file: string) => Uint8Array.from(readFileSync(inPackage(file)))

it('what a model was given to look at is gone once it has looked', async () => {
  const models = await readFaceModels(bytesOf(modelFiles.packed.file), bytesOf(modelFiles.selfie.file))
  if (!models) throw new Error('the models are not the ones that are expected')
  const runtime = await openNodeRuntime()
  for (const bytes of [models.detector, models.meshTrunk, models.person]) {
    const model = await runtime.load(bytes, 1)
    model.input(0).fill(0.5)
    const outputs = await model.run()
    expect(outputs.some((values) => values.some((value) => value !== 0))).toBe(true)
    expect(model.input(0).every((value) => value === 0)).toBe(true)
  }
})
