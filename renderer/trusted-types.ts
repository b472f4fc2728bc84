import decoderWorker from './decoder/worker.ts?worker&url'

/** The part of the Trusted Types API that is used; TypeScript's library does not know it yet. */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}

/** The worker scripts of this page; nothing else passes. */
const ownWorkers: readonly string[] = [decoderWorker]

const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes
const policy = factory?.createPolicy('cardbooth', {
  createScriptURL(url) {
    if (!ownWorkers.includes(url)) throw new TypeError('not a worker of this page')
    return url
  },
})

/** Starts the worker that reads codes; the one place where a script is started by its address. */
export function openDecoderWorker(): Worker {
  const url = policy ? policy.createScriptURL(decoderWorker) : decoderWorker
  return new Worker(url as string, { type: 'module', name: 'decoder' })
}
