import { z } from 'zod'

/** What a certificate on a virtual card is like. */
export const certificateKinds = ['valid', 'expired', 'not-yet-valid', 'other-authority', 'own-signed', 'large', 'garbage', 'missing'] as const
export type CertificateKind = (typeof certificateKinds)[number]

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/)
const pin = z.object({ value: z.string(), left: z.number().int().min(0).max(15), most: z.number().int().min(1).max(15) })

/** What a virtual card remembers without power. */
export const cardState = z.object({
  profile: z.enum(['my-number', 'phone-token', 'juki-card', 'moica-1', 'moica-2', 'nhi', 'unknown']),
  /** When it was issued, milliseconds since 1970: its certificates' dates count from here. */
  issued: z.number().int(),
  /** The number on its chip. */
  serial: z.string(),
  /** YYYYMMDD. */
  expiry: z.string(),
  holder: z.object({ name: z.string(), address: z.string(), birth: z.string(), sex: z.string() }),
  certificates: z.object({ authentication: z.enum(certificateKinds), signature: z.enum(certificateKinds) }),
  pins: z.record(z.string(), pin),
  /** Files with contents of someone's choosing, such as `jpki/000A`, in hexadecimal. */
  files: z.record(z.string(), hex),
})
export type CardState = z.infer<typeof cardState>
export type CardProfile = CardState['profile']
export const cardProfiles: readonly CardProfile[] = cardState.shape.profile.options
