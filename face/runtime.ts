/** What of LiteRT's wasm module is used: its own bindings, without the wrapper of the package, which wants a page and a script tag. */
interface Module {
  readonly HEAPU8: Uint8Array
  readonly LiteRtEnvironment: { create(webGpuDevice: null): object }
  readonly LiteRtTensorBuffer: {
    createManaged(environment: object, kind: object, type: Disposable, bytes: number): TensorBuffer
  }
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: object }
  readonly LiteRtTensorBufferLockMode: { readonly READ: object; readonly WRITE: object }
  setupLogging(): void
  _malloc(bytes: number): number
  loadModel(environment: object, address: number, bytes: number): LoadedModel
  compileModel(environment: object, model: LoadedModel, options: object): CompiledModel | Promise<CompiledModel>
}

interface Disposable {
  delete(): void
}

interface TensorBuffer extends Disposable {
  lock(mode: object): number
  unlock(): void
  packedSize(): number
}

interface LoadedModel {
  getInputTensorType(signature: number, index: number): Disposable & { bytes(): number }
}

interface CompiledModel {
  run(signature: number, inputs: readonly TensorBuffer[]): readonly TensorBuffer[] | Promise<readonly TensorBuffer[]>
}

/** The factory that the package's `litert_wasm_internal.js` (or `litert_wasm_compat_internal.js`) makes. */
export type ModuleFactory = (options: Program & { readonly print: (line: string) => void; readonly printErr: (line: string) => void }) => Promise<unknown>

/** The `.wasm` that belongs to the factory: its bytes, or what makes an instance of a program that was compiled as it came and never lay in memory as a whole. */
export type Program = { readonly wasmBinary: Uint8Array } | { readonly instantiateWasm: (imports: object, done: (instance: object) => void) => object }

/** A model ready to run. Its inputs are empty again after each run: fill them, then run. */
export interface Model {
  /** The memory of an input, 32-bit floats; valid until the next `await`. */
  input(index: number): Float32Array
  /** Runs on what the inputs hold; copies of the outputs, in the order of the model. */
  run(): Promise<readonly Float32Array[]>
}

/** Runs models of the TFLite format on the CPU, in wasm. */
export interface Runtime {
  /** Makes a model with `inputs` inputs ready; rejects when the bytes are none. */
  load(bytes: Uint8Array, inputs: number): Promise<Model>
}

/** Opens LiteRT. What it says while it works is its own talk, and dropped. */
export async function openRuntime(factory: ModuleFactory, program: Program): Promise<Runtime> {
  const silent = () => undefined
  const module = (await factory({ ...program, print: silent, printErr: silent })) as Module
  module.setupLogging()
  const environment = module.LiteRtEnvironment.create(null)
  const { READ, WRITE } = module.LiteRtTensorBufferLockMode
  return {
    async load(bytes, inputs) {
      // The model is read where it lies, for as long as the runtime lives.
      const address = module._malloc(bytes.length)
      module.HEAPU8.set(bytes, address)
      const loaded = module.loadModel(environment, address, bytes.length)
      const options = { environment: { liteRtEnvironment: environment }, accelerator: 'wasm', cpuOptions: { numThreads: 1 }, gpuOptions: {}, webNNOptions: {} }
      const compiled = await module.compileModel(environment, loaded, options)
      const buffers = Array.from({ length: inputs }, (_, index) => {
        const type = loaded.getInputTensorType(0, index)
        const buffer = module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, type, type.bytes())
        type.delete()
        return buffer
      })
      // The first run compiles, and lays out memory: whoever is looked at first does not wait for it.
      for (const buffer of await compiled.run(0, buffers)) buffer.delete()
      const floats = (buffer: TensorBuffer, mode: object) => {
        const view = new Float32Array(module.HEAPU8.buffer, buffer.lock(mode), buffer.packedSize() / 4)
        buffer.unlock()
        return view
      }
      return {
        input: (index) => floats(buffers[index]!, WRITE),
        async run() {
          const outputs = await compiled.run(0, buffers)
          // Whoever was looked at is not kept until somebody else comes.
          for (const buffer of buffers) floats(buffer, WRITE).fill(0)
          return outputs.map((buffer) => {
            const values = floats(buffer, READ).slice()
            floats(buffer, WRITE).fill(0)
            buffer.delete()
            return values
          })
        },
      }
    },
  }
}
