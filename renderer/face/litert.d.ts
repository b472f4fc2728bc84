declare module '@litertjs/core/wasm/litert_wasm_internal.js' {
  export const ModuleFactory: import('../../face/runtime.ts').ModuleFactory
}
