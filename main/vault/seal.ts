import { CompactEncrypt, importJWK } from 'jose'
import { application as applicationSchema, type Application } from '../contract/submission.ts'

/** The public key of a receiving office: P-256, with its name. */
export interface OfficeKey {
  readonly id: string
  readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
}

/**
 * Seals an application to the receiving office's public key: compact JWE (RFC 7516), ECDH-ES+A256KW on P-256 and A256GCM, `kid` = office.
 * Nobody but that office can open it again, this booth included (rules section 0, 15). Only what the schema knows is sealed, so that nothing
 * else can travel with it (invariant I1). Errors: an application or key that is none is a bug and throws.
 */
export async function seal(application: Application, office: OfficeKey): Promise<Uint8Array> {
  const plain = new TextEncoder().encode(JSON.stringify(applicationSchema.parse(application)))
  try {
    const key = await importJWK(office.jwk, 'ECDH-ES+A256KW')
    const sealed = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: office.id, cty: 'json' })
      .encrypt(key)
    return new TextEncoder().encode(sealed)
  } finally {
    plain.fill(0)
  }
}
