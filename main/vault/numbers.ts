import { randomBytes } from 'node:crypto'

/** `bytes` bytes from the system's random source as lower-case hexadecimal digits: the chance that visits, numbers and codes are made of. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
