import decoderWorker from './decoder/worker.ts?worker&url'
import faceWorker from './face/worker.ts?worker&url'

/** The part of the Trusted Types API that is used; TypeScript's library does not know it yet. */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}

/** The worker scripts of this page; nothing else passes. */
const ownWorkers: readonly string[] = [decoderWorker, faceWorker]

const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes
const policy = factory?.createPolicy('cardbooth', {
  createScriptURL(url) {
    if (!ownWorkers.includes(url)) throw new TypeError('not a worker of this page')
    return url
  },
})

/** Starts a worker; the one place where a script is started by its address. */
function openWorker(address: string, name: string): Worker {
  const url = policy ? policy.createScriptURL(address) : address
  return new Worker(url as string, { type: 'module', name })
}

/** Starts the worker that reads codes. */
export const openDecoderWorker = (): Worker => openWorker(decoderWorker, 'decoder')

/** Starts the worker that looks at faces. */
export const openFaceWorker = (): Worker => openWorker(faceWorker, 'face')
