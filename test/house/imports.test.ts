import { matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, packagesOfStyleSheet, type Import } from './import-graph.ts'
import { closedDoors, importTable, rooms, roomsOfMain, toolsMayBeImportedBy, usedWithoutImport } from './import-table.ts'
import { parseSource, readText, repositoryFiles, sourceFiles } from './source-files.ts'

const files = repositoryFiles()
const imports = sourceFiles(files).flatMap(importsOf)
const styleSheets = files.filter((path) => path.endsWith('.css'))
const manifest = JSON.parse(readText('package.json')) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
const shipped = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)])
const declared = new Set([...shipped, ...Object.keys(manifest.devDependencies)])

const fits = (path: string, patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(path, pattern))
const isOpenDoor = (from: string, to: string) => closedDoors.every((door) => !fits(to, door.files) || fits(from, door.openTo))

/** What is wrong with one import; null when nothing is. */
function complaint({ from, place, to, type }: Import): string | null {
  const row = importTable.find(({ who }) => fits(from, who))
  if (!row) return `${place} stands in no row of the import table`
  switch (to.kind) {
    case 'nowhere':
      return fits(from, ['test/**', 'build/**', '*.ts']) ? null : `${place} imports ${to.text}`
    case 'node':
      return row.node ? null : `${place} imports ${to.name}`
    case 'package':
      return fits(to.name, row.packages) ? null : `${place} imports the package ${to.name}`
    case 'file': {
      const allowed = fits(to.path, row.files) || (type && fits(to.path, row.types ?? []))
      if (!allowed) return `${place} imports ${to.path}`
      return type || isOpenDoor(from, to.path) ? null : `${place} goes through a closed door to ${to.path}`
    }
  }
}

describe('imports', () => {
  it('follow the table of rooms', () => {
    expect(imports.map(complaint).filter((line) => line !== null)).toEqual([])
  })

  it('name only packages that package.json declares, and the booth carries what it runs on', () => {
    const complaints = imports.flatMap(({ from, place, to, type }) => {
      if (to.kind !== 'package') return []
      const known = type || fits(from, toolsMayBeImportedBy) ? declared : shipped
      return known.has(to.name) ? [] : [`${place} imports ${to.name}`]
    })
    expect(complaints).toEqual([])
  })

  it('need every package that package.json declares', () => {
    const imported = new Set(imports.flatMap(({ to }) => (to.kind === 'package' ? [to.name] : [])))
    for (const path of styleSheets) for (const name of packagesOfStyleSheet(readText(path))) imported.add(name)
    expect([...declared].filter((name) => !imported.has(name) && !(name in usedWithoutImport))).toEqual([])
  })

  it('run in no circle between files', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to, type } of imports) if (to.kind === 'file' && !type) edges.set(from, [...(edges.get(from) ?? []), to.path])
    expect(circles(edges)).toEqual([])
  })
})

describe('folders', () => {
  it('are the rooms of the house', () => {
    const folders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]))
    expect([...folders].filter((folder) => folder && !rooms.includes(folder))).toEqual([])
  })

  it('of main are its rooms', () => {
    const folders = new Set(files.filter((path) => /^main\/[^/]+\//.test(path)).map((path) => path.split('/')[1]))
    expect([...folders].filter((folder) => folder && !roomsOfMain.includes(folder))).toEqual([])
  })
})

describe('the reader of imports', () => {
  const read = (path: string, text: string) => importsOf(parseSource(path, text)).map(complaint)

  it('sees every way to import', () => {
    const text = `
      import 'sharp'
      export { x } from 'sharp'
      export * from 'sharp'
      const a = await import('sharp')
      const b = import.meta.resolve('sharp/package.json')
      type C = import('sharp').Sharp`
    expect(read('renderer/app.tsx', text)).toHaveLength(6)
    expect(read('renderer/app.tsx', text).every((line) => line?.includes('sharp'))).toBe(true)
  })

  it('tells a type from a value', () => {
    expect(read('main/session/step.ts', `import type { Configuration } from '../config/configuration.ts'`)).toEqual([null])
    expect(read('main/session/step.ts', `import { configuration } from '../config/configuration.ts'`)).toEqual([
      'main/session/step.ts:1 imports main/config/configuration.ts',
    ])
  })

  it('keeps pure rooms from Node and pages from the disk', () => {
    expect(read('main/money/price.ts', `import { randomInt } from 'node:crypto'`)).toEqual(['main/money/price.ts:1 imports node:crypto'])
    expect(read('renderer/app.tsx', `import { readFileSync } from 'node:fs'`)).toEqual(['renderer/app.tsx:1 imports node:fs'])
  })
})

/** Each circle once, as `a → b → a`. */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>()
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      found.add([...trail.slice(start), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of edges.keys()) visit(file, [])
  return [...found]
}
