import { z } from 'zod'

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
/** Drawn anew for each question, so that no older answer can be passed off as this one. */
const id = z.string().regex(/^[0-9a-f]{32}$/)

/** The procedures of authorities that a booth can ask about. */
export const inquirySubjects = ['jp-card-application', 'jp-linking', 'tw-resident-certificate', 'tw-citizen-certificate'] as const

/** A question to an authority's system. Its fields hold numbers of people: used for the answer, kept by nobody. */
export const inquiry = z.strictObject({
  subject: z.enum(inquirySubjects),
  operation: slug,
  fields: z.record(z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/), z.string().max(128)).refine((fields) => Object.keys(fields).length <= 8, 'at most eight fields'),
})

/** What an authority's system says: facts in its own words, or why there are none. */
export const inquiryReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), facts: z.record(z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/), z.string().max(200)) }),
  z.strictObject({ ok: z.literal(false), code: z.enum(['not-offered', 'unreachable', 'not-found', 'refused']) }),
])
export type InquiryReply = z.infer<typeof inquiryReply>

/** What `POST /v1/inquiries` takes. */
export const askedInquiry = z.strictObject({ id, booth: z.string().regex(/^[a-z0-9-]{1,40}$/), ...inquiry.shape })
export type AskedInquiry = z.infer<typeof askedInquiry>

/** What it answers, signed by the centre: the reply to the question of this number. */
export const answeredInquiry = z.strictObject({ id, reply: inquiryReply })
export type AnsweredInquiry = z.infer<typeof answeredInquiry>

/** Why the centre itself answers no inquiry. */
export const inquiryProblem = z.strictObject({ problem: z.enum(['malformed', 'too-large', 'unsupported', 'not-allowed', 'busy']) })
export type InquiryProblem = z.infer<typeof inquiryProblem>['problem']
