import type { OpenTransport } from '../../hardware/transport.ts'
import type { Say } from './device-watch.ts'

/** A line of which every byte is told as it goes, in the pieces in which it went. */
export function tapped(open: OpenTransport, say: Say): OpenTransport {
  const tell = (direction: 'in' | 'out', bytes: Uint8Array) => say({ event: 'bytes', direction, hex: Buffer.from(bytes).toString('hex') })
  return async () => {
    const wire = await open()
    if (!wire) return null
    return {
      ...wire,
      write(bytes) {
        tell('out', bytes)
        return wire.write(bytes)
      },
      onData: (listen) =>
        wire.onData((bytes) => {
          tell('in', bytes)
          listen(bytes)
        }),
    }
  }
}
