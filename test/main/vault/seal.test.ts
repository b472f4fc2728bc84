import { decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { makeOfficeKey, openSealed } from '../../../centre/office.ts'
import type { Application } from '../../../main/contract/submission.ts'
import { seal } from '../../../main/vault/seal.ts'

const application: Application = {
  schema: 'cardbooth.jp-mynumber-application/1',
  boothId: 'demo-1',
  key: `${'a'.repeat(32)}-1`,
  applicationFormId: '12345678901234567890123',
  birthDate: '1990-02-28',
  certificates: { signature: true, authentication: true },
  braille: false,
  cause: 'first',
  representative: 'none',
  language: 'ja',
  capturedAt: '2026-11-21T10:00:00+09:00',
  photo: { jpegBase64: Buffer.from('a picture of a face').toString('base64'), widthPx: 827, heightPx: 1063, dpi: 600, notPassed: [], cannotChange: null },
}

test('only the receiving office opens a sealed application, and finds it whole', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  const other = await makeOfficeKey('office-DEMO-2')
  const sealed = await seal(application, office.publicKey)
  expect(await openSealed(sealed, office.privateJwk)).toEqual(application)
  await expect(openSealed(sealed, other.privateJwk)).rejects.toThrow()
})

test('the seal names office and algorithms and shows nothing of the person', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  const text = new TextDecoder().decode(await seal(application, office.publicKey))
  expect(decodeProtectedHeader(text)).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'office-DEMO-1' })
  expect(text.split('.')).toHaveLength(5)
  const bytes = text
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    .join('')
  for (const canary of [application.applicationFormId, application.birthDate, 'a picture of a face', application.photo.jpegBase64])
    expect(bytes).not.toContain(canary)
})

test('sealing the same application twice gives different bytes', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  expect(await seal(application, office.publicKey)).not.toEqual(await seal(application, office.publicKey))
})

test('one changed byte is noticed', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  const sealed = await seal(application, office.publicKey)
  const place = sealed.length - 30
  sealed[place] = sealed[place] === 65 ? 66 : 65
  await expect(openSealed(sealed, office.privateJwk)).rejects.toThrow()
})

test('I1 what the schema does not know is never sealed: there is no place for an Individual Number', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  const withNumber = { ...application, individualNumber: '123456789018' }
  await expect(seal(withNumber, office.publicKey)).rejects.toThrow()
})

test('a photo of 7 MB is sealed', async () => {
  const office = await makeOfficeKey('office-DEMO-1')
  const large = { ...application, photo: { ...application.photo, jpegBase64: Buffer.alloc(7_000_000, 'x').toString('base64') } }
  const sealed = await seal(large, office.publicKey)
  expect(sealed.length).toBeLessThan(16_000_000)
  expect((await openSealed(sealed, office.privateJwk)).photo.jpegBase64.length).toBe(large.photo.jpegBase64.length)
})
