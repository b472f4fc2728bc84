import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBuilt, root } from './sources.ts'

/* `npm test` and `npm run test:long`: everything, one after the other, and a last line that counts. */

interface Count {
  readonly passed: number
  readonly failed: number
}

// Until it is known: nobody who stops reading is told that all is well.
process.exitCode = 1
const long = process.argv.includes('--long')
const say = (line: string) => void process.stdout.write(`${line}\n`)
const bin = (name: string) => join(root, 'node_modules', name)

/** Runs a program in the repository; whether it ended well. */
function run(title: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<boolean> {
  say(`\n— ${title}`)
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } })
    child.once('exit', (code) => done(code === 0))
    child.once('error', () => done(false))
  })
}

const one = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 })

/** What a JSON report of vitest says, tests and the files that did not even load. */
function countReport(file: string, endedWell: boolean): Count {
  if (!existsSync(file)) return one(false)
  interface Report {
    readonly numPassedTests: number
    readonly numFailedTests: number
    readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[]
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  // An error outside of every test fails the run too.
  return { passed: report.numPassedTests, failed: failed === 0 && !endedWell ? 1 : failed }
}

const counts: Count[] = []
if (!long) {
  say('\n— build')
  const built = isBuilt() || (await run('building', [join(root, 'build/build.ts')]))
  counts.push(one(built))
  counts.push(one(await run('oxlint', [bin('oxlint/bin/oxlint')])))
  counts.push(one(await run('types', [bin('typescript/bin/tsc'), '--build'])))
}

const reports = mkdtempSync(join(tmpdir(), 'cardbooth-test-'))
const report = join(reports, 'vitest.json')
const vitest = [bin('vitest/vitest.mjs'), 'run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const endedWell = await run(long ? 'long tests' : 'tests', vitest, long ? { CARDBOOTH_LONG: '1' } : {})
counts.push(countReport(report, endedWell))

const proof = join(root, 'test/proof/check.ts')
if (!long && existsSync(report) && existsSync(proof)) counts.push(one(await run('proof map', [proof, report])))
rmSync(reports, { recursive: true, force: true })

const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
say(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)
