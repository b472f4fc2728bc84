import { checkJson, toJson } from './json-only.ts'
import { notImplemented } from './not-implemented.ts'

/*
 * What runs inside Chromium: the preload in an isolated world of its own (so context isolation is Chromium's), and beside it in the
 * page's world the other end of the context bridge. Both are sent as source text; they may use nothing but what `inject` puts beside them.
 */

type Callable = (...args: unknown[]) => unknown

/**
 * One end of the bridge between the two worlds. What crosses is the detail of synchronous DOM events, which Chromium clones from world
 * to world; functions and promises go by number.
 */
function bridgeEnd(token: string, own: 'page' | 'preload', expose: (key: string, value: unknown) => void) {
  type Message =
    | { kind: 'call'; target: number; args: unknown }
    | { kind: 'return' | 'throw'; value: unknown }
    | { kind: 'settle'; promise: number; ok: boolean; value: unknown }
    | { kind: 'expose'; key: string; value: unknown }
    | { kind: 'forget'; target: number }

  const functions = new Map<number, Callable>()
  const promises = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>()
  let last = 0
  let returned: { ok: boolean; value: unknown } | null = null
  const other = own === 'page' ? 'preload' : 'page'
  const say = (detail: Message) => window.dispatchEvent(new CustomEvent(`${token}>${other}`, { detail }))
  const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  const each = (value: unknown, act: (item: unknown) => unknown) => {
    if (Array.isArray(value)) return value.map(act)
    return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, act(item)])) : value
  }

  /** A value as it may cross. */
  const write = (value: unknown): unknown => {
    if (typeof value === 'function') {
      last += 1
      functions.set(last, value as Callable)
      return { $function: last }
    }
    if (!(value instanceof Promise))
      return typeof value === 'object' && (Array.isArray(value) || isRecord(value)) ? each(value, write) : checked(value)
    last += 1
    const promise = last
    value.then(
      (result) => say({ kind: 'settle', promise, ok: true, value: write(result) }),
      (error: unknown) => say({ kind: 'settle', promise, ok: false, value: wordsOf(error) }),
    )
    return { $promise: promise }
  }
  /** A function that the other world can no longer call is forgotten here, as Electron does. */
  const lost = new FinalizationRegistry((target: number) => say({ kind: 'forget', target }))
  const checked = (value: unknown) => {
    checkJson(value, 0)
    return value
  }
  const read = (value: unknown): unknown => {
    if (isRecord(value) && typeof value['$function'] === 'number') {
      const target = value['$function']
      const there = (...args: unknown[]) => call(target, args)
      lost.register(there, target)
      return there
    }
    if (isRecord(value) && typeof value['$promise'] === 'number') {
      const promise = value['$promise']
      return new Promise((done, failed) => promises.set(promise, { done, failed }))
    }
    return each(value, read)
  }
  const call = (target: number, args: unknown[]) => {
    say({ kind: 'call', target, args: write(args) })
    const result = returned
    returned = null
    if (!result) throw new Error('the other world is gone')
    if (!result.ok) throw new Error(String(result.value))
    return result.value
  }

  const hear = (message: Message) => {
    switch (message.kind) {
      case 'call':
        try {
          const value = functions.get(message.target)?.(...(read(message.args) as unknown[]))
          return say({ kind: 'return', value: write(value) })
        } catch (error) {
          return say({ kind: 'throw', value: wordsOf(error) })
        }
      case 'return':
      case 'throw':
        returned = { ok: message.kind === 'return', value: read(message.value) }
        return
      case 'settle': {
        const promise = promises.get(message.promise)
        promises.delete(message.promise)
        return message.ok ? promise?.done(read(message.value)) : promise?.failed(new Error(String(message.value)))
      }
      case 'forget':
        return void functions.delete(message.target)
      case 'expose':
        return expose(message.key, read(message.value))
    }
  }
  window.addEventListener(
    `${token}>${own}`,
    (event) => {
      event.stopImmediatePropagation()
      hear((event as CustomEvent<Message>).detail)
    },
    true,
  )
  return { expose: (key: string, value: unknown) => say({ kind: 'expose', key, value: write(value) }) }
}

/** The page's side: puts what the preload exposes on `window`, frozen through and through, as Electron does. */
function pageWorld(token: string) {
  const freeze = (value: unknown): unknown => {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      for (const item of Object.values(value)) freeze(item)
      Object.freeze(value)
    }
    return value
  }
  bridgeEnd(token, 'page', (key, value) => Object.defineProperty(window, key, { value: freeze(value), enumerable: true }))
}

/** The preload's side: `require('electron')` and the two ends of IPC. */
function preloadWorld(token: string, run: (require: (name: string) => unknown, module: { exports: unknown }, process: object) => void) {
  const post = Reflect.get(globalThis, token) as (message: string) => void
  const waiting = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void; channel: string }>()
  const listeners = new Map<string, Set<Callable>>()
  let last = 0

  type Delivery = { kind: 'reply'; id: number; ok: boolean; value: unknown } | { kind: 'send'; channel: string; args: unknown[] }
  const deliver = (message: Delivery) => {
    if (message.kind === 'send') {
      for (const listen of listeners.get(message.channel) ?? []) listen({}, ...message.args)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) asked?.done(message.value)
    else asked?.failed(new Error(`Error invoking remote method '${asked.channel}': ${String(message.value)}`))
  }
  Reflect.set(globalThis, `${token}:deliver`, (source: string) => deliver(JSON.parse(source) as Delivery))

  const lacking = <Target extends object>(name: string, target: Target) =>
    new Proxy(target, {
      get: (object, property) => (property in object ? Reflect.get(object, property) : notImplemented(`${name}.${String(property)}`)),
    })
  const bridge = bridgeEnd(token, 'preload', () => notImplemented('exposing from the page'))
  const electron = lacking('electron in a preload', {
    contextBridge: lacking('contextBridge', {
      exposeInMainWorld(key: string, value: unknown) {
        if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
        bridge.expose(key, value)
      },
    }),
    ipcRenderer: lacking('ipcRenderer', {
      invoke(channel: string, ...args: unknown[]) {
        last += 1
        const id = last
        const message = toJson({ id, channel, args })
        return new Promise((done, failed) => {
          waiting.set(id, { done, failed, channel })
          post(message)
        })
      },
      on(channel: string, listen: Callable) {
        const known = listeners.get(channel) ?? new Set()
        listeners.set(channel, known.add(listen))
      },
    }),
  })
  // Electron shows no menu of its own on a right click or a long press.
  window.addEventListener('contextmenu', (event) => event.preventDefault(), true)
  const require = (name: string) => (name === 'electron' ? electron : notImplemented(`require('${name}') in a sandboxed preload`))
  run(require, { exports: {} }, { type: 'renderer', sandboxed: true, contextIsolated: true })
}

const shared = [notImplemented, checkJson, toJson, bridgeEnd].join('\n')
// Frames inside the page get no preload (nodeIntegrationInSubFrames is off).
const inject = (body: string) => `if (window === window.top) { ${shared}\n${body} }`

/** The script for the page's world. `token` is a secret name shared by both worlds of one window. */
export const pageScript = (token: string) => inject(`(${pageWorld})(${JSON.stringify(token)})`)

/** The script for the preload's world, with the preload itself (CommonJS) inside. */
export const preloadScript = (token: string, preload: string) =>
  inject(`(${preloadWorld})(${JSON.stringify(token)}, function (require, module, process) { const exports = module.exports;\n${preload}\n})`)
