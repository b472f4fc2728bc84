/** What every line to a device can do: end. */
export interface Line {
  /** Calls `listen` once when the line is gone, whoever closed it. */
  onClose(listen: () => void): void
  /** Closes the line; idempotent. */
  close(): Promise<void>
  /** On a line that several devices share: runs `act` while no other device uses the line. Missing on a line of one's own. */
  readonly inTurn?: <Result>(act: () => Promise<Result>) => Promise<Result>
}

/** A byte line to one device: the wire that drivers hold at one end and simulators at the other. */
export interface ByteTransport extends Line {
  /**
   * Sends `bytes` in one write call. Resolves true once the operating system took them, false when the line is closed or the write
   * did not finish in time; never rejects.
   */
  write(bytes: Uint8Array): Promise<boolean>
  /** Calls `listen` with each chunk as it arrives; chunk borders mean nothing. One listener: a later call replaces it. */
  onData(listen: (bytes: Uint8Array) => void): void
}

/** Opens a fresh line to the same place each time; null when it cannot be opened now. */
export type OpenTransport = () => Promise<ByteTransport | null>

/** What lies in a chip card reader. */
export type Slot =
  | { readonly state: 'empty' }
  /** `atr`: the answer to reset, 2 to 33 bytes (ISO 7816-3, 8.2). */
  | { readonly state: 'card'; readonly atr: Uint8Array }
  /** A card that does not answer when it is powered: upside down, or dirty. */
  | { readonly state: 'mute' }
  /** More than one card. */
  | { readonly state: 'several' }

/**
 * Why a card could not be reached: none, mute, several, held by another program (`busy`), silent within the time (`no-answer`), an answer without a status word
 * or a broken exchange (`card-error`), or the reader or its service gone (`closed`).
 */
export type SlotFailure = 'no-card' | 'mute' | 'several' | 'busy' | 'no-answer' | 'card-error' | 'closed'

/** A line to the card in a reader. One queue: what is asked waits for what was asked before, but never behind a card that does not answer. */
export interface ApduTransport extends Line {
  /** The reader's own name. */
  readonly name: string
  /** Calls `listen` at once with what lies in the reader, and with each change; a card exchanged for another is `empty` in between. */
  onSlot(listen: (slot: Slot) => void): void
  /** Powers the card and takes it for this program alone; null when that is done. */
  connect(): Promise<SlotFailure | null>
  /** Sends one command and gives the answer with its status word, 2 to 65,538 bytes; `limitMs` is how long the card may take. */
  transmit(command: Uint8Array, limitMs: number): Promise<Uint8Array | SlotFailure>
  /** Speaks to the reader itself (SCardControl); readers without such a way answer `card-error`. */
  control(code: number, data: Uint8Array, limitMs: number): Promise<Uint8Array | SlotFailure>
  /** Lets the card go and resets it, which clears every PIN it was shown; always succeeds. */
  disconnect(): Promise<void>
}

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
      const sent = new Uint8Array(bytes)
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
