import { apdu, type Reply } from './apdu.ts'
import { applicationIds, selectForms, type ApplicationId } from './applications.ts'
import type { CardLine } from './card-line.ts'
import type { CardFault } from './events.ts'

/** Status words (ISO 7816-4, table 6) that the booth reacts to. */
export const ok = 0x9000
/** A read that begins behind the end of its file. */
const pastEnd = 0x6b00
/** A first-generation MOICA card that wants shorter reads. */
const shorterReads = 0x6987

/** The end of the file came before all that was asked for. */
const endOfFile = 0x6282
/** A certificate of 8 KB in the smallest steps: a card that gives less at a time is not waited for. */
const mostReads = 512

/** Where JPKI keeps the certificate for users. */
const authenticationCertificate = 0x0a
/** Reads that fit every card: 256 bytes, which a short APDU writes as 00. */
const plainChunk = 256

/**
 * Takes the card for one act and lets it go, reset, whatever becomes of it. A card that gave no proper answer is reset and asked once more, if the act may be repeated: never
 * one that shows a PIN.
 */
export async function inSession<Value>(line: CardLine, repeatable: boolean, act: () => Promise<Value | CardFault>): Promise<Value | CardFault> {
  const once = async (): Promise<Value | CardFault> => {
    const failure = await line.connect()
    const outcome = failure ?? (await act())
    await line.disconnect()
    return outcome
  }
  const outcome = await once()
  return outcome === 'card-error' && repeatable ? once() : outcome
}

/** Selects an application by its whole identifier. The answer's status says whether it is there. */
export function selectApplication(line: CardLine, id: ApplicationId): Promise<Reply | CardFault> {
  const aid = Buffer.from(applicationIds[id], 'hex')
  const { head, tail } = selectForms[id]
  return line.send(apdu(head, Uint8Array.of(aid.length), aid, apdu(tail)))
}

/** Selects a file of the current application by its two-byte id. */
export function selectFile(line: CardLine, file: number): Promise<Reply | CardFault> {
  return line.send(apdu('00A4020C02', Uint8Array.of(0, file)))
}

/** How a card is read. */
export interface ReadOptions {
  /** Class byte, 00 unless told. */
  readonly cla?: number
  readonly offset?: number
  /** The most bytes in one read, 256 unless told. */
  readonly chunk?: number
}

/** Reads up to `length` bytes of the current file, fewer when it ends before; an empty array when it may not be read. */
export async function readBinary(line: CardLine, length: number, options: ReadOptions = {}): Promise<Uint8Array | CardFault> {
  const { cla = 0, offset = 0 } = options
  let chunk = options.chunk ?? plainChunk
  const parts: Uint8Array[] = []
  let read = 0
  // A card may give less than it was asked for, and the rest with the next read.
  for (let reads = 0; read < length; reads += 1) {
    if (reads === mostReads) return 'card-error'
    const at = offset + read
    const wanted = Math.min(chunk, length - read)
    const reply = await line.send(Uint8Array.of(cla, 0xb0, at >> 8, at & 0xff, wanted & 0xff))
    if (typeof reply === 'string') return reply
    if (reply.status === shorterReads && chunk > 16) {
      chunk = 16
      continue
    }
    if (reply.status !== ok && reply.status !== endOfFile) {
      if (reply.status === pastEnd || read === 0) break
      return 'card-error'
    }
    if (reply.data.length === 0) break
    parts.push(reply.data)
    read += reply.data.length
    if (reply.status === endOfFile) break
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Reads the certificate that begins at `options.offset` of the current file; what is no certificate is given as far as it was read. */
export async function readCertificate(line: CardLine, options: ReadOptions = {}): Promise<Uint8Array | CardFault> {
  const chunk = options.chunk ?? plainChunk
  const start = await readBinary(line, chunk, options)
  if (typeof start === 'string') return start
  const [tag, form, high = 0, low = 0] = start
  const length = tag === 0x30 && form === 0x82 ? high * 256 + low + 4 : 0
  if (length <= start.length) return start
  const rest = await readBinary(line, length - start.length, { ...options, offset: (options.offset ?? 0) + start.length })
  return typeof rest === 'string' ? rest : new Uint8Array(Buffer.concat([start, rest]))
}

/** The certificate for users, which every card with a JPKI application gives away; empty when there is none. The application is selected already. */
export async function readAuthenticationCertificate(line: CardLine): Promise<Uint8Array | CardFault> {
  const selected = await selectFile(line, authenticationCertificate)
  if (typeof selected === 'string') return selected
  return selected.status === ok ? readCertificate(line) : new Uint8Array(0)
}
