import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { compileFunction } from 'node:vm'
import { openFaceEngine, type FaceEngine } from '../../face/engine.ts'
import { modelFiles, readFaceModels, type FaceModels } from '../../face/models.ts'
import { openRuntime, type ModuleFactory, type Runtime } from '../../face/runtime.ts'
import { areFaceFilesWhole, inPackage } from './face-files.ts'

const require = createRequire(import.meta.url)

/** The models that the packages ship; null when one is missing, or is not the one that was tried. */
async function readNodeFaceModels(): Promise<FaceModels | null> {
  const bytesOf = async (path: string) => Uint8Array.from(await readFile(inPackage(path)))
  try {
    const [packed, selfie] = await Promise.all([bytesOf(modelFiles.packed.file), bytesOf(modelFiles.selfie.file)])
    return await readFaceModels(packed, selfie)
  } catch {
    return null
  }
}

/** The face engine on this side of the screen; null where the models or the program that runs them are not the ones that were tried. */
export async function openNodeFaceEngine(): Promise<FaceEngine | null> {
  const models = (await areFaceFilesWhole(null)) ? await readNodeFaceModels() : null
  return models && openFaceEngine(await openNodeRuntime(), models)
}

/** LiteRT's loader is plain script in a package that calls itself a module: it is compiled as what it is. */
export async function openNodeRuntime(): Promise<Runtime> {
  const loader = inPackage('@litertjs/core/wasm/litert_wasm_internal.js')
  const module: { exports: unknown } = { exports: {} }
  const run = compileFunction(await readFile(loader, 'utf8'), ['require', 'module', 'exports', '__filename', '__dirname'], { filename: loader })
  run(require, module, module.exports, loader, dirname(loader))
  return openRuntime(module.exports as ModuleFactory, { wasmBinary: await readFile(loader.replace(/js$/, 'wasm')) })
}
