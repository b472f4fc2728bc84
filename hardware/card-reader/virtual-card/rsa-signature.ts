import { constants, createHash, privateEncrypt, randomBytes } from 'node:crypto'
import { demoKey, type DemoKeyName } from './demo-key.ts'

const modulusBytes = 256
const hashBytes = 32
const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** SHA-256's DigestInfo without the hash (RFC 8017 9.2, note 1). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** How a card signs, by P1 of COMPUTE DIGITAL SIGNATURE, and the lengths of data that it takes. */
const schemes: Readonly<Record<number, { readonly least: number; readonly most: number; sign(key: DemoKeyName, data: Uint8Array): Uint8Array }>> = {
  0: { least: 1, most: 245, sign: signPadded },
  2: { least: hashBytes, most: hashBytes, sign: signHash },
  3: { least: 1, most: 255, sign: (key, data) => signHash(key, sha256(data)) },
  4: { least: hashBytes, most: hashBytes, sign: signPss },
  5: { least: 1, most: 255, sign: (key, data) => signPss(key, sha256(data)) },
}

/** The signature scheme of `p1`; null when there is none. */
export function signatureScheme(p1: number) {
  return schemes[p1] ?? null
}

function signPadded(key: DemoKeyName, data: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key: demoKey(key), padding: constants.RSA_PKCS1_PADDING }, data))
}

function signHash(key: DemoKeyName, hash: Uint8Array): Uint8Array {
  return signPadded(key, Buffer.concat([digestInfo, hash]))
}

/** RSASSA-PSS over a hash, with a salt as long as the hash and MGF1 (RFC 8017 9.1.1); Node signs messages only. */
function signPss(key: DemoKeyName, hash: Uint8Array): Uint8Array {
  const salt = randomBytes(hashBytes)
  const inner = sha256(new Uint8Array(8), hash, salt)
  const block = Buffer.concat([new Uint8Array(modulusBytes - 2 * hashBytes - 2), Uint8Array.of(1), salt])
  for (let at = 0, counter = Buffer.alloc(4); at < block.length; at += hashBytes) {
    counter.writeUInt32BE(at / hashBytes)
    const mask = sha256(inner, counter)
    for (let index = 0; index < hashBytes && at + index < block.length; index += 1) block[at + index]! ^= mask[index]!
  }
  block[0]! &= 0x7f
  const encoded = Buffer.concat([block, inner, Uint8Array.of(0xbc)])
  return new Uint8Array(privateEncrypt({ key: demoKey(key), padding: constants.RSA_NO_PADDING }, encoded))
}
