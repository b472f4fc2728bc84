/** What a certificate on a card says; times are ISO 8601 in UTC. */
export interface CertificateFacts {
  readonly from: string
  readonly until: string
  /** Hexadecimal. */
  readonly serial: string
  /** Who issued it, as the card says, made harmless. */
  readonly issuer: string
  /** Whom a MOICA certificate names, as printed on the card; null on a My Number Card, whose certificate for users names nobody. */
  readonly subject: string | null
  /** What is wrong with it today; null when nothing is. */
  readonly problem: CertificateProblem | null
}

/** Why a certificate is not good; `other-authority`: none of the configured authorities signed it. */
export const certificateProblems = ['expired', 'not-yet-valid', 'own-signed', 'other-authority'] as const
export type CertificateProblem = (typeof certificateProblems)[number]

/** What is wrong with the content of a file: it ends too early, a length leads past its end, a form that no card uses, or nonsense in place of what belongs there. */
export const contentFaults = ['tlv-cut', 'tlv-too-long', 'tlv-form', 'certificate-malformed', 'text-charset', 'content'] as const
export type ContentFault = (typeof contentFaults)[number]

/** The two secrets of a My Number Card that the booth deals with: 4 digits (EF 0018), and 6 to 16 letters and digits (EF 001B). */
export const pinKinds = ['authentication', 'signature'] as const
export type PinKind = (typeof pinKinds)[number]

/** What a card says without a PIN. Tries are null where the card does not say. */
export type CardFacts =
  | {
      readonly kind: 'my-number'
      /** A card, the same in a telephone, or the basic resident register's card of before 2016. */
      readonly token: 'card' | 'phone' | 'juki'
      /** Last day of the card itself, YYYY-MM-DD. */
      readonly expiry: string | null
      /** Whether there is a certificate for signing; its dates stand behind its password. */
      readonly signature: boolean | null
      /** The certificate for users; null when the card has none. */
      readonly authentication: CertificateFacts | ContentFault | null
      readonly tries: { readonly [Kind in PinKind]: number | null }
    }
  | {
      readonly kind: 'moica'
      readonly generation: 1 | 2
      /** First two letters and last four digits; null when the card does not say. */
      readonly number: string | null
      readonly certificates: readonly (CertificateFacts | ContentFault)[]
    }
  | { readonly kind: 'health-insurance' }
  /** `atrHash`: the first 16 hexadecimal digits of SHA-256 over the answer to reset, for technicians. */
  | { readonly kind: 'unknown'; readonly atrHash: string }

/**
 * Why something could not be done with a card. `refused` is the allow-list's word; `exchanged`: another card than the one that was checked; `last-try`: one try is left
 * and the resident has not said that it may be spent; `not-changed`: the old PIN holds; `unsure`: the card was gone before it said which PIN holds.
 */
export const cardFaults = [
  'no-card',
  'mute',
  'several',
  'busy',
  'no-answer',
  'card-error',
  'closed',
  'refused',
  'wrong-card',
  'exchanged',
  'no-certificate',
  'certificate-refused',
  'signature-wrong',
  'pin-format',
  'pin-wrong',
  'pin-blocked',
  'last-try',
  'pin-cancelled',
  'not-changed',
  'unsure',
] as const
export type CardFault = (typeof cardFaults)[number]

export const cardActs = ['check', 'change-pin', 'sign-in'] as const
export type CardAct = (typeof cardActs)[number]

/** What a resident can do at the reader's own keys: sign in, and give the PIN of digits a new value. */
export interface PadActs {
  readonly signIn: boolean
  readonly changePin: boolean
}

export type CardReaderEvent =
  /**
   * What lies in the reader has changed. `card` counts the cards since the reader was opened: what is asked names the card that it is meant for. `silent`: a card that does
   * not answer; it must be taken out.
   */
  | { readonly kind: 'card'; readonly state: 'absent' | 'present' | 'mute' | 'several' | 'silent'; readonly card: number }
  | { readonly kind: 'checked'; readonly card: number; readonly facts: CardFacts; readonly pad: PadActs }
  | { readonly kind: 'pin-changed'; readonly card: number; readonly pin: PinKind }
  /** The challenge, signed by the card's key for users (RSA-2048, PKCS #1 v1.5, SHA-256), with its certificate (DER). */
  | { readonly kind: 'signed-in'; readonly card: number; readonly certificateBase64: string; readonly signatureBase64: string }
  /** `tries`: what is left of the PIN in question, null when it is not about one or the card did not say. */
  | { readonly kind: 'failed'; readonly card: number; readonly act: CardAct; readonly reason: CardFault; readonly tries: number | null }

export type CardReaderCommand =
  /** Read what needs no PIN. */
  | { readonly kind: 'check'; readonly card: number }
  /** `old` and `new` null: at the reader's own keys. `lastTry`: the resident has agreed to spend the last one. */
  | {
      readonly kind: 'change-pin'
      readonly card: number
      readonly pin: PinKind
      readonly old: string | null
      readonly new: string | null
      readonly lastTry: boolean
    }
  /** `pin` null: at the reader's own keys. `challengeHex`: 16 to 64 bytes. */
  | { readonly kind: 'sign-in'; readonly card: number; readonly challengeHex: string; readonly pin: string | null; readonly lastTry: boolean }
