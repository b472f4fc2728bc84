import { createPublicKey, verify } from 'node:crypto'
import type { CentreReply } from '../contract/centre-wire.ts'
import { type ReceiptKey, receiptHeader, receiptProtected } from '../contract/receipt.ts'

/** Says whether one of the centre's keys signed exactly the body of this reply. */
export type ReceiptCheck = (reply: CentreReply) => boolean

/**
 * Checks the detached JWS beside a body (RFC 7515, appendix F): ES256 and nothing else, by the key that its header names. It is checked at once and not by a
 * promise, so that nothing stands between an answer and its record. Anything that is not such a signature is none; nothing throws.
 */
export function receiptCheck(keys: readonly ReceiptKey[]): ReceiptCheck {
  return ({ headers, body }) => {
    const [head = '', payload, signature = '', ...rest] = (headers[receiptHeader] ?? '').split('.')
    if (payload !== '' || rest.length > 0) return false
    try {
      const read = receiptProtected.safeParse(JSON.parse(Buffer.from(head, 'base64url').toString()))
      const known = keys.find(({ id }) => id === read.data?.kid)
      if (!known) return false
      const key = createPublicKey({ key: known.jwk, format: 'jwk' })
      const signed = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
      return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
    } catch {
      return false
    }
  }
}
