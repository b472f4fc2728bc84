/**
 * The part of Epson's ESC/POS command reference that the driver speaks: commands out, replies in, status bits. Pure.
 * Names are those of the reference: `DLE EOT`, `GS v 0`, `GS r` and so on.
 */

const DLE = 0x10
const ESC = 0x1b
const GS = 0x1d

/** `ESC @`: clears the print buffer and sets everything to its default. What waits in the receive buffer stays. */
export const initialise = Uint8Array.of(ESC, 0x40)

/** `GS V 66 0`: feeds the last printed line past the cutter and cuts, leaving one point uncut so that the slip hangs until it is taken. */
export const feedAndCut = Uint8Array.of(GS, 0x56, 66, 0)

/** `GS r 1`: the paper sensor's status, sent when everything before it has been carried out. An offline printer does not answer. */
export const askInOrder = Uint8Array.of(GS, 0x72, 1)

/** `DLE ENQ 2`: recovers from a recoverable error whose cause has been removed, and clears both buffers; else ignored. */
export const recoverFromError = Uint8Array.of(DLE, 0x05, 2)

/** `DLE DC4 8`: clears the receive and print buffers at once, in the middle of a command too; answered by `37 25 00`. */
export const clearBuffers = Uint8Array.of(DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8)

/** The four real-time statuses: printer, cause of being offline, cause of an error, paper sensors. */
export const realTimeStatuses = [1, 2, 3, 4] as const
export type RealTimeStatus = (typeof realTimeStatuses)[number]

/** `DLE EOT n`: answered at once with one byte, whatever the printer is doing. */
export function askNow(status: RealTimeStatus): Uint8Array {
  return Uint8Array.of(DLE, 0x04, status)
}

/** The texts that a printer knows of itself: software, maker, model, serial number. */
export type PrinterInformation = 65 | 66 | 67 | 68

/** `GS I n`: answered in order by `5F text 00`. */
export function askInformation(information: PrinterInformation): Uint8Array {
  return Uint8Array.of(GS, 0x49, information)
}

/** `GS v 0`: the head of a band of `rows` (1..65535) rows of `rowBytes` (1..65535) bytes, single width and height; the dots follow. */
export function rasterHead(rowBytes: number, rows: number): Uint8Array {
  return Uint8Array.of(GS, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8)
}

/**
 * Thickens the odd dot so that the picture never spells a real-time command: a printer obeys `DLE EOT`, `DLE ENQ` and `DLE DC4` wherever they stand,
 * in raster data too. `10` before `04`, `05` or `14` becomes `18`, one black dot more. Changes `raster` in place.
 */
export function disarm(raster: Uint8Array): Uint8Array {
  for (let at = raster.indexOf(DLE); at !== -1 && at + 1 < raster.length; at = raster.indexOf(DLE, at + 1)) {
    const next = raster[at + 1]
    if (next === 0x04 || next === 0x05 || next === 0x14) raster[at] = 0x18
  }
  return raster
}

/** What the four real-time status bytes say. */
export interface PrinterStatus {
  readonly online: boolean
  readonly coverOpen: boolean
  readonly paperOut: boolean
  readonly paperLow: boolean
  /** Any error that the cover does not explain: cutter, head, electronics, or offline for no reason given. */
  readonly failed: boolean
  /** An error that `DLE ENQ 2` can end once its cause is removed. */
  readonly recoverable: boolean
}

/** Reads the answers to `DLE EOT 1` to `DLE EOT 4`. */
export function readStatus(printer: number, offline: number, error: number, paper: number): PrinterStatus {
  const online = (printer & 0x08) === 0
  const coverOpen = (offline & 0x04) !== 0
  const paperOut = (offline & 0x20) !== 0 || (paper & 0x60) !== 0
  const paperLow = (paper & 0x0c) !== 0
  // Error bits: 2 recoverable, 3 cutter, 5 beyond recovery, 6 recovers by itself and is what an open cover sets too.
  const recoverable = (error & 0x0c) !== 0 && !coverOpen
  const otherError = (error & 0x28) !== 0 || (((error & 0x44) !== 0 || (offline & 0x40) !== 0) && !coverOpen)
  return { online, coverOpen, paperOut, paperLow, recoverable, failed: otherError || (!online && !coverOpen && !paperOut) }
}

/** One thing that a printer said. */
export type Reply =
  /** An answer to `DLE EOT`. */
  | { readonly kind: 'now'; readonly byte: number }
  /** An answer to `GS r 1`. */
  | { readonly kind: 'in-order'; readonly byte: number }
  /** An answer to `GS I`, as bytes. */
  | { readonly kind: 'information'; readonly bytes: readonly number[] }
  /** The answer to `DLE DC4 8`. */
  | { readonly kind: 'cleared' }
  /** A byte that is no reply at all. */
  | { readonly kind: 'noise' }

/** The longest block reply before its NUL: a head and 80 characters. */
const longestBlock = 81
const pairsAgree = (byte: number) => ((byte >> 1) & 0x05) === (byte & 0x05)

/**
 * Tells replies apart by their fixed bits (reference, "identifying the transmission status"): real-time `0xx1xx10`, in-order `0xx0xxxx`, automatic
 * status back `0xx1xx00` and three more, XON `11`, XOFF `13`, blocks of printable characters from `37` or `5F` to NUL. Holds at most one block.
 */
export function replyReader(): (bytes: Uint8Array) => readonly Reply[] {
  let block: number[] | null = null
  let automaticLeft = 0

  const giveUp = (): Reply => {
    block = null
    return { kind: 'noise' }
  }
  const read = (byte: number): Reply | null => {
    if (byte === 0x11 || byte === 0x13) return null
    if (block && (byte === 0 || byte >= 0x20)) {
      if (byte !== 0) {
        if (block.length === longestBlock) return giveUp()
        block.push(byte)
        return null
      }
      const [head, ...body] = block
      block = null
      if (head === 0x5f) return { kind: 'information', bytes: body }
      return body.length === 1 && body[0] === 0x25 ? { kind: 'cleared' } : { kind: 'noise' }
    }
    block = null
    if (automaticLeft > 0 && (byte & 0x90) === 0x00) {
      automaticLeft -= 1
      return null
    }
    automaticLeft = 0
    if (byte === 0x37 || byte === 0x5f) block = [byte]
    else if ((byte & 0x93) === 0x12) return { kind: 'now', byte }
    else if ((byte & 0x93) === 0x10) automaticLeft = 3
    // The paper sensors' bits come in pairs; a byte whose pairs disagree is an echo or noise.
    else if ((byte & 0x90) === 0x00 && pairsAgree(byte & 0x0f)) return { kind: 'in-order', byte }
    else return { kind: 'noise' }
    return null
  }

  return (bytes) => {
    const replies: Reply[] = []
    for (const byte of bytes) {
      const reply = read(byte)
      if (reply) replies.push(reply)
    }
    return replies
  }
}
