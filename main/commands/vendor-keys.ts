import { readFileSync } from 'node:fs'
import { GeneralSign, importJWK, type JWK } from 'jose'
import { vendorKey, type VendorKey } from '../config/vendor-trust.ts'
import demoVendorKey from './demo/vendor-key.json' with { type: 'json' }

/** A vendor's private key: the public one with `d`. */
export interface PrivateVendorKey {
  readonly id: string
  readonly jwk: JWK
}

/** The vendor of demonstrations, whose private key everybody has: production booths refuse it. */
export const demoVendor: PrivateVendorKey = demoVendorKey

/** The private keys in these files; the demonstration's where none is named. */
export function readVendorKeys(files: readonly string[]): readonly PrivateVendorKey[] {
  return files.length === 0 ? [demoVendor] : files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as PrivateVendorKey)
}

/** The public half of a vendor's key, as it stands in a configuration. */
export function publicHalf({ id, jwk: { d: _d, ...jwk } }: PrivateVendorKey): VendorKey {
  return vendorKey.parse({ id, jwk })
}

/** Signs any content as what `typ` says, in the general JSON serialization of JWS; nothing of it is checked. */
export async function signAs(typ: string, content: unknown, keys: readonly PrivateVendorKey[]): Promise<string> {
  const sealed = new GeneralSign(new TextEncoder().encode(JSON.stringify(content)))
  for (const { id, jwk } of keys) {
    const alg = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256'
    sealed.addSignature(await importJWK(jwk, alg)).setProtectedHeader({ alg, kid: id, typ })
  }
  return `${JSON.stringify(await sealed.sign())}\n`
}
