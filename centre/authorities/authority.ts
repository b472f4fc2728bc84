import type { inquirySubjects, InquiryReply } from '../../main/contract/inquiry.ts'

export type InquirySubject = (typeof inquirySubjects)[number]

/**
 * The way to one authority's system. An operator who has an agreement with it puts an adapter of their own in the place of the reference. It answers from
 * what it is told and keeps no number of anybody. Errors: one that rejects is answered as `unreachable`.
 */
export interface Authority {
  answer(operation: string, fields: Readonly<Record<string, string>>): Promise<InquiryReply>
}

/** The authorities that a centre can ask; a subject that is not among them is `not-offered`. */
export type Authorities = Readonly<Partial<Record<InquirySubject, Authority>>>
