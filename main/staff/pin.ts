import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { staffPin } from '../contract/staff.ts'

/** Cost of a hash (RFC 7914): N 2^15, r 8, p 1, so 32 MB of memory and about a tenth of a second for each try. */
const [costLog2, blockSize, parallel] = [15, 8, 1]
const [saltBytes, hashBytes] = [16, 32]

function derive(pin: string, salt: Uint8Array): Promise<Buffer> {
  const bytes = Buffer.from(pin, 'utf8')
  return new Promise<Buffer>((done, failed) => {
    // OpenSSL wants a little more than 128 · N · r bytes.
    scrypt(bytes, salt, hashBytes, { N: 2 ** costLog2, r: blockSize, p: parallel, maxmem: 2 ** 26 }, (error, hash) => (error ? failed(error) : done(hash)))
  }).finally(() => bytes.fill(0))
}

/** What stands in the configuration for a PIN of 6 to 12 digits: `scrypt$15$8$1$salt$hash`, both in base64url. Throws on anything that is no such PIN. */
export async function hashPin(pin: string, salt: Uint8Array = randomBytes(saltBytes)): Promise<string> {
  const hash = await derive(staffPin.parse(pin), salt)
  return ['scrypt', costLog2, blockSize, parallel, Buffer.from(salt).toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether `pin` is the one that `stored` was made of; compares in constant time. */
export async function isPin(pin: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split('$').slice(4)
  const expected = Buffer.from(hash, 'base64url')
  const found = await derive(pin, Buffer.from(salt, 'base64url'))
  return expected.length === found.length && timingSafeEqual(found, expected)
}
