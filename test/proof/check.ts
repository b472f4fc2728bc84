import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { compareProof } from './compare.ts'
import { identifiers } from './identifiers.ts'

/**
 * `node test/proof/check.ts REPORT... [--readme]`: compares test/proof.json with the JSON reports of vitest. Prints the counts, or with `--readme`
 * the row of the README's table; exits with 1 and a line for each problem when the map is not true.
 */
const vitestReport = z.object({
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
})
const proofMap = z.strictObject({ later: z.record(z.string(), z.string()), cannot: z.record(z.string(), z.string()) })

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const reports = process.argv.slice(2).filter((argument) => argument !== '--readme')
if (reports.length === 0) {
  process.stderr.write('usage: node test/proof/check.ts REPORT... [--readme]\n')
  process.exit(2)
}
const passed = reports
  .flatMap((file) => vitestReport.parse(readJson(file)).testResults)
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'passed')
const { proved, later, cannot, problems } = compareProof(
  proofMap.parse(readJson(join(import.meta.dirname, '../proof.json'))),
  passed.map(({ fullName }) => fullName),
)
for (const problem of problems) process.stderr.write(`proof: ${problem}\n`)
process.stdout.write(
  process.argv.includes('--readme')
    ? `| ${identifiers.size} rules, faults and bad inputs | ${proved} proved | ${later} later | ${cannot} cannot |\n`
    : `proof: ${proved} proved, ${later} later, ${cannot} cannot\n`,
)
process.exit(problems.length === 0 ? 0 : 1)
