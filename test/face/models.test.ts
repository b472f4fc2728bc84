import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { expect, it } from 'vitest'
import { modelFiles, readFaceModels } from '../../face/models.ts'
import { abilities, abilitiesLeft } from '../../hardware/faults.ts'
import { areFaceFilesWhole } from '../../main/photo/face-files.ts'

const modules = dirname(dirname(dirname(createRequire(import.meta.url).resolve('@mediapipe/face_mesh/package.json'))))
const file = ({ file: path }: { readonly file: string }) => Uint8Array.from(readFileSync(join(modules, path)))

it('are the ones that were tried, to the byte: one changed bit, a short file and no file are refused', async () => {
  const [packed, selfie] = [file(modelFiles.packed), file(modelFiles.selfie)]
  expect(await readFaceModels(packed, selfie)).not.toBeNull()
  for (const [at, bytes] of [[1000, packed], [3_986_000, packed], [100, selfie]] as const) {
    bytes[at]! ^= 1
    expect(await readFaceModels(packed, selfie)).toBeNull()
    bytes[at]! ^= 1
  }
  expect(await readFaceModels(packed.slice(0, -1), selfie)).toBeNull()
  expect(await readFaceModels(packed, new Uint8Array())).toBeNull()
})

it("so are the pages' own copies, and the program that runs them: a changed bit, a short file and no file of any of them are seen at the booth's start", async () => {
  const pages = mkdtempSync(join(tmpdir(), 'cardbooth-pages-'))
  try {
    mkdirSync(join(pages, 'assets'))
    const copies = Object.values(modelFiles).map(({ file: path }) => {
      const copy = join(pages, 'assets', `${basename(path, extname(path))}-D_x-41eA${extname(path)}`)
      copyFileSync(join(modules, path), copy)
      return copy
    })
    expect(await areFaceFilesWhole(null)).toBe(true)
    expect(await areFaceFilesWhole(pages)).toBe(true)
    for (const copy of copies) {
      const whole = readFileSync(copy)
      const changed = Buffer.from(whole)
      changed[changed.length - 1]! ^= 1
      for (const bytes of [changed, whole.subarray(0, -1), Buffer.alloc(0)]) {
        writeFileSync(copy, bytes)
        expect(await areFaceFilesWhole(pages)).toBe(false)
      }
      rmSync(copy)
      expect(await areFaceFilesWhole(pages)).toBe(false)
      writeFileSync(copy, whole)
    }
    expect(await areFaceFilesWhole(pages)).toBe(true)
    rmSync(join(pages, 'assets'), { recursive: true })
    expect(await areFaceFilesWhole(pages)).toBe(false)
  } finally {
    rmSync(pages, { recursive: true })
  }
})

it('otherwise photos are out of service (photo-models-altered), and nothing else', () => {
  expect([...abilitiesLeft(['photo-models-altered'])]).toEqual(abilities.filter((ability) => ability !== 'take-photo'))
})
