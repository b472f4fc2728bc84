/** What a card did with one command: the answer, and what it touched. */
export interface Handled {
  /** The data and the two status bytes. */
  readonly response: Uint8Array
  /** The application that was selected when it was done, or that it was about. */
  readonly df: string
  /** The file that it was about, four hexadecimal digits; null when none. */
  readonly ef: string | null
  /** The PIN that it cost a try; null when none. */
  readonly spent: string | null
}

/** A card's chip: what answers when a reader gives it power. */
export interface VirtualCard {
  /** Power on or reset: everything selected and shown is forgotten. */
  reset(): void
  transmit(command: Uint8Array): Handled
  /** What is left behind when power fails in the middle of `command`: a try is spent before it is given back, and nothing else is done. */
  interrupt(command: Uint8Array): Handled
}

/** Status words (ISO/IEC 7816-4 5.1.3; JICSAP 1.1 7.3). */
export const sw = {
  ok: 0x9000,
  /** Plus the tries left. */
  triesLeft: 0x63c0,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  noSecureSession: 0x69fc,
  structureConflict: 0x6981,
  securityNotSatisfied: 0x6982,
  blocked: 0x6983,
  referenceBlocked: 0x6984,
  conditionsNotSatisfied: 0x6985,
  noCurrentFile: 0x6986,
  objectsMissing: 0x6987,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  referenceNotFound: 0x6a88,
  outsideFile: 0x6b00,
  /** Plus the length that is right; zero stands for 256. */
  rightLength: 0x6c00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
} as const
