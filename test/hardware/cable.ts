import { linkedPair, type ByteTransport, type OpenTransport } from '../../hardware/transport.ts'

/** A cable whose near end is a port that is opened and closed, while the device at the far end lives on. */
export interface Cable {
  readonly far: ByteTransport
  /** Opens the port anew; null while the cable is out. */
  readonly open: OpenTransport
  /** Pulls the cable: the open port closes. */
  unplug(): void
  plug(): void
  /** Ports opened so far. */
  readonly opened: () => number
}

export function makeCable(): Cable {
  const [near, far] = linkedPair()
  let plugged = true
  let opened = 0
  let listener: ((bytes: Uint8Array) => void) | null = null
  let hangUp: (() => void) | null = null
  near.onData((bytes) => listener?.(bytes))
  return {
    far,
    async open() {
      if (!plugged) return null
      opened += 1
      let live = true
      const closed: (() => void)[] = []
      const close = () => {
        if (!live) return
        live = false
        for (const listen of closed) queueMicrotask(listen)
      }
      hangUp = close
      return {
        write: (bytes) => (live ? near.write(bytes) : Promise.resolve(false)),
        onData(listen) {
          listener = (bytes) => live && listen(bytes)
        },
        onClose: (listen) => void closed.push(listen),
        async close() {
          close()
        },
      }
    },
    unplug() {
      plugged = false
      hangUp?.()
    },
    plug() {
      plugged = true
    },
    opened: () => opened,
  }
}
