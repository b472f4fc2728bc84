import { parseArgs } from 'node:util'
import { isBuilt } from '../../build/sources.ts'
import { buildAll } from '../../build/vite.ts'
import { measureScan } from '../../main/commands/measure-scan.ts'
import { failures } from './gates.ts'
import { measureCard } from './measure-card.ts'
import { measureCash } from './measure-cash.ts'
import { measureCoin } from './measure-coin.ts'
import { measureIdle } from './measure-idle.ts'
import { measureJournal } from './measure-journal.ts'
import { measurePhoto } from './measure-photo.ts'
import { measureRecover } from './measure-recover.ts'
import { measureRules } from './measure-rules.ts'
import { measureStart } from './measure-start.ts'
import { measureTouch } from './measure-touch.ts'
import { measureVisit } from './measure-visit.ts'
import type { Measurement } from './measurement.ts'

/*
 * `bench [start|touch|card|coin|cash|scan|idle|visit|journal|photo|recover|rules]...`: how fast the booth is, on the built application, each area beside something that bounds it from below; all areas
 * unless some are named. One JSON object a line on standard output, words on standard error, and an exit code of 1 when a gate does not hold.
 */

const areas: Readonly<Record<Measurement['area'], () => AsyncIterable<Measurement>>> = {
  start: measureStart,
  touch: measureTouch,
  card: measureCard,
  coin: measureCoin,
  cash: measureCash,
  scan: measureScan,
  idle: measureIdle,
  visit: measureVisit,
  journal: measureJournal,
  photo: measurePhoto,
  recover: measureRecover,
  rules: measureRules,
}

const say = (line: string) => void process.stderr.write(`${line}\n`)
const isArea = (name: string): name is Measurement['area'] => Object.hasOwn(areas, name)

const { positionals } = parseArgs({ allowPositionals: true })
const asked = positionals.length === 0 ? Object.keys(areas) : positionals
if (!asked.every(isArea)) {
  say(`usage: bench [${Object.keys(areas).join('|')}]...`)
  process.exit(2)
}

function inWords({ name, n, p50, p95, ratio, peer, unit }: Measurement): string {
  const compared = ratio === null ? '' : `; ${ratio} times ${peer}`
  return `  ${name}: ${p50} ${unit}${p95 === null ? '' : `, 95 % within ${p95}`} (${n})${compared}`
}

if (!isBuilt()) {
  say('Building the application …')
  await buildAll()
}
// Until it is known: nobody who stops reading is told that all is well.
process.exitCode = 1
let failed = false
for (const area of asked) {
  say(area)
  const lines: Measurement[] = []
  for await (const line of areas[area]()) {
    lines.push(line)
    process.stdout.write(`${JSON.stringify(line)}\n`)
    say(inWords(line))
  }
  for (const failure of failures(area, lines)) {
    failed = true
    say(`  GATE: ${failure}`)
  }
}
process.exit(failed ? 1 : 0)
