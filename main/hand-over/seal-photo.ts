import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { handOverLabel, handOverLengths as lengths } from '../contract/hand-over.ts'

/** A photo that only whoever holds the secret can open. */
export interface SealedPhoto {
  readonly id: string
  readonly tokenHash: string
  readonly sha256: string
  readonly sealed: Uint8Array
  /** What stands behind `#` in the link: base64url. Never sent, logged or recorded; the booth forgets it with the visit. */
  readonly secret: string
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Number, key and token of a secret (contract/hand-over.ts). */
export function deriveHandOver(secret: Uint8Array): { readonly id: string; readonly key: Uint8Array; readonly token: Uint8Array } {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), handOverLabel, lengths.id + lengths.key + lengths.token))
  return {
    id: Buffer.from(bytes.subarray(0, lengths.id)).toString('hex'),
    key: bytes.subarray(lengths.id, lengths.id + lengths.key),
    token: bytes.subarray(lengths.id + lengths.key),
  }
}

/** Seals a photo under a secret of its own, so that the centre holds what it cannot open. The caller wipes `jpeg`. */
export function sealPhoto(jpeg: Uint8Array, random: (bytes: number) => Uint8Array = randomBytes): SealedPhoto {
  const secret = random(lengths.secret)
  const { id, key, token } = deriveHandOver(secret)
  const nonce = random(lengths.nonce)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id, 'hex'))
  const sealed = Buffer.concat([nonce, cipher.update(jpeg), cipher.final(), cipher.getAuthTag()])
  const text = Buffer.from(secret).toString('base64url')
  const tokenHash = hash(token)
  for (const bytes of [secret, key, token]) bytes.fill(0)
  return { id, tokenHash, sha256: hash(sealed), sealed, secret: text }
}

/** The link for a resident's telephone, as the QR code on the screen holds it; `page` is the operator's https address of the photo page. */
export function handOverLink(page: string, { secret }: Pick<SealedPhoto, 'secret'>): string {
  const link = new URL(page)
  link.hash = secret
  return link.href
}
