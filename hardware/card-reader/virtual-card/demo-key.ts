import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { demoKeys } from './demo-keys.ts'

/** The names of the demonstration's keys: two authorities, and what a card holds. */
export type DemoKeyName = keyof typeof demoKeys

const read = new Map<DemoKeyName, KeyObject>()

/** One of the demonstration's private keys. */
export function demoKey(name: DemoKeyName): KeyObject {
  const known = read.get(name)
  if (known) return known
  const key = createPrivateKey({ key: Buffer.from(demoKeys[name].replaceAll(/\s/g, ''), 'base64'), format: 'der', type: 'pkcs8' })
  read.set(name, key)
  return key
}

/** Its public half as a certificate holds it (SubjectPublicKeyInfo, DER). */
export function demoPublicKey(name: DemoKeyName): Uint8Array {
  return new Uint8Array(createPublicKey(demoKey(name)).export({ format: 'der', type: 'spki' }))
}
