import { EventEmitter } from 'node:events'
import { fromServed, schemeOf, toServed } from './addresses.ts'
import { part, text, type Params } from './cdp.ts'
import { ElectronEvent } from './electron-event.ts'
import { notImplemented, strict } from './not-implemented.ts'
import { chromium, onChromium } from './runtime.ts'
import { contentsOfFrame, type HostWebContents } from './web-contents.ts'

type PermissionRequestHandler = (contents: object | null, permission: string, answer: (granted: boolean) => void, details: object) => void
type PermissionCheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean
type BeforeRequest = (
  details: { readonly url: string; readonly method: string; readonly resourceType: string },
  answer: (verdict: { readonly cancel?: boolean }) => void,
) => void

/** Electron's permissions and what Chromium calls them. They are asked for before a page loads, not when it wants one. */
const permissions: readonly { readonly electron: string; readonly media?: 'video' | 'audio'; readonly chromium: object }[] = [
  { electron: 'media', media: 'video', chromium: { name: 'camera' } },
  { electron: 'media', media: 'audio', chromium: { name: 'microphone' } },
  { electron: 'geolocation', chromium: { name: 'geolocation' } },
  { electron: 'notifications', chromium: { name: 'notifications' } },
  { electron: 'midi', chromium: { name: 'midi' } },
  { electron: 'midiSysex', chromium: { name: 'midi', sysex: true } },
  { electron: 'clipboard-read', chromium: { name: 'clipboard-read' } },
  { electron: 'clipboard-sanitized-write', chromium: { name: 'clipboard-write' } },
  { electron: 'idle-detection', chromium: { name: 'idle-detection' } },
  { electron: 'window-management', chromium: { name: 'window-management' } },
  { electron: 'storage-access', chromium: { name: 'storage-access' } },
]

const protocolHandlers = new Map<string, (request: Request) => Response | Promise<Response>>()
let askPermission: PermissionRequestHandler | null = null
let checkPermission: PermissionCheckHandler | null = null
let beforeRequest: BeforeRequest | null = null
let partition: string | null = null

class HostSession extends EventEmitter {
  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => void protocolHandlers.set(scheme, handler),
  })
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest(...given: [BeforeRequest] | [object, BeforeRequest]) {
      if (typeof given[0] !== 'function') return notImplemented('a filter for webRequest.onBeforeRequest')
      beforeRequest = given[0] as BeforeRequest
    },
  })
  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    askPermission = handler
  }
  setPermissionCheckHandler(handler: PermissionCheckHandler): void {
    checkPermission = handler
  }
  setDevicePermissionHandler(_handler: unknown): void {}
  override on(event: string, listen: (...args: never[]) => void): this {
    if (event !== 'will-download') return notImplemented(`session event ${event}`)
    return super.on(event, listen as (...args: unknown[]) => void)
  }
}

const only = new HostSession()
const shown = strict('session', only)

/** `session`, for one in-memory partition. */
export const session = strict('session', {
  fromPartition(name: string) {
    if (name.startsWith('persist:')) return notImplemented('a partition that is kept')
    partition ??= name
    return name === partition ? shown : notImplemented('a second partition')
  },
})

/** Makes sure that a window belongs to the one partition. */
export function usePartition(name: unknown): object {
  return typeof name === 'string' ? session.fromPartition(name) : notImplemented('the default session')
}

/** Asks the application once for each permission and tells Chromium, which keeps them by origin. */
async function settlePermissions(contents: HostWebContents, address: string): Promise<void> {
  const web = new URL(toServed(address)).origin
  const granted = await Promise.all(
    permissions.map(async ({ electron, media }) => {
      const details = {
        requestingUrl: address,
        isMainFrame: true,
        securityOrigin: fromServed(web),
        ...(media && { mediaTypes: [media], mediaType: media }),
      }
      const asked = await new Promise<boolean>((answer) => (askPermission ? askPermission(contents.shown, electron, answer, details) : answer(true)))
      return asked && (checkPermission?.(contents.shown, electron, fromServed(`${web}/`), details) ?? true)
    }),
  )
  await Promise.all(
    permissions.map(({ chromium: permission }, index) =>
      chromium().cdp.send('Browser.setPermission', { permission, setting: granted[index] ? 'granted' : 'denied', origin: web }),
    ),
  )
}

/** Answers one request that Chromium holds back. */
async function serve(params: Params): Promise<void> {
  const { cdp } = chromium()
  const requestId = text(params, 'requestId')
  const request = part(params, 'request')
  const address = fromServed(text(request, 'url'))
  const resourceType = text(params, 'resourceType')
  const refuse = (errorReason: string) => cdp.send('Fetch.failRequest', { requestId, errorReason })

  if (resourceType === 'Document') {
    const contents = contentsOfFrame(text(params, 'frameId'))
    if (contents && !(await contents.mayNavigate(address))) return void (await refuse('Aborted'))
    if (contents) await settlePermissions(contents, address)
  }
  const method = text(request, 'method')
  const cancelled = await new Promise<boolean>((answer) =>
    beforeRequest
      ? beforeRequest({ url: address, method, resourceType: resourceType === 'Document' ? 'mainFrame' : resourceType.toLowerCase() }, (verdict) =>
          answer(verdict.cancel === true),
        )
      : answer(false),
  )
  if (cancelled) return void (await refuse('BlockedByClient'))
  const handler = protocolHandlers.get(schemeOf(address))
  if (!handler) return void (await cdp.send('Fetch.continueRequest', { requestId }))
  if (method !== 'GET' && method !== 'HEAD') return notImplemented(`${method} to protocol.handle`)
  const response = await handler(new Request(address, { method, headers: part(request, 'headers') as Record<string, string> }))
  await cdp.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })
}

onChromium(({ cdp }) => {
  // At the root and not at each page, so that workers and their modules are held back too.
  void cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
  void cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true })
  cdp.onEvent(({ method, params }) => {
    if (method === 'Fetch.requestPaused')
      serve(params).catch((error: unknown) => {
        if (!/Chromium is gone|Invalid InterceptionId|Invalid state/.test(String(error))) process.stderr.write(`electron-host: ${String(error)}\n`)
        void cdp.send('Fetch.failRequest', { requestId: text(params, 'requestId'), errorReason: 'Failed' }).catch(() => {})
      })
    // Downloads are refused either way; the event tells whether the application refuses them too.
    if (method === 'Browser.downloadWillBegin') only.emit('will-download', new ElectronEvent(), strict('DownloadItem', {}))
  })
})
