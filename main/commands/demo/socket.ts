import type { ByteTransport, OpenTransport } from '../../../hardware/transport.ts'

/** A socket in the wall of memory: the device stays plugged in at one side while, at the other, one line after another is opened to it. */
export interface DeviceSocket {
  /** The device's end, for its simulator; it outlives every line. */
  readonly device: ByteTransport
  /** Opens a new line to the device; the line before it is closed. */
  readonly open: OpenTransport
}

/** Makes a socket. */
export function deviceSocket(): DeviceSocket {
  let toDevice: (bytes: Uint8Array) => void = () => {}
  let toHost: (bytes: Uint8Array) => void = () => {}
  let closeLine = () => {}
  return {
    device: {
      write: (bytes) => Promise.resolve(new Uint8Array(bytes)).then((sent) => (toHost(sent), true)),
      onData(listen) {
        toDevice = listen
      },
      onClose() {},
      close: () => Promise.resolve(closeLine()),
    },
    open() {
      closeLine()
      let open = true
      let closed = () => {}
      let heard: (bytes: Uint8Array) => void = () => {}
      closeLine = () => {
        if (!open) return
        open = false
        queueMicrotask(closed)
      }
      const close = closeLine
      toHost = (bytes) => {
        if (open) heard(bytes)
      }
      return Promise.resolve({
        write(bytes) {
          const sent = new Uint8Array(bytes)
          return Promise.resolve().then(() => {
            if (open) toDevice(sent)
            return open
          })
        },
        onData(listen) {
          heard = listen
        },
        onClose(listen) {
          closed = listen
        },
        close: () => Promise.resolve(close()),
      })
    },
  }
}

/** Ends for several devices that hang on one device's end: all hear what the host says, and each may answer. */
export function sharedDevice(device: ByteTransport, count: number): readonly ByteTransport[] {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  device.onData((bytes) => {
    for (const listen of listeners) listen(bytes)
  })
  return Array.from({ length: count }, () => ({ ...device, onData: (listen: (bytes: Uint8Array) => void) => void listeners.push(listen) }))
}
