import type { CivilDate } from '../contract/date.ts'

/** What the QR code of an application form may look like. The real payload is not public: data, so that it can be corrected without a release. */
export interface ApplicationCodePatterns {
  /** Longer codes are refused unread. */
  readonly maxBytes: number
  /** What a hand scanner may leave at the end; one of them is taken off, once. */
  readonly suffixes: readonly string[]
  /** Whether the 23 digits alone are a code. */
  readonly bareId: boolean
  /** Of web addresses, in lower case, without the colon. */
  readonly schemes: readonly string[]
  /** Lower case; `subdomains` lets in every name that ends in a dot and this one. */
  readonly hosts: readonly { readonly name: string; readonly subdomains: boolean }[]
  /** How the path must begin. */
  readonly pathPrefixes: readonly string[]
  readonly source: string
  readonly checked: CivilDate
}

/** The card's own site; an assumption in everything but the host and the 23 digits. */
export const applicationCodePatterns: ApplicationCodePatterns = {
  maxBytes: 512,
  suffixes: ['\r\n', '\r', '\n', '\t'],
  bareId: true,
  schemes: ['https'],
  hosts: [{ name: 'kojinbango-card.go.jp', subdomains: true }],
  pathPrefixes: ['/'],
  source: 'Host: net.kojinbango-card.go.jp (J-LIS). The payload is not published: phones open that site with the 23 digits filled in',
  checked: '2026-11-21',
}
