import { compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { application as applicationSchema, type Application } from '../main/contract/submission.ts'

/** A receiving office's key pair as demonstrations and tests need it; `publicKey` has the shape of a booth's configuration. */
export interface OfficeKeyPair {
  readonly publicKey: { readonly id: string; readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string } }
  readonly privateJwk: JWK
}

/** Makes a key pair on P-256 for an office; the id of one for demonstrations has DEMO in it. */
export async function makeOfficeKey(id: string): Promise<OfficeKeyPair> {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true })
  const privateJwk = await exportJWK(privateKey)
  if (!privateJwk.x || !privateJwk.y) throw new Error('a key on P-256 has two coordinates')
  return { publicKey: { id, jwk: { kty: 'EC', crv: 'P-256', x: privateJwk.x, y: privateJwk.y } }, privateJwk }
}

/** Opens a sealed application as the receiving office does; throws when it is sealed to another key, altered, or no application. */
export async function openSealed(sealed: Uint8Array, privateJwk: JWK): Promise<Application> {
  const { plaintext } = await compactDecrypt(sealed, await importJWK(privateJwk, 'ECDH-ES+A256KW'))
  return applicationSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)))
}
