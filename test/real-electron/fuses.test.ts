import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../build/sources.ts'
import { fuses, readFuses } from './fuses.ts'

const packed = join(root, 'release', 'linux-unpacked', 'cardbooth')
const wire = (states: string, version = 1) =>
  Buffer.concat([Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([version, states.length]), Buffer.from(`${states} after`)])

describe('the fuses', () => {
  it('stand in electron-builder.yml as the table says, each of them named', () => {
    const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    const block = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(text)?.[1] ?? ''
    const set = [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, key, value]) => [key, value === 'true'])
    expect(set).toEqual(fuses.flatMap(({ key, on }) => (key ? [[key, on]] : [])))
  })

  it('are read out of a binary by their place', () => {
    expect([...(readFuses(wire('010011001')) ?? [])].filter(([, on]) => on).map(([name]) => name)).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ])
    expect(readFuses(wire('r1'))?.has('RunAsNode')).toBe(false)
    expect([readFuses(wire('010011001', 2)), readFuses(Buffer.from('nothing'))]).toEqual([null, null])
  })

  it('stand like that in the packed booth', (context) => {
    if (!existsSync(packed)) return context.skip('not run here: there is no packed booth in release/')
    const read = readFuses(readFileSync(packed))
    for (const { name, on } of fuses) expect([name, read?.get(name)]).toEqual([name, on])
  })
})
