import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock, virtualClock } from '../../hardware/clock.ts'
import { readJsonFile } from '../config/read-json-file.ts'
import { language as languageSchema } from '../contract/language.ts'
import type { View } from '../contract/view.ts'
import { services } from '../services/services.ts'
import { commandLine, here, stopWith } from './command-line.ts'
import { demoFormCode } from './demo/form-code.ts'
import { startInProcessBooth } from './demo/in-process-booth.ts'
import { play } from './demo/play.ts'
import { demoPortrait } from './demo/portrait.ts'
import { residentActs, residentAnswers } from './demo/resident.ts'

/** A visit that takes longer than this is given up, in the time of its clock. */
const longestVisitMs = 30 * 60_000

const usage =
  'usage: journey <service> [--lang ja|en|zh-Hant] [--insert 500,100,...] [--qr TEXT] [--stop-at SCREEN] [--answers FILE] [--centre WORDS] [--real-time] [--json]\n' +
  `services: ${services.map((service) => service.id).join(', ')}\n`

const options = {
  lang: { type: 'string', default: 'ja' },
  insert: { type: 'string', default: '500,100,100,100' },
  qr: { type: 'string', default: demoFormCode },
  'stop-at': { type: 'string' },
  answers: { type: 'string' },
  centre: { type: 'string' },
  'real-time': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

function refuse(reason: string): never {
  return stopWith(`${reason}\n${usage}`)
}

const { values, positionals } = commandLine({ options, allowPositionals: true }, usage)
const [service = '', ...others] = positionals
if (others.length > 0 || !services.some((candidate) => candidate.id === service)) refuse(`no service '${positionals.join(' ')}'`)
const language = languageSchema.safeParse(values.lang)
if (!language.success) refuse(`no language '${values.lang}'`)
const coins = values.insert === '' ? [] : values.insert.split(',').map(Number)
if (coins.some((coin) => !Number.isInteger(coin) || coin <= 0)) refuse(`not coins: '${values.insert}'`)
const answersFile = values.answers === undefined ? null : readJsonFile(here(values.answers))
if (answersFile?.ok === false) refuse(`${values.answers} ${answersFile.reason}`)
const answers = residentAnswers.safeParse(answersFile?.ok ? answersFile.content : {})
if (!answers.success) refuse(`${values.answers}: ${answers.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`)

const data = mkdtempSync(join(tmpdir(), 'cardbooth-journey-'))
const virtual = values['real-time'] ? null : virtualClock(Date.parse('2026-11-21T10:00:00+09:00'))
const world = await startInProcessBooth({ clock: virtual ?? realClock(), dir: data, service })
if (values.centre !== undefined) {
  const answer = await world.hand(`centre ${values.centre}`)
  if (answer.startsWith('error')) {
    await world.stop()
    rmSync(data, { recursive: true, force: true })
    refuse(answer)
  }
}

const stopAt = values['stop-at'] ?? null
const act = residentActs({
  language: language.data,
  coins,
  code: values.qr,
  answers: answers.data,
  portrait: demoPortrait,
  stopAt,
})
const screens: string[] = []
/** What the resident was told beside the screens (`scan.not-application`), each time anew. */
const notices: string[] = []
let told: string | null = null
let stopped = stopAt === null
let receipt: { readonly number: string; readonly code: string; readonly status: string } | null = null
let begun = false

/** Notes what the resident sees; says whether the visit is over. */
function sees(view: View): boolean {
  const name = 'step' in view ? `${view.screen}:${view.step}` : view.screen
  if (screens.at(-1) !== name) screens.push(name)
  const notice = view.notice?.text.key ?? null
  if (notice !== null && notice !== told) notices.push(notice)
  told = notice
  stopped ||= stopAt !== null && name.split(':').includes(stopAt)
  if (view.screen === 'receipt') receipt = { number: view.number, code: view.code, status: view.status }
  if (view.screen !== 'attract' && view.screen !== 'starting') begun = true
  return begun && (view.screen === 'attract' || view.screen === 'out-of-service')
}

// Whoever was to stop at a screen that never came did not do what was asked.
const ok = (await play(world, virtual, act, sees, longestVisitMs)) && stopped
const price = world.configuration.services[service]?.price ?? 0
const head = world.journal.head()
const money = world.journal.totals()[0]
const { currency } = world.configuration.cash
await world.stop()
rmSync(data, { recursive: true, force: true })
process.stdout.write(
  `${JSON.stringify({
    ok,
    service,
    language: language.data,
    screens,
    notices,
    money: { currency, inserted: money?.inserted ?? 0, price, returned: money?.returned ?? 0, owed: money?.owed ?? 0 },
    receipt,
    journal: { records: head.seq, digest: head.digest },
  })}\n`,
)
process.exitCode = ok ? 0 : 1
