import { createPublicKey, verify } from 'node:crypto'
import type { Claim } from '../session/records.ts'
import type { BoothKeys } from './keys.ts'

/** The signature that stands on a claim slip: Ed25519 over every field in a fixed order, base64url (86 characters). */
export function signClaim(keys: Pick<BoothKeys, 'sign'>, claim: Claim): string {
  return keys.sign(signedBytes(claim))
}

/** Whether the booth with this public key (SPKI, PEM) signed exactly this claim. */
export function verifyClaim(publicKeyPem: string, claim: Claim, signature: string): boolean {
  return verify(null, signedBytes(claim), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64url'))
}

function signedBytes(claim: Claim): Uint8Array {
  const { number, code, visit, amount, currency, reason, issuedAt } = claim
  return Buffer.from(JSON.stringify(['cardbooth-claim/1', number, code, visit, amount, currency, reason, issuedAt]))
}
