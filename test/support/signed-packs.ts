import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { demoConfiguration, type ConfigurationFile } from '../../main/commands/demo/configuration.ts'
import { makePack, type PackEdition, type PackFile } from '../../main/commands/make-pack.ts'
import { demoVendor, publicHalf } from '../../main/commands/vendor-keys.ts'
import type { PackTrust } from '../../main/config/vendor-trust.ts'

const textsFile = fileURLToPath(new URL('../../main/commands/demo/pack.json', import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const places = { coinAcceptor: '/dev/pts/1', qrScanner: '/dev/pts/2', printer: '/dev/pts/3', centre: '/run/centre.sock', office, receiptKey: makeSigningKey().publicKey }

export const trust: PackTrust = { hardware: 'street-1', vendor: 'cardbooth', keys: [publicHalf(demoVendor)], threshold: 1 }
export const edition: PackEdition = { vendor: 'cardbooth', version: 7, booths: ['demo-booth-1', 'demo-booth-2'], hardware: ['street-1'], issued: '2026-11-22' }

/** A file of a pack. */
export const packFile = (name: string, content: string | Uint8Array): PackFile => ({ name, bytes: Buffer.from(content) })
/** The operator's texts of this version. */
export const texts = (version: string) => packFile('pack.json', readFileSync(textsFile, 'utf8').replace(/"version": "[^"]*"/, `"version": "${version}"`))
/** What a pack says in place of the booth's own keys. */
export const offer = (content: object) => packFile('configuration.json', JSON.stringify(content))
/** A pack that can be told from others by the price of a photo, in all of its files. */
export const pricedPack = (version: number, price: number) => makePack({ ...edition, version }, [offer({ services: { 'jp-photo': { price } } }), texts(`texts ${version}`)], [demoVendor])

/** The configuration of a booth that takes packs, written into `dir`, with the operator's texts beside it; its path. */
export function boothWithPacks(dir: string, change: Partial<ConfigurationFile> = {}): string {
  const file = join(dir, 'booth.json')
  copyFileSync(textsFile, join(dir, 'pack.json'))
  writeFileSync(file, JSON.stringify({ ...demoConfiguration(places), devices: {}, packs: trust, ...change }))
  return file
}
