import { generateKeyPairSync } from 'node:crypto'
import { CompactSign, compactVerify, FlattenedSign, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { receiptHeader } from '../../../main/contract/receipt.ts'
import { receiptCheck } from '../../../main/submissions/receipt-check.ts'
import { signingKey } from '../../centre/centre-fixture.ts'

const body = new TextEncoder().encode('{"status":"received","key":"…"}')
const check = receiptCheck([signingKey.publicKey])
const isSigned = (signature: string | undefined, over: Uint8Array = body, keys = check) =>
  keys({ status: 200, headers: signature === undefined ? {} : { [receiptHeader]: signature }, body: over })
const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url')
const detached = (compact: string) => compact.replace(/\..*\./, '..')

test('H04 what the centre signed is a JWS like any other, and one that another program made is read', async () => {
  const [head, , signature] = signingKey.sign(body).split('.')
  const { payload, protectedHeader } = await compactVerify(`${head}.${base64url(body)}.${signature}`, await importJWK(signingKey.publicKey.jwk, 'ES256'))
  expect(Buffer.from(payload)).toEqual(Buffer.from(body))
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: signingKey.publicKey.id })

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = { id: 'centre-2', jwk: publicKey.export({ format: 'jwk' }) as typeof signingKey.publicKey.jwk }
  const theirs = await new CompactSign(body).setProtectedHeader({ alg: 'ES256', kid: 'centre-2' }).sign(privateKey)
  expect(isSigned(detached(theirs), body, receiptCheck([signingKey.publicKey, other]))).toBe(true)
  expect(isSigned(signingKey.sign(body), body, receiptCheck([other, signingKey.publicKey]))).toBe(true)
  expect(isSigned(detached(theirs))).toBe(false)
})

test('H04 missing, cut, altered, of another body, by a stranger under the same name, by another way of signing: none is a signature', async () => {
  const good = signingKey.sign(body)
  const [head = '', , signature = ''] = good.split('.')
  expect(isSigned(good)).toBe(true)
  expect(isSigned(good, new TextEncoder().encode('{"status":"received","key":"…" }'))).toBe(false)
  for (let bit = 0; bit < 512; bit += 1) {
    const bytes = Buffer.from(signature, 'base64url')
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(isSigned(`${head}..${bytes.toString('base64url')}`)).toBe(false)
  }
  for (let length = 0; length < good.length - 1; length += 1) expect(isSigned(good.slice(0, length))).toBe(false)
  const { kid } = { kid: signingKey.publicKey.id }
  const secret = new TextEncoder().encode(JSON.stringify(signingKey.publicKey.jwk))
  const hmac = await new CompactSign(body).setProtectedHeader({ alg: 'HS256', kid }).sign(secret)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const longer = await new CompactSign(body).setProtectedHeader({ alg: 'ES384', kid }).sign(privateKey)
  const unencoded = await new FlattenedSign(body).setProtectedHeader({ alg: 'ES256', kid, b64: false, crit: ['b64'] }).sign(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  for (const wrong of [
    undefined,
    '',
    '.',
    '..',
    `${head}.${base64url(body)}.${signature}`,
    `${good}.`,
    `${good}, ${good}`,
    makeSigningKey(kid).sign(body),
    makeSigningKey().sign(body),
    detached(hmac),
    detached(longer),
    `${unencoded.protected}..${unencoded.signature}`,
    `${base64url(JSON.stringify({ alg: 'none', kid }))}..`,
    `${base64url(JSON.stringify({ alg: 'none', kid }))}..${signature}`,
    `${base64url(JSON.stringify({ alg: 'ES256' }))}..${signature}`,
    `${base64url(JSON.stringify({ alg: 'ES256', kid, jwk: makeSigningKey().publicKey.jwk }))}..${signature}`,
    `${base64url('{')}..${signature}`,
    `${base64url('null')}..${signature}`,
    `${head}..${base64url(new Uint8Array(64))}`,
  ])
    expect(isSigned(wrong), String(wrong)).toBe(false)
})

test('a key that is no point of the curve signs nothing', () => {
  const jwk = { ...signingKey.publicKey.jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) }
  expect(isSigned(signingKey.sign(body), body, receiptCheck([{ ...signingKey.publicKey, jwk }]))).toBe(false)
})
