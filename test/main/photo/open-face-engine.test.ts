import type { PathLike } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { modelFiles } from '../../../face/models.ts'
import { openNodeFaceEngine } from '../../../main/photo/open-face-engine.ts'

/** The file whose last bit reads as another one. */
let altered = ''
vi.mock('node:fs/promises', async (original) => {
  const files = await original<typeof import('node:fs/promises')>()
  const readFile = async (path: PathLike, ...options: []) => {
    const bytes: Buffer = await files.readFile(path, ...options)
    if (altered !== '' && String(path).endsWith(altered)) bytes[bytes.length - 1]! ^= 1
    return bytes
  }
  return { ...files, readFile }
})

it('no engine is opened on a model, or on a program that runs them, of which one bit is another', async () => {
  expect(await openNodeFaceEngine()).not.toBeNull()
  for (const { file } of Object.values(modelFiles)) {
    altered = file
    expect(await openNodeFaceEngine(), file).toBeNull()
  }
})
