import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { faultCodes, faults } from '../../../hardware/faults.ts'
import { faultWords } from '../../../main/i18n/fault-words.ts'

const bootstrap = fileURLToPath(new URL('../../../build/bootstrap.mjs', import.meta.url))
const command = fileURLToPath(new URL('../../../main/commands/faults.ts', import.meta.url))

describe('npm run faults', () => {
  it.each([[[], 'en'], [['--lang', 'ja'], 'ja']] as const)('%j prints the whole table, an object a line', (words, language) => {
    const lines = execFileSync(process.execPath, [command, ...words], { encoding: 'utf8' }).trim().split('\n')
    const table = faultCodes.map((fault) => ({ fault, severity: faults[fault].severity, removes: [...faults[fault].removes], ...faultWords(fault, language) }))
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(table)
  })

  it.each(['faults', 'rules list', 'staff hash'])('%s ends without a word when nobody reads on, as every command does', async (words) => {
    const child = spawn(process.execPath, [bootstrap, ...words.split(' '), ...(words === 'staff hash' ? ['A'] : [])], { stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout.destroy()
    // Only one of them reads it.
    child.stdin.on('error', () => undefined)
    child.stdin.end('739105284617\n')
    let complaints = ''
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()))
    const [code] = (await once(child, 'close')) as [number]
    expect([code, complaints]).toEqual([0, ''])
  })

  it.each([
    ['language', '--lang=de'],
    ['option', '--tongue'],
  ])('knows no other %s, and says so', (_what, word) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, word], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('ja|en|zh-Hant')
  })
})
