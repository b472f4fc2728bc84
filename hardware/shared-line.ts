import type { ByteTransport, OpenTransport } from './transport.ts'

/** The one opened port behind the ends that its devices hold. */
interface Port {
  readonly wire: ByteTransport
  readonly ends: Set<{ hear(bytes: Uint8Array): void; lose(): void }>
  /** Whose exchange is under way: it alone hears what comes. */
  holder: object | null
  /** Ends when the exchange under way has. */
  turn: Promise<unknown>
  gone: boolean
}

/**
 * One line for several devices, as on a ccTalk bus: the port is opened once, `inTurn` keeps one exchange from another's, and the port is closed when the
 * last device lets go of it.
 */
export function shareLine(open: OpenTransport): OpenTransport {
  let opening: Promise<Port | null> | null = null

  const openPort = async (): Promise<Port | null> => {
    const wire = await open()
    if (!wire) return null
    const port: Port = { wire, ends: new Set(), holder: null, turn: Promise.resolve(), gone: false }
    wire.onData((bytes) => {
      for (const end of port.ends) if (end === port.holder) end.hear(bytes)
    })
    wire.onClose(() => {
      port.gone = true
      opening = null
      for (const end of port.ends) end.lose()
    })
    return port
  }

  return async () => {
    opening ??= openPort().catch(() => null)
    const mine = opening
    const port = await mine
    if (!port || port.gone) {
      if (opening === mine) opening = null
      return null
    }
    let listener: (bytes: Uint8Array) => void = () => undefined
    const closed = new Set<() => void>()
    let live = true
    const end = {
      hear: (bytes: Uint8Array) => listener(bytes),
      lose() {
        if (!live) return
        live = false
        port.ends.delete(end)
        for (const listen of closed) listen()
      },
    }
    port.ends.add(end)
    return {
      write: (bytes) => (live ? port.wire.write(bytes) : Promise.resolve(false)),
      onData(listen) {
        listener = listen
      },
      onClose(listen) {
        if (live) closed.add(listen)
        else queueMicrotask(listen)
      },
      async close() {
        end.lose()
        if (port.ends.size > 0 || port.gone) return
        port.gone = true
        if (opening === mine) opening = null
        await port.wire.close()
      },
      inTurn(act) {
        const result = port.turn.then(async () => {
          port.holder = end
          try {
            return await act()
          } finally {
            port.holder = null
          }
        })
        port.turn = result.catch(() => undefined)
        return result
      },
    }
  }
}
