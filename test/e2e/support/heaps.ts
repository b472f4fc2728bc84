import type { CDPSession, Page } from 'playwright'
import { wholeStrings } from '../../privacy/support/search.ts'

/** A picture of a heap after collection, in V8's own form: its strings stand in it as JSON. */
type Heap = string

/** The heap of a page. */
export async function heapOfPage(page: Page): Promise<Heap> {
  const cdp = await page.context().newCDPSession(page)
  const heap = await takeHeap(cdp)
  await cdp.detach()
  return heap
}

async function takeHeap(cdp: CDPSession): Promise<Heap> {
  const chunks: string[] = []
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk))
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  return chunks.join('')
}

/** Where a Node process listens for a debugger once it got SIGUSR1. */
const inspector = 'http://127.0.0.1:9229/json/list'

/** The heap of a Node process of this machine, asked over the debugging port that SIGUSR1 opens; null where a process does not do that. Closes the port again. */
export async function heapOfProcess(id: number): Promise<Heap | null> {
  process.kill(id, 'SIGUSR1')
  const address = await inspectorOf()
  if (address === null) return null
  const socket = new WebSocket(address)
  await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
  const chunks: string[] = []
  let heard: (id: number) => void = () => undefined
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as { readonly id?: number; readonly params?: { readonly chunk?: string } }
    if (message.params?.chunk !== undefined) chunks.push(message.params.chunk)
    if (message.id !== undefined) heard(message.id)
  })
  const ask = (number: number, method: string, params: object) =>
    new Promise<void>((done) => {
      heard = (answered) => answered === number && done()
      socket.send(JSON.stringify({ id: number, method, params }))
    })
  await ask(1, 'Runtime.evaluate', { expression: `process.getBuiltinModule('node:v8').setFlagsFromString('${wholeStrings}')` })
  await ask(2, 'HeapProfiler.collectGarbage', {})
  await ask(3, 'HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  const closed = new Promise((done) => socket.addEventListener('close', done, { once: true }))
  socket.send(JSON.stringify({ id: 4, method: 'Runtime.evaluate', params: { expression: 'process._debugEnd()' } }))
  await closed
  return chunks.join('')
}

async function inspectorOf(): Promise<string | null> {
  for (let tries = 0; tries < 30; tries += 1) {
    const listed = await fetch(inspector).then((answer) => answer.json() as Promise<{ readonly webSocketDebuggerUrl: string }[]>, () => null)
    if (listed?.[0]) return listed[0].webSocketDebuggerUrl
    await new Promise((done) => setTimeout(done, 100))
  }
  return null
}
