import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type ReceiptKey, receiptKey } from '../main/contract/receipt.ts'

/** The key with which the centre signs what it answers about applications. */
export interface SigningKey {
  /** As it stands in a booth's configuration; the id has DEMO in it, because this centre never meets real money. */
  readonly publicKey: ReceiptKey
  /** Detached JWS (RFC 7515, appendix F), ES256, over exactly these bytes. */
  sign(body: Uint8Array): string
}

/** Makes a key that nobody keeps; `id` says under which name it signs. */
export function makeSigningKey(id?: string): SigningKey {
  return signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, id)
}

/** Reads the key in `file`, made at the first start: PKCS #8 in PEM, mode 0600. Throws when it cannot be read: booths trust no other. */
export function openSigningKey(file: string): SigningKey {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(`${file}.tmp`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true })
    renameSync(`${file}.tmp`, file)
  }
  return signingKey(createPrivateKey(readFileSync(file)))
}

function signingKey(privateKey: KeyObject, id?: string): SigningKey {
  const publicPart = createPublicKey(privateKey)
  const fingerprint = createHash('sha256').update(publicPart.export({ type: 'spki', format: 'der' })).digest('hex')
  const publicKey = receiptKey.parse({ id: id ?? `DEMO-centre-${fingerprint.slice(0, 16)}`, jwk: publicPart.export({ format: 'jwk' }) })
  const head = Buffer.from(JSON.stringify({ alg: 'ES256', kid: publicKey.id })).toString('base64url')
  return {
    publicKey,
    sign(body) {
      const input = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
      return `${head}..${sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
    },
  }
}
