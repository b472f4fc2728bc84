import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Page } from 'playwright'
import { realClock } from '../../hardware/clock.ts'
import { decodeFrame } from '../../hardware/cctalk/frames.ts'
import { makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import type { ByteTransport } from '../../hardware/transport.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import { openPtyPair } from '../../main/commands/demo/pty-pair.ts'
import { launchBooth } from '../e2e/support/launch.ts'
import { touchesOn } from '../e2e/support/touches.ts'
import { peerArguments, program } from './host.ts'
import { measurement, type Measurement } from './measurement.ts'
import { machineNow, pageClock } from './page-clock.ts'
import { percentile } from './statistics.ts'

const coins = 100
/** So many coins of ten yen, and the visit still waits for more. */
const price = 2_000
/** Answer to "read buffered credit" (ccTalk CT2 3.27): the event counter and five pairs. */
const creditBytes = 11

/** Writes to the line at `file` and calls `left` with the time at which the last byte of a frame is on it that carries a credit which none before it carried. */
function watchCredits(wire: ByteTransport, file: number, left: (at: number) => void): ByteTransport {
  let counter = 0
  return {
    ...wire,
    write(bytes) {
      writeSync(file, bytes)
      const data = decodeFrame('sum-8', bytes)?.data
      if (data?.length === creditBytes && data[0] !== counter) {
        counter = data[0] ?? 0
        left(machineNow())
      }
      return Promise.resolve(true)
    },
  }
}

/** A page that says when it has drawn other words at `selector`, in the machine's time. */
async function watchDrawing(page: Page, selector: string): Promise<{ expect(): Promise<void>; drawn(): Promise<number> }> {
  const toMachine = await pageClock(page)
  type Watching = Window & { drawn: Promise<number> }
  return {
    expect: () =>
      page.evaluate((place) => {
        const words = () => document.querySelector(place)?.textContent
        const before = words()
        const { port1, port2 } = new MessageChannel()
        const drawn = new Promise<number>((done) => {
          // A task behind a frame's callbacks: the frame has been laid out and painted.
          port2.onmessage = () => done(performance.now())
          const observer = new MutationObserver(() => {
            if (words() === before) return
            observer.disconnect()
            requestAnimationFrame(() => port1.postMessage(null))
          })
          observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        })
        Object.assign(window, { drawn })
      }, selector),
    drawn: async () => toMachine(await page.evaluate(() => (window as unknown as Watching).drawn)),
  }
}

/** A browser goes on asking for frames for a moment after the last thing moved. */
const quietMs = 100

/** Waits until nothing moves on the page: no hand inserts the next coin while the last is still drawn falling. */
async function isAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => void (await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))))
  await new Promise((done) => setTimeout(done, quietMs))
}

/** From the frame with the credit to the amount on the glass, beside one number after one durable commit and one message, in turns. */
export async function* measureCoin(): AsyncGenerator<Measurement> {
  const clock = realClock()
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-measure-'))
  const cable = await openPtyPair(join(folder, 'coin-acceptor'), clock)
  const wire = await openSerial(cable.device, { baudRate: 9600, clock })
  if (!wire) throw new Error('the cable cannot be opened')
  const line = openSync(cable.device, 'w')
  let left = 0
  const acceptor = makeCoinAcceptorSimulator(watchCredits(wire, line, (at) => (left = at)), clock)
  const booth = await launchBooth({
    config: (demo) => ({
      ...demo,
      services: { 'jp-mynumber-application': { price } },
      cash: { ...(demo['cash'] as object), mostPieces: 2 * coins },
      devices: { ...(demo['devices'] as object), 'coin-acceptor': { path: cable.booth } },
    }),
  })
  const peer = await _electron.launch({
    executablePath: program,
    args: peerArguments('one-number.mjs'),
    env: { ...(process.env as Record<string, string>), PEER_NODE: process.execPath },
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const [ours, theirs]: [number[], number[]] = [[], []]
  try {
    const peerPage = await peer.firstWindow()
    const number = await watchDrawing(peerPage, '#number')
    const amount = await watchDrawing(booth.page, '[data-part="inserted"] .number')
    const touches = touchesOn(booth, 'ja')
    await touches.hurryTo('payment')
    await touches.at('payment')
    // The gate opens a moment after the screen says so; a coin that comes too early comes back. The first that does not is not measured.
    await amount.expect()
    while ((await acceptor.hand('insert 10')).startsWith('rejected')) await new Promise((done) => setTimeout(done, 100))
    await amount.drawn()
    for (let coin = 1; coin <= coins; coin += 1) {
      await isAtRest(booth.page)
      await amount.expect()
      await acceptor.hand('insert 10')
      ours.push((await amount.drawn()) - left)
      await isAtRest(peerPage)
      await number.expect()
      const began = await peer.evaluate((_electronModule, shown) => (globalThis as unknown as { show(number: number): Promise<number> }).show(shown), coin)
      theirs.push((await number.drawn()) - began)
    }
  } finally {
    await Promise.all([booth.close(), peer.close()])
    await acceptor.stop()
    await wire.close()
    closeSync(line)
    await cable.cut()
    rmSync(folder, { recursive: true, force: true })
  }
  yield measurement('coin', 'one number', theirs)
  yield measurement('coin', 'drawn', ours, { peer: 'one number', ratio: percentile(ours, 0.95) / percentile(theirs, 0.95) })
}
