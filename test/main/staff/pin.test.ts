import { spawnSync } from 'node:child_process'
import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { demoConfiguration } from '../../../main/commands/demo/configuration.ts'
import { configuration } from '../../../main/config/configuration.ts'
import { staffPinHash } from '../../../main/contract/staff.ts'
import { hashPin, isPin } from '../../../main/staff/pin.ts'
import { configured } from '../../support/booth-facts.ts'

describe('a PIN of the staff', () => {
  test('stands in the configuration as scrypt with a salt of its own, and is known by it', async () => {
    const [one, other] = await Promise.all([hashPin('246813'), hashPin('246813')])
    expect(one).not.toBe(other)
    expect(staffPinHash.safeParse(one).success).toBe(true)
    const [, , , , salt = '', hash] = one.split('$')
    const expected = scryptSync('246813', Buffer.from(salt, 'base64url'), 32, { N: 32_768, r: 8, p: 1, maxmem: 2 ** 26 })
    expect(hash).toBe(expected.toString('base64url'))
    expect(await Promise.all([isPin('246813', other), isPin('246814', one)])).toEqual([true, false])
  })

  test('comes out of `npm run staff -- hash` as the line for the configuration; as an argument it is not taken', async () => {
    const run = (input: string, ...words: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['main/commands/staff.ts', ...words], { input, encoding: 'utf8' })
      return { status, stdout, stderr }
    }
    const made = run('246813\n', 'hash', 'MT')
    const { id, pin } = JSON.parse(made.stdout) as { readonly id: string; readonly pin: string }
    expect([made.status, id, await isPin('246813', pin)]).toEqual([0, 'MT', true])
    expect(made.stdout + made.stderr).not.toContain('246813')
    for (const refused of [run('', 'hash', 'MT', '246813'), run('12345\n', 'hash', 'MT'), run('246813\n', 'hash', '../x'), run('246813\n')]) expect([refused.status, refused.stdout]).toEqual([2, ''])
  })

  test('is refused before it is hashed when it is none', async () => {
    await expect(hashPin('12345')).rejects.toThrow()
  })

  test('of the demonstration is the one that its README says, and no production booth takes it under any name', async () => {
    const { staff } = configured()
    expect(staff).toHaveLength(1)
    expect(await isPin('204816', staff[0]?.pin ?? '')).toBe(true)
    const problems = (id: string) => {
      const demo = demoConfiguration({ coinAcceptor: '/dev/coins', qrScanner: '/dev/codes', printer: '/dev/paper', centre: '/run/centre', office: configured().centre.office, receiptKey: configured().centre.receiptKeys[0] ?? { id: '', publicKeyPem: '' } as never })
      const read = configuration.safeParse({ ...demo, mode: 'production', staff: [{ id, pin: staff[0]?.pin }] })
      return read.error?.issues.filter(({ path }) => path[0] === 'staff').map(({ message }) => message) ?? []
    }
    expect(problems('DEMO-1')).toEqual(['a production booth refuses the PIN of the demonstration'])
    expect(problems('MT')).toEqual(['a production booth refuses the PIN of the demonstration'])
  })
})
