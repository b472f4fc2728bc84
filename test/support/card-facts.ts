import type { CardFacts, CertificateFacts } from '../../hardware/card-reader/events.ts'

type MyNumber = Extract<CardFacts, { kind: 'my-number' }>

/** A certificate that is good until that day in Japan and Taiwan, or what a test wants otherwise. */
export function certificate(until: string, otherwise: Partial<CertificateFacts> = {}): CertificateFacts {
  return { from: '2022-01-01T00:00:00.000Z', until: `${until}T12:00:00.000Z`, serial: '0a01', issuer: 'TEST authority', subject: null, problem: null, ...otherwise }
}

/** A My Number Card with which all is well. */
export function myNumber(otherwise: Partial<MyNumber> = {}): MyNumber {
  return { kind: 'my-number', token: 'card', expiry: '2031-04-01', signature: true, authentication: certificate('2029-04-01'), tries: { authentication: 3, signature: 5 }, ...otherwise }
}

/** A MOICA card of the second generation whose certificates end on that day. */
export function moicaCard(until: string): CardFacts {
  return { kind: 'moica', generation: 2, number: 'TP••••••••••9902', certificates: [certificate(until), certificate(until)] }
}
