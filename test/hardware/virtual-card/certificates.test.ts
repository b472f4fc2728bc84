import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import type { CertificateKind } from '../../../hardware/card-reader/virtual-card/card-state.ts'
import { testAuthorityCertificate, testRevocationList } from '../../../hardware/card-reader/virtual-card/test-certificates.ts'
import { aids, chip, now, select, verify } from './bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-certificates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

/** What openssl says; its complaint when it refuses. */
function openssl(...args: readonly string[]): string {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    return String((error as { readonly stderr?: string }).stderr)
  }
}
const pem = (der: Uint8Array, label = 'CERTIFICATE') =>
  [`-----BEGIN ${label}-----`, ...(Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join('\n')

function read(which: 'authentication' | 'signature', kind: CertificateKind): Buffer {
  const { data, say } = chip('my-number', (state) => (state.certificates[which] = kind))
  data(select(aids.jpki))
  if (which === 'signature') data(verify('TEST01', '9B'))
  const answer = say(`00B0${which === 'signature' ? '81' : '8A'}00000000`)
  return answer === '6B00' ? Buffer.alloc(0) : Buffer.from(answer.slice(0, -4), 'hex')
}
function judge(der: Uint8Array, ...more: readonly string[]) {
  writeFileSync(at('certificate.pem'), pem(der))
  writeFileSync(at('authority.pem'), pem(testAuthorityCertificate('authentication')))
  return openssl('verify', '-attime', String(now / 1000), '-CAfile', at('authority.pem'), ...more, at('certificate.pem'))
}

describe('the certificates of the virtual card, before openssl', () => {
  it('a valid one holds', () => {
    expect(judge(read('authentication', 'valid'))).toContain('certificate.pem: OK')
  })

  it.each([
    ['expired', 'certificate has expired'],
    ['not-yet-valid', 'certificate is not yet valid'],
    ['other-authority', 'unable to get local issuer certificate'],
    ['own-signed', 'self-signed certificate'],
  ] as const)('%s: %s', (kind, complaint) => {
    expect(judge(read('authentication', kind))).toContain(complaint)
  })

  it('a large one is longer than 4 KB and holds all the same', () => {
    const large = read('authentication', 'large')
    expect(large.length).toBeGreaterThan(4096)
    expect(judge(large)).toContain('certificate.pem: OK')
  })

  it('garbage promises 1024 bytes, and is no certificate', () => {
    const garbage = read('authentication', 'garbage')
    expect(garbage.subarray(0, 4).toString('hex')).toBe('30820400')
    expect(garbage).toHaveLength(1028)
    expect(() => new X509Certificate(garbage)).toThrow()
  })

  it('a missing one is an empty file, and the card says so', () => {
    expect(read('signature', 'missing')).toHaveLength(0)
    const { data, say } = chip('my-number', ({ certificates }) => (certificates.signature = 'missing'))
    data(select(aids.jpki))
    expect(say('00B0880000')).toBe('008F009000')
  })

  it('a revoked one is refused', () => {
    const certificate = read('authentication', 'valid')
    const { serialNumber } = new X509Certificate(certificate)
    writeFileSync(at('list.pem'), pem(testRevocationList('authentication', [serialNumber], now), 'X509 CRL'))
    expect(judge(certificate, '-crl_check', '-CRLfile', at('list.pem'))).toContain('certificate revoked')
    writeFileSync(at('list.pem'), pem(testRevocationList('authentication', ['0102'], now), 'X509 CRL'))
    expect(judge(certificate, '-crl_check', '-CRLfile', at('list.pem'))).toContain('certificate.pem: OK')
  })

  it('names nobody for authentication and the holder for signatures, and TEST everywhere', () => {
    // 1.2.392.200149.8.5.5, the arc of the four attributes.
    const arc = '2a83088c9b55080505'
    expect(read('authentication', 'valid').toString('hex')).not.toContain(arc)
    for (const part of ['01', '03', '04', '05']) expect(read('signature', 'valid').toString('hex')).toContain(arc + part)
    for (const which of ['authentication', 'signature'] as const) {
      const { subject, issuer } = new X509Certificate(read(which, 'valid'))
      for (const name of [subject, issuer]) expect(name).toContain('TEST')
    }
  })
})
