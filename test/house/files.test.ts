import { basename, extname, matchesGlob } from 'node:path'
import { Visitor, type VisitorObject } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { readText, repositoryFiles, sourceFiles, type SourceFile } from './source-files.ts'

const files = repositoryFiles()
const sources = sourceFiles(files)
const written = new Set(
  ['ts', 'tsx', 'mjs', 'js', 'css', 'html', 'json', 'md', 'sh', 'yml', 'yaml', 'service', 'rules', 'c', 'svg'].map((ending) => `.${ending}`),
)
const longestFileLines = 400

/** Texts of others and of machines. */
const notOurWords = ['package-lock.json', 'LICENSE', 'test/fixtures/**', '**/messages/**']
const fits = (path: string, patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(path, pattern))
const ours = files.filter((path) => (written.has(extname(path)) || !extname(path)) && !fits(path, notOurWords))
const programs = ours.filter((path) => /\.(?:ts|tsx|mjs|js|css)$/.test(path))

/** Files whose tools insist on a default export. */
const toolConfigurations = ['*.config.ts', '**/*.config.ts', 'build/vite*.ts', 'build/vite/**']
/** File names that tools or custom insist on. */
const namesOfCustom = [
  ...['**/README.md', 'LICENSE', 'NOTICE', 'SECURITY.md', '.ci/**', '.github/**'],
  ...['test/fixtures/**', '**/messages/*.json', '**/messages/*/*.json'],
]

const lines = (path: string) => readText(path).split('\n')

/** The places in a file where a line fits `pattern`. */
function search(path: string, pattern: RegExp): readonly string[] {
  return lines(path).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : []))
}

type Report = (node: { readonly start: number }) => void

/** The places in a program that the visitor made by `look` reports. */
function visit(file: SourceFile, look: (report: Report) => VisitorObject): readonly string[] {
  const found: string[] = []
  new Visitor(look((node) => found.push(file.place(node.start)))).visit(file.program)
  return found
}

describe('files', () => {
  it(`have at most ${longestFileLines} lines`, () => {
    expect(programs.filter((path) => lines(path).length > longestFileLines + 1).map((path) => `${path} ${lines(path).length}`)).toEqual([])
  })

  it('have names in lower case with hyphens', () => {
    const kebab = /^\.?[a-z0-9]+(?:[.-][a-z0-9]+)*$/
    const wrong = files.filter((path) => !kebab.test(basename(path)) && !fits(path, namesOfCustom))
    expect(wrong).toEqual([])
  })

  it('name no path of one machine, and nothing that is not in the repository', () => {
    // Written in pieces, so that this line does not find itself.
    const machines = [`/wo${'rk'}/`, `/ho${'me'}/[a-z]`, `/Us${'ers'}/`]
    const notes = [`\\.lib${'rary'}/`, `\\.\\./sha${'red'}/`]
    const elsewhere = new RegExp([...machines, ...notes].join('|'))
    expect(ours.flatMap((path) => search(path, elsewhere))).toEqual([])
  })

  it('leave no notes for later and switch no checker off', () => {
    const notes = [`\\bTO${'DO'}\\b`, `\\bFIX${'ME'}\\b`]
    const switches = [`@ts-(?:ig${'nore'}|no${'check'}|expect-${'error'})`, `(?:eslint|oxlint)-dis${'able'}`]
    const marks = new RegExp([...notes, ...switches].join('|'))
    expect(programs.flatMap((path) => search(path, marks))).toEqual([])
  })

  it('collect no exports of other files', () => {
    const barrels = sources.filter(({ program }) => {
      const all = program.body.filter((node) => node.type === 'ExportAllDeclaration')
      const some = program.body.filter((node) => node.type === 'ExportNamedDeclaration' && node.source !== null)
      const imports = program.body.filter((node) => node.type === 'ImportDeclaration')
      return all.length > 0 || (some.length > 0 && some.length + imports.length === program.body.length)
    })
    expect(barrels.map(({ path }) => path)).toEqual([])
  })

  it('export by name', () => {
    const strict = sources.filter(({ path }) => !fits(path, toolConfigurations))
    expect(strict.flatMap((file) => visit(file, (report) => ({ ExportDefaultDeclaration: report })))).toEqual([])
  })

  it('know the type of everything, and have no enums', () => {
    expect(sources.flatMap((file) => visit(file, (report) => ({ TSAnyKeyword: report, TSEnumDeclaration: report })))).toEqual([])
  })
})

describe('tests', () => {
  const tests = sources.filter(({ path }) => /\.test\.tsx?$/.test(path))

  it('all run, and none of them keeps the others from running', () => {
    const complaints = tests.flatMap((file) =>
      visit(file, (report) => ({
        MemberExpression: (node) => {
          const named = node.property.type === 'Identifier' ? node.property.name : ''
          if (/^(?:it|test|describe)\b/.test(file.text.slice(node.object.start)) && /^(?:only|skip|todo|fails)$/.test(named)) report(node)
        },
      })),
    )
    expect(complaints).toEqual([])
  })

  it('wait for what they wait for, not for a while', () => {
    const complaints = tests.flatMap((file) =>
      visit(file, (report) => ({
        CallExpression: ({ start, callee }) => {
          if (/^(?:sleep|delay|page\.waitForTimeout)$/.test(file.text.slice(callee.start, callee.end))) report({ start })
        },
      })),
    )
    expect(complaints).toEqual([])
  })
})
