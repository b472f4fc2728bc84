/** A byte line to one device: the wire that drivers hold at one end and simulators at the other. */
export interface ByteTransport {
  /**
   * Sends `bytes` in one write call. Resolves true once the operating system took them, false when the line is closed or the write
   * did not finish in time; never rejects.
   */
  write(bytes: Uint8Array): Promise<boolean>
  /** Calls `listen` with each chunk as it arrives; chunk borders mean nothing. One listener: a later call replaces it. */
  onData(listen: (bytes: Uint8Array) => void): void
  /** Calls `listen` once when the line is gone, whoever closed it. */
  onClose(listen: () => void): void
  /** Closes the line; idempotent. */
  close(): Promise<void>
}

/** Opens a fresh line to the same place each time; null when it cannot be opened now. */
export type OpenTransport = () => Promise<ByteTransport | null>

/** Two ends of one wire in memory: what one end writes arrives at the other in a later turn, in order. */
export function linkedPair(): readonly [ByteTransport, ByteTransport] {
  let open = true
  const closeListeners: (() => void)[] = []
  const shut = () => {
    if (!open) return
    open = false
    for (const listen of closeListeners) queueMicrotask(listen)
  }

  const end = () => {
    let listener: ((bytes: Uint8Array) => void) | null = null
    const waiting: Uint8Array[] = []
    return {
      deliver(bytes: Uint8Array) {
        if (listener) listener(bytes)
        else waiting.push(bytes)
      },
      listen(next: (bytes: Uint8Array) => void) {
        listener = next
        for (const bytes of waiting.splice(0)) next(bytes)
      },
    }
  }
  const left = end()
  const right = end()
  const transport = (own: typeof left, other: typeof left): ByteTransport => ({
    write(bytes) {
      if (!open) return Promise.resolve(false)
      const sent = Uint8Array.from(bytes)
      return Promise.resolve().then(() => {
        if (open) other.deliver(sent)
        return open
      })
    },
    onData: (listen) => own.listen(listen),
    onClose: (listen) => void closeListeners.push(listen),
    close: () => Promise.resolve(shut()),
  })
  return [transport(left, right), transport(right, left)]
}
