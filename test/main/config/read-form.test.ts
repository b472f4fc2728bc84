import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readForm } from '../../../main/config/read-form.ts'

const folder = mkdtempSync(join(tmpdir(), 'forms-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'good.pdf'), '%PDF-1.7 form')
writeFileSync(join(folder, 'none.pdf'), '<html>')
writeFileSync(join(folder, 'empty.pdf'), '')
writeFileSync(join(folder, 'large.pdf'), Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5 * 1024 * 1024)]))
mkdirSync(join(folder, 'folder.pdf'))
const forms = Object.fromEntries(['good', 'none', 'empty', 'large', 'folder', 'missing'].map((name) => [`a.${name}`, `${name}.pdf`]))
const read = (name: string) => readForm((file) => join(folder, file), forms, name)

describe('an authority’s own form beside the configuration', () => {
  it('is read as it is', async () => expect(Buffer.from((await read('a.good')) ?? []).toString()).toBe('%PDF-1.7 form'))

  it.each(['a.none', 'a.empty', 'a.large', 'a.folder', 'a.missing', 'a.other', 'constructor', '__proto__'])('%s is none: the booth’s own sheet stands', async (name) => expect(await read(name)).toBeNull())
})
