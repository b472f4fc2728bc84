import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Params } from './cdp.ts'
import { contentsOfFrame } from './web-contents.ts'
import { acceptSocket } from './web-socket.ts'

/**
 * Stands between a test driver and Chromium's debugging port, so that keys sent by the driver pass `before-input-event` first, as they
 * do in Electron, where that event comes before any key reaches a page. `onDriverGone` is called when the driver's connection ends.
 */
export async function startDevToolsProxy(chromiumAddress: string, onDriverGone: () => void): Promise<string> {
  const server = createServer()
  server.on('upgrade', (request, stream) => {
    const chromium = new WebSocket(chromiumAddress)
    const early: string[] = []
    /** The driver's sessions with pages. */
    const targets = new Map<string, string>()

    const driver = acceptSocket(
      request,
      stream,
      (message) => {
        const refusedKey = message.includes('"Input.dispatchKeyEvent"') ? refuseKey(message, targets) : null
        if (refusedKey) driver.send(refusedKey)
        else if (chromium.readyState === WebSocket.OPEN) chromium.send(message)
        else early.push(message)
      },
      () => {
        chromium.close()
        onDriverGone()
      },
    )
    chromium.addEventListener('open', () => {
      for (const message of early.splice(0)) chromium.send(message)
    })
    chromium.addEventListener('message', ({ data }) => {
      const message = String(data)
      if (message.includes('"Target.attachedToTarget"')) learnSession(message, targets)
      driver.send(message)
    })
    chromium.addEventListener('close', () => driver.close())
    chromium.addEventListener('error', () => driver.close())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(chromiumAddress).pathname}`
}

function learnSession(message: string, targets: Map<string, string>): void {
  const { method, params } = JSON.parse(message) as { method?: string; params?: { sessionId: string; targetInfo: { targetId: string } } }
  if (method === 'Target.attachedToTarget' && params) targets.set(params.sessionId, params.targetInfo.targetId)
}

/** The answer to a key that the application keeps from its page; null when it may pass. */
function refuseKey(message: string, targets: ReadonlyMap<string, string>): string | null {
  const { id, method, params, sessionId } = JSON.parse(message) as { id: number; method: string; params: Params; sessionId?: string }
  if (method !== 'Input.dispatchKeyEvent' || !sessionId) return null
  const contents = contentsOfFrame(targets.get(sessionId) ?? '')
  return !contents || contents.admitKey(params) ? null : JSON.stringify({ id, result: {}, sessionId })
}
