import { z } from 'zod'
import { civilDate } from './date.ts'
import { language } from './language.ts'
import { photoReasons } from './photo.ts'

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Names one application for ever: visit and item (rules.md section 0, 3: one visit, one to n applications). */
export const applicationKey = z.string().regex(/^[0-9a-f]{32}-[1-9][0-9]?$/)

/** The number on the slip: four groups of four digits behind the year, e.g. `2026-1234-5678-9012`; names the application on the operator's page. */
export const slipNumber = z.string().regex(/^20[0-9]{2}(?:-[0-9]{4}){3}$/)

/** The secret beside the number, 8 characters without look-alikes. */
export const slipCode = z.string().regex(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)

/**
 * One application as the receiving office opens it (C2 of the rules). It is sealed to the office's key: neither booth nor operator can read it
 * again. It has no place for an Individual Number (invariant I1).
 */
export const application = z.strictObject({
  schema: z.literal('cardbooth.jp-mynumber-application/1'),
  boothId: z.string(),
  key: applicationKey,
  /** 23 digits (R047). */
  applicationFormId: z.string().regex(/^[0-9]{23}$/),
  birthDate: civilDate,
  /** Which electronic certificates are wanted. */
  certificates: z.strictObject({ signature: z.boolean(), authentication: z.boolean() }),
  /** Name in braille on the card. */
  braille: z.boolean(),
  cause: z.enum(['first', 'renewal-letter', 'lost']),
  /** A legal representative declared to be present: for those under 15 and adult wards. */
  representative: z.enum(['none', 'declared']),
  language,
  /** When the photo was taken, with Japan's offset. */
  capturedAt: z.iso.datetime({ offset: true }),
  photo: z.strictObject({
    jpegBase64: z.base64(),
    widthPx: z.int(),
    heightPx: z.int(),
    dpi: z.int(),
    /** The checks that it does not pass, and why that cannot be changed. */
    notPassed: z.array(z.string().regex(/^[a-z-]{1,40}$/)).max(40).readonly(),
    cannotChange: z.enum(photoReasons).nullable(),
  }),
})
export type Application = z.infer<typeof application>

/** What the operator's centre sees of an application: nothing personal. */
export const envelope = z.strictObject({
  key: applicationKey,
  booth: z.string().regex(/^[a-z0-9-]{1,40}$/),
  service: z.string().regex(/^[a-z0-9-]{1,40}$/),
  number: slipNumber,
  /** SHA-256 of number + ':' + code, so that the page can check the code without the centre knowing it. */
  codeHash: sha256,
  /** SHA-256 of the sealed bytes. */
  sha256,
  /** Which office key it is sealed to. */
  office: z.string().min(1).max(80),
  /** When the resident confirmed it, with Japan's offset. */
  confirmedAt: z.iso.datetime({ offset: true }),
  /** Whether this is a demonstration; the centre never passes those on. */
  demo: z.boolean(),
})
export type Envelope = z.infer<typeof envelope>

/** What `POST /v1/applications` takes: `Idempotency-Key` header = `envelope.key`, body at most 16 MB. */
export const submission = z.strictObject({ envelope, sealed: z.string().max(16_000_000) })
export type Submission = z.infer<typeof submission>

/** Why the centre refuses an application on the spot: only for its form, never for its content (rules.md section 0, 1). */
export const refusalReasons = ['malformed', 'too-large', 'wrong-office', 'unknown-booth', 'closed'] as const

/**
 * What the centre answers, to sending and to asking alike. `received` means that the operator holds it, and no more: that it was passed on, and what the
 * authority decided, stands on the operator's page only.
 */
export const centreAnswer = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('received'), key: applicationKey, sha256, receivedAt: z.iso.datetime({ offset: true }) }),
  z.strictObject({ status: z.literal('refused'), key: applicationKey, sha256, reason: z.enum(refusalReasons) }),
])
export type CentreAnswer = z.infer<typeof centreAnswer>

/** Why the centre took no notice of what it was asked; `key` when the question was about one application. */
export const centreProblem = z.strictObject({
  problem: z.enum(['not-found', 'malformed', 'conflict', 'too-large', 'unsupported', 'busy', 'not-allowed']),
  key: applicationKey.nullable(),
})
export type CentreProblem = z.infer<typeof centreProblem>

/**
 * Why nobody can say what became of an application: no connection · the other side could not be trusted · no answer in time · the centre does not take this
 * booth's word (401, 403) · it cannot just now · what came is no answer · it is one, but not the centre's or about another application.
 */
export const unknownReasons = ['unreachable', 'not-trusted', 'timeout', 'refused-booth', 'server-error', 'not-understood', 'forged'] as const

/** What the outbox makes of one try. `unknown` means that nobody can say yet; it is asked again, never sent blindly. */
export type SendResult =
  | { readonly status: 'received'; readonly receivedAt: string }
  | { readonly status: 'refused'; readonly reason: (typeof refusalReasons)[number] }
  | { readonly status: 'unknown'; readonly reason: (typeof unknownReasons)[number] }
  /** A final answer that a person must look at. */
  | { readonly status: 'parked'; readonly reason: string }
