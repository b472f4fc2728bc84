import type { DeviceHost } from '../../hardware/wire.ts'
import type { CheckPorts } from './device-check.ts'
import { healthTeller } from './device-watch.ts'

const heightDots = 240
const patienceMs = 60_000

/** A frame with diagonals: shows dead dots, a wrong width and a paper that slips. */
function testRaster(widthDots: number): Uint8Array {
  const rowBytes = Math.ceil(widthDots / 8)
  const raster = new Uint8Array(rowBytes * heightDots)
  for (let y = 0; y < heightDots; y += 1)
    for (let x = 0; x < widthDots; x += 1) {
      const edge = x < 2 || y < 2 || x >= widthDots - 2 || y >= heightDots - 2
      const black = edge || (x + y) % 48 < 2 || (x - y + heightDots) % 48 < 2
      const at = y * rowBytes + (x >> 3)
      if (black) raster[at] = (raster[at] ?? 0) | (0x80 >> (x & 7))
    }
  return raster
}

/** Prints a test slip once the printer is there; false when it did not come out. */
export async function testPrint(host: DeviceHost, widthDots: number, { clock, say }: CheckPorts): Promise<boolean> {
  const tell = healthTeller(say)
  let sent = false
  const printed = await new Promise<boolean>((done) => {
    clock.after(patienceMs, () => done(false))
    host.onMessage((message) => {
      if (message.kind === 'health') {
        tell(message.device, message.health)
        if (message.health.state === 'lost') done(false)
        if (sent || (message.health.state !== 'ready' && message.health.state !== 'limited')) return
        sent = true
        host.send({
          device: 'printer',
          command: { kind: 'print', job: 'test', rasterBase64: Buffer.from(testRaster(widthDots)).toString('base64'), widthDots, heightDots },
        })
      } else if (message.device === 'printer') {
        say({ event: message.event.kind, device: 'printer', job: message.event.job })
        done(message.event.kind === 'printed')
      }
    })
  })
  await host.stop()
  return printed
}
