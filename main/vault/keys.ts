import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from '../disk/durable-file.ts'

/** The booth's own Ed25519 key: signs the journal's heads and the claim slips. */
export interface BoothKeys {
  /** `booth-` and the first 16 hexadecimal digits of the public key's SHA-256; `booth-DEMO-…` for a demonstration. */
  readonly boothKeyId: string
  /** SPKI in PEM. */
  readonly publicKeyPem: string
  /** Ed25519 signature, base64url without padding (86 characters). */
  sign(bytes: Uint8Array): string
  /** Whether `signature` is this booth's over `bytes`. */
  verify(bytes: Uint8Array, signature: string): boolean
}

export type OpenedKeys = { readonly ok: true; readonly keys: BoothKeys } | { readonly ok: false; readonly file: string; readonly reason: string }

/** A disk that has become read-only cannot change who may read, and does not have to. */
function keepPrivate(path: string, mode: number): void {
  if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode)
}

/**
 * Reads the booth's key in `dir`, made at the first start: file 0600 in a directory 0700. A demonstration has a key of its own, so that a
 * production booth never signs with one that DEMO stands in. A key that cannot be read is named, never replaced: what it signed would be lost.
 */
export function openKeys(dir: string, mode: { readonly demo: boolean }): OpenedKeys {
  const file = join(dir, mode.demo ? 'booth-DEMO.pem' : 'booth.pem')
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    keepPrivate(dir, 0o700)
    if (!existsSync(file)) {
      const { privateKey } = generateKeyPairSync('ed25519')
      writeFileDurably(file, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })))
    }
    keepPrivate(file, 0o600)
    const privateKey = createPrivateKey(readFileSync(file))
    if (privateKey.asymmetricKeyType !== 'ed25519') return { ok: false, file, reason: 'not an Ed25519 key' }
    const publicKey = createPublicKey(privateKey)
    const fingerprint = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex')
      .slice(0, 16)
    return {
      ok: true,
      keys: {
        boothKeyId: `booth-${mode.demo ? 'DEMO-' : ''}${fingerprint}`,
        publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        sign: (bytes) => sign(null, bytes, privateKey).toString('base64url'),
        verify: (bytes, signature) => verify(null, bytes, publicKey, Buffer.from(signature, 'base64url')),
      },
    }
  } catch (error) {
    return { ok: false, file, reason: (error as NodeJS.ErrnoException).code ?? 'not a private key' }
  }
}
