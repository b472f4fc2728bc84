/** A reader of pcsclite 1.0.1 as far as it is used here; its own types are not exported. */
export interface PcscReader {
  readonly name: string
  readonly connected: boolean
  readonly SCARD_SHARE_EXCLUSIVE: number
  readonly SCARD_PROTOCOL_T0: number
  readonly SCARD_PROTOCOL_T1: number
  readonly SCARD_STATE_PRESENT: number
  readonly SCARD_STATE_MUTE: number
  readonly SCARD_RESET_CARD: number
  readonly SCARD_UNPOWER_CARD: number
  on(event: 'status', listen: (status: PcscStatus) => void): void
  on(event: 'error' | 'end', listen: () => void): void
  connect(options: { readonly share_mode: number; readonly protocol: number }, done: PcscDone<number>): void
  disconnect(disposition: number, done: PcscDone<void>): void
  transmit(data: Buffer, longest: number, protocol: number, done: PcscDone<Buffer>): void
  _control(data: Buffer, code: number, answer: Buffer, done: PcscDone<number>): void
}
export type PcscDone<Value> = (error: Error | null | undefined, value?: Value) => void

export interface PcscStatus {
  /** A mask; the upper half counts the insertions and removals that pcscd has seen. */
  readonly state: number
  readonly atr?: Buffer
}

/** The card service of this machine, and what lies in its readers. */
export interface PcscService {
  /** The last status of each reader. */
  readonly readers: ReadonlyMap<PcscReader, PcscStatus>
  /** Readers that were named and have not said yet what lies in them: pcscd names the slots of a device together, each speaks for itself. */
  readonly awaited: ReadonlySet<PcscReader>
  /** Called with every status that comes, every reader that goes (null), and the end of the service (null). */
  readonly listeners: Set<(reader: PcscReader | null) => void>
  readonly alive: () => boolean
}

interface Root {
  on(event: 'reader', listen: (reader: PcscReader) => void): void
  on(event: 'error', listen: () => void): void
}

let service: PcscService | null = null

/**
 * The card service; null when pcscd does not run, or the module that speaks to it is not there. One for the whole process and for as long as pcscd lives: pcsclite gives the
 * connections of an instance back only when that is collected as garbage, and pcscd takes 200 at most. It is never closed either: `close` of a reader takes a lock that a command
 * under way holds, and that pcsclite itself holds while it tells of an event.
 */
export async function pcscService(): Promise<PcscService | null> {
  if (service?.alive()) return service
  let root: Root
  try {
    const { default: pcsclite } = await import('pcsclite')
    // Throws when pcscd does not run.
    root = pcsclite() as unknown as Root
  } catch {
    return null
  }
  const readers = new Map<PcscReader, PcscStatus>()
  const awaited = new Set<PcscReader>()
  const listeners = new Set<(reader: PcscReader | null) => void>()
  let alive = true
  const tell = (reader: PcscReader | null) => {
    for (const listen of listeners) listen(reader)
  }
  root.on('error', () => {
    alive = false
    tell(null)
  })
  root.on('reader', (reader) => {
    awaited.add(reader)
    const drop = () => {
      if (awaited.delete(reader) || readers.delete(reader)) tell(null)
    }
    // An error that nobody listens to would end the process.
    reader.on('error', drop)
    reader.on('end', drop)
    reader.on('status', (status) => {
      awaited.delete(reader)
      readers.set(reader, status)
      tell(reader)
    })
  })
  service = { readers, awaited, listeners, alive: () => alive }
  return service
}
