import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FaceEngine } from '../../../face/engine.ts'
import { photoOfFile } from '../../../main/commands/photo.ts'
import { drawn, openEngine } from '../../face/support/engine.ts'
import { plainSitter } from '../../face/support/sitter.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-photos-'))
const path = (name: string) => join(folder, name)
let engine: FaceEngine
beforeAll(async () => {
  engine = await openEngine()
  const { picture } = await plainSitter(engine)
  // What a file is called says nothing of what it is.
  await drawn(picture).removeAlpha().jpeg({ quality: 95 }).toFile(path('sitter.txt.jpg'))
  writeFileSync(path('sitter.gif'), readFileSync(path('sitter.txt.jpg')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('prints one line a file: faces, every check with value, threshold and source, and the photo, whose head is where it should be', async () => {
  const line = await photoOfFile(engine, 'sitter.gif', path('sitter.gif'), path('out.jpg'))
  expect(Object.keys(line)).toEqual(['file', 'faces', 'checks', 'ok', 'output'])
  expect(line).toMatchObject({ file: 'sitter.gif', faces: 1, ok: true })
  expect(line.checks).toHaveLength(20)
  for (const check of line.checks) {
    expect(Object.keys(check)).toEqual(['id', 'value', 'threshold', 'ok', 'source'])
    expect(check.ok, check.id).toBe(true)
  }
  const { output } = line
  expect(Object.keys(output ?? {})).toEqual(['file', 'widthPx', 'heightPx', 'bytes', 'headMm', 'topMm', 'centreMm', 'rollDeg'])
  expect(readFileSync(path('out.jpg'))).toHaveLength(output?.bytes ?? 0)
  expect(await sharp(path('out.jpg')).metadata()).toMatchObject({ width: 827, height: 1063, density: 600, chromaSubsampling: '4:4:4' })
  expect(Math.abs((output?.headMm ?? 0) - 34)).toBeLessThanOrEqual(2)
  expect(Math.abs((output?.topMm ?? 0) - 4)).toBeLessThanOrEqual(2)
  expect(Math.abs((output?.centreMm ?? 0) - 17)).toBeLessThanOrEqual(2)
  expect(Math.abs(output?.rollDeg ?? 90)).toBeLessThanOrEqual(2)
})

it('says of what is no picture that it is none, and writes nothing', async () => {
  writeFileSync(path('empty.jpg'), '')
  for (const name of ['empty.jpg', 'not-there.jpg', '.']) {
    const line = await photoOfFile(engine, name, path(name), path('nothing.jpg'))
    expect(line).toMatchObject({ faces: 0, ok: false, output: null, checks: [{ id: 'picture', value: 'not-a-picture', ok: false }] })
  }
  expect(() => readFileSync(path('nothing.jpg'))).toThrow('ENOENT')
})
