import { z } from 'zod'
import { certificateProblems, contentFaults, type CardFacts } from './events.ts'

/** Tries that a PIN has left; null where the card does not say. */
export const triesLeft = z.int().min(0).max(15).nullable()

const content = z.enum(contentFaults)
const certificate = z.strictObject({
  from: z.string().max(32),
  until: z.string().max(32),
  serial: z.string().max(64),
  issuer: z.string().max(128),
  subject: z.string().max(128).nullable(),
  problem: z.enum(certificateProblems).nullable(),
})

/** What may be said of a card, field by field. */
export const cardFacts: z.ZodType<CardFacts> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('my-number'),
    token: z.enum(['card', 'phone', 'juki']),
    expiry: z.iso.date().nullable(),
    signature: z.boolean().nullable(),
    authentication: certificate.or(content).nullable(),
    tries: z.strictObject({ authentication: triesLeft, signature: triesLeft }),
  }),
  z.strictObject({
    kind: z.literal('moica'),
    generation: z.literal([1, 2]),
    number: z.string().max(64).nullable(),
    certificates: z.array(certificate.or(content)).max(2),
  }),
  z.strictObject({ kind: z.literal('health-insurance') }),
  z.strictObject({ kind: z.literal('unknown'), atrHash: z.string().length(16) }),
])
