import { createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditSummary } from '../../../hardware/card-reader/virtual-card/audit.ts'
import { startPrivatePcscd, type PrivatePcscd } from '../../support/private-pcscd.ts'
import { until } from '../../support/until.ts'

// Programs that nobody here wrote judge the virtual cards, through a real pcscd and vpcd.

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-opensc-'))
const at = (name: string) => join(folder, name)
const command = fileURLToPath(new URL('../../../main/commands/simulator.ts', import.meta.url))
const message = at('message')
let pcscd: PrivatePcscd
let card: Card
const programs: ChildProcess[] = []

beforeAll(async () => {
  writeFileSync(message, 'Bitte unterschreiben')
  pcscd = await startPrivatePcscd()
  card = await startCard('my-number')
})
afterAll(async () => {
  const running = programs.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  const ended = running.map((program) => new Promise((done) => program.once('exit', done)))
  for (const program of programs) program.kill('SIGTERM')
  await Promise.all(ended)
  await pcscd.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A program's words, both ways out; it must succeed unless told otherwise. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { code, out, errors } = await pcscd.run(program, args)
  return `${code === 0 ? '' : `failed (${code}) `}${out.toString()}${errors}`
}

type Card = Awaited<ReturnType<typeof startCard>>
const isThere = (yes: 'Yes' | 'No') => until(async () => expect(await run('opensc-tool', '-l')).toMatch(new RegExp(`0\\s+${yes}`)))

/** Inserts a card with the command that people use, and waits until the service has seen it. */
async function startCard(profile: string, ...words: readonly string[]) {
  const program = pcscd.spawn(process.execPath, [command, 'card', '--profile', profile, '--port', String(pcscd.port), ...words])
  programs.push(program)
  const lines: { readonly event: string; readonly hand?: string; readonly answer?: string }[] = []
  createInterface({ input: program.stdout }).on('line', (line) => lines.push(JSON.parse(line) as (typeof lines)[number]))
  await until(() => expect(lines).toContainEqual(expect.objectContaining({ event: 'ready' })))
  const hand = async (line: string): Promise<string> => {
    const before = lines.length
    program.stdin.write(`${line}\n`)
    await until(() => expect(lines.length).toBeGreaterThan(before))
    return lines[before]?.answer ?? ''
  }
  await isThere('Yes')
  return { program, hand, summary: async () => JSON.parse(await hand('summary')) as AuditSummary }
}

/** Puts a new card of that profile into the reader. */
async function insert(profile: string) {
  await card.hand('remove')
  await isThere('No')
  await card.hand(`swap ${profile}`)
  await card.hand('insert')
  await card.hand('forget')
  await isThere('Yes')
  return card
}

const pkcs11Module = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/opensc-pkcs11.so`

describe('OpenSC and the virtual My Number Card', () => {
  it('recognizes it, finds what is on it, and reads its certificates byte for byte', async () => {
    const { hand } = card
    expect(await run('opensc-tool', '-r', '0', '-n')).toContain('jpki')
    const dump = await run('pkcs15-tool', '-D')
    expect(dump.match(/^PIN \[/gm)).toHaveLength(2)
    expect(dump.match(/^Private RSA Key \[/gm)).toHaveLength(2)
    expect(dump.match(/^X\.509 Certificate \[/gm)).toHaveLength(4)
    expect([...dump.matchAll(/Tries left\s*:\s*(\d+)/g)].map(([, left]) => left)).toEqual(['3', '5'])

    const read = new X509Certificate(await run('pkcs15-tool', '--read-certificate', '1'))
    const reads = ['00B08A0000', '00B0010000', '00B0020000', '00B0030000'].flatMap((apdu) => ['-s', apdu])
    const raw = await run('opensc-tool', '-r', '0', '-s', '00A4040C0AD392F000260100000001', ...reads)
    // Each answer is told in lines of sixteen bytes, in hexadecimal and as text.
    const bytes = [...raw.matchAll(/^((?:[0-9A-F]{2} ){1,16})/gm)].map(([, line = '']) => line.replaceAll(' ', '')).join('')
    expect(bytes.toLowerCase()).toBe(read.raw.toString('hex'))
    const authority = new X509Certificate(await run('pkcs15-tool', '--read-certificate', '3'))
    expect(authority.raw.toString('base64')).toBe(await hand('authority authentication'))
    expect(read.verify(authority.publicKey)).toBe(true)
    expect(read.subject).toContain('TEST')
    // By then it has been probed for dozens of applications that it does not have.
    expect(await card.summary()).toMatchObject({ denied: [], spent: {} })
  })

  it('signs with it, and openssl verifies', async () => {
    const { summary } = card
    writeFileSync(at('certificate.pem'), await run('pkcs15-tool', '--read-certificate', '1'))
    writeFileSync(at('key.pem'), await run('openssl', 'x509', '-in', at('certificate.pem'), '-noout', '-pubkey'))
    const verified = (signature: string) => run('openssl', 'dgst', '-sha256', '-verify', at('key.pem'), '-signature', signature, message)

    await run('openssl', 'dgst', '-sha256', '-binary', '-out', at('hash'), message)
    const crypt = ['--sign', '--key', '1', '--sha-256', '--pkcs1', '--pin', '1234', '--input', at('hash'), '--output', at('signature-15'), '--raw']
    await run('pkcs15-crypt', ...crypt)
    expect(await verified(at('signature-15'))).toContain('Verified OK')

    const eleven = ['--module', pkcs11Module, '--login', '--pin', '1234', '--sign', '-m', 'SHA256-RSA-PKCS', '--id', '01']
    await run('pkcs11-tool', ...eleven, '--input-file', message, '--output-file', at('signature-11'))
    expect(await verified(at('signature-11'))).toContain('Verified OK')
    const key: KeyObject = createPublicKey(readFileSync(at('key.pem')))
    expect(verify('sha256', readFileSync(message), key, readFileSync(at('signature-11')))).toBe(true)

    writeFileSync(message, 'Something else')
    expect(await verified(at('signature-11'))).toContain('Verification failure')
    expect((await summary()).spent).toEqual({})
    expect((await summary()).denied).toEqual([])
  })

  it('a wrong PIN is refused and counted, and the count outlives the card\'s program', async () => {
    await card.hand('remove')
    await isThere('No')
    const first = await startCard('my-number', '--card', at('card.json'))
    const crypt = ['--sign', '--key', '1', '--sha-256', '--pkcs1', '--input', message, '--output', at('none'), '--pin']
    expect(await run('pkcs15-crypt', ...crypt, '0000')).toMatch(/^failed .*incorrect/is)
    expect(await run('pkcs15-tool', '--list-pins')).toMatch(/Tries left\s*:\s*2/)
    expect((await first.summary()).spent).toEqual({ authentication: 1 })
    first.program.kill('SIGKILL')
    await isThere('No')
    const second = await startCard('my-number', '--card', at('card.json'))
    expect(await run('pkcs15-tool', '--list-pins')).toMatch(/Tries left\s*:\s*2/)
    await second.hand('remove')
    await isThere('No')
    await card.hand('insert')
  })
})

describe('OpenSC and the other cards', () => {
  it('are read to their answer to reset, and taken for no card that it knows', async () => {
    await insert('moica-1')
    const atr = await run('opensc-tool', '-r', '0', '--atr')
    expect(atr.toUpperCase().replaceAll(/[^0-9A-F]/g, '')).toContain('3BB813008131FA524348544D4F494341A5')
    for (const profile of ['moica-1', 'moica-2', 'nhi', 'unknown']) {
      const { summary } = await insert(profile)
      expect(await run('opensc-tool', '-r', '0', '-n')).toMatch(/unsupported card/i)
      expect(await summary()).toMatchObject({ denied: [], spent: {} })
    }
  })
})

describe('pcscd and a card\'s accidents', () => {
  it('a card that is taken or torn out is gone, and whole when it comes back', async () => {
    const { hand } = await insert('my-number')
    await hand('remove')
    await isThere('No')
    await hand('insert')
    await isThere('Yes')
    await hand('at 3 tear unanswered')
    await run('opensc-tool', '-r', '0', '-n')
    await isThere('No')
    await hand('insert')
    await until(async () => expect(await run('opensc-tool', '-r', '0', '-n')).toContain('jpki'))
  })

  it('a card that lies upside down is there and mute', async () => {
    await card.hand('remove')
    await isThere('No')
    await card.hand('upside-down')
    await card.hand('insert')
    await isThere('Yes')
    expect(await run('opensc-tool', '-r', '0', '-n')).toMatch(/^failed/)
    await card.hand('remove')
    await isThere('No')
    await card.hand('normal')
    await card.hand('insert')
    await until(async () => expect(await run('opensc-tool', '-r', '0', '-n')).toContain('jpki'))
  })

  it('the service dies and comes back: the card in the slot is found again', async () => {
    const { hand } = await insert('my-number')
    await pcscd.kill()
    await until(async () => expect(await hand('audit')).toContain('reader-gone'))
    await pcscd.start()
    await isThere('Yes')
    expect(await run('opensc-tool', '-r', '0', '-n')).toContain('jpki')
  })
})
