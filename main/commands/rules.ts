import { realClock } from '../../hardware/clock.ts'
import { builtInRulebook } from '../rulebook/built-in.ts'
import { addYears, civilDateAt, epochAt, isCivilDate, type Zone } from '../rulebook/civil-date.ts'
import type { Given, Objection, Option, Question } from '../rulebook/questions/question.ts'
import { questionOf, questions } from '../rulebook/questions/questions.ts'
import { editionOn, zones, type Rule, type Rulebook } from '../rulebook/rulebook.ts'
import { check, sign } from './sign-rulebook.ts'

const usage = 'usage: npm run rules -- <rule> [--key value...]   |   list   |   sign [--data DIR] [--key FILE] --out FILE   |   check FILE'

/** Everybody may ask for another day. */
const today: Option = { name: 'today', kind: 'date', otherwise: 'now' }
const oldestYears = 130

/** `2026-11-21T17:59` or with seconds, as milliseconds since 1970-01-01 UTC; null when it is no moment. */
function readInstant(text: string, zone: Zone): number | null {
  const [, date = '', time = ''] = /^(.{10})T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/.exec(text) ?? []
  return isCivilDate(date) ? epochAt(date, time, zone) : null
}

/** When it is asked: the moment, and the day of it in the zone of the rule. */
interface Asked {
  readonly zone: Zone
  readonly now: number
  readonly day: string
}

/** What an option says, or why it says nothing. */
function readOption({ name, kind, choices = [] }: Option, text: string, { zone, now, day }: Asked): string | number | Objection {
  const refuse = (reason: string) => ({ at: name, reason })
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  const noSuch = refuse(`"${shown}" is no ${kind === 'choice' ? choices.join(' | ') : kind === 'birth' ? 'date' : kind}`)
  switch (kind) {
    case 'date':
      return text === 'now' ? day : isCivilDate(text) ? text : noSuch
    case 'birth':
      if (!isCivilDate(text)) return noSuch
      return text > day ? refuse('is in the future') : text < addYears(day, -oldestYears) ? refuse(`is more than ${oldestYears} years ago`) : text
    case 'number':
      return /^-?\d{1,6}$/.test(text) ? Number(text) : noSuch
    case 'instant':
      return text === 'now' ? now : (readInstant(text, zone) ?? noSuch)
    case 'choice':
      return choices.includes(text) ? text : noSuch
    default:
      return text.length > 200 ? refuse('is too long') : text
  }
}

const isObjection = (answer: object | string | number): answer is Objection => typeof answer === 'object' && 'at' in answer && 'reason' in answer

/** The `--key value` pairs, or what is wrong with them. */
function readPairs(words: readonly string[]): ReadonlyMap<string, string> | string {
  const pairs = new Map<string, string>()
  for (let index = 0; index < words.length; index += 2) {
    const [key = '', value] = words.slice(index, index + 2)
    if (!key.startsWith('--') || value === undefined) return `${key}: expected --key value`
    if (pairs.has(key.slice(2))) return `${key}: stands twice`
    pairs.set(key.slice(2), value)
  }
  return pairs
}

/** The options of a question with their values, or what is wrong with one of them. */
function readGiven({ options }: Question, pairs: ReadonlyMap<string, string>, zone: Zone, now: number): Given | Objection {
  const all = [today, ...options]
  const unknown = [...pairs.keys()].find((key) => !all.some(({ name }) => name === key))
  if (unknown !== undefined) return { at: unknown, reason: 'not an option of this rule' }
  const values = new Map<string, string | number>()
  const asked = { zone, now, day: civilDateAt(now, zone) }
  for (const option of all) {
    const text = pairs.get(option.name) ?? option.otherwise
    if (text === undefined && option.optional) continue
    if (text === undefined) return { at: option.name, reason: 'is missing' }
    const value = option.kind === 'date' && text === 'now' && option !== today ? values.get(today.name)! : readOption(option, text, asked)
    if (isObjection(value)) return value
    values.set(option.name, value)
  }
  const said = (name: string) => String(values.get(name))
  const counted = (name: string) => Number(values.get(name))
  return { today: said(today.name), date: said, text: said, number: counted, instant: counted, maybe: (name) => (values.has(name) ? said(name) : null) }
}

/** What stands behind an answer: where it says so, how the conflict of its sources is treated, and the key of its explanation in the catalogues. */
function behind({ id, zone, source, checked, conflict }: Rule): object {
  return { zone, source, checked, explanation: `rule.${id}`, ...(conflict && { conflict: conflict.id, treatment: conflict.treatment }) }
}

function list(book: Rulebook): string[] {
  const computed = questions.map(({ name, rule, ids, options }) => {
    const about = book.rules.get(rule)!.about
    return { rule: name, ids, about, options: options.map((option) => ({ ...option, name: `--${option.name}` })), ...behind(book.rules.get(rule)!) }
  })
  const facts = [...book.rules.values()].map((rule) => ({ rule: rule.id, about: rule.about, jurisdiction: rule.jurisdiction, ...behind(rule) }))
  const conflicts = Object.entries(book.conflicts).map(([id, conflict]) => ({ rule: id, ...conflict }))
  return [...computed, ...facts, ...conflicts].map((line) => JSON.stringify(line))
}

/** Lines for standard output, a message for standard error, and the exit code: 0, 1 for a rulebook that is refused, or 2 for what was not understood. */
export interface RulesAnswer {
  readonly lines: readonly string[]
  readonly message: string | null
  readonly exitCode: 0 | 1 | 2
}

/**
 * Answers the words after `rules` out of `book`; `now` in milliseconds since 1970-01-01 UTC.
 * An identifier alone tells what the rule says today; with options it is computed.
 */
export function answerRules(words: readonly string[], now: number, book: Rulebook = builtInRulebook): RulesAnswer {
  const refuse = (message: string): RulesAnswer => ({ lines: [], message, exitCode: 2 })
  const tell = (line: object): RulesAnswer => ({ lines: [JSON.stringify(line)], message: null, exitCode: 0 })
  const [name, ...rest] = words
  if (name === undefined) return refuse(usage)
  if (name === 'list') return rest.length === 0 ? { lines: list(book), message: null, exitCode: 0 } : refuse(usage)

  const rule = book.rules.get(name)
  if (rule && rest.length === 0) {
    const { value, from = null, to = null } = editionOn(rule, civilDateAt(now, rule.zone))
    return tell({ rule: name, value, from, to, ...behind(rule) })
  }
  const conflict = Object.hasOwn(book.conflicts, name) ? book.conflicts[name] : undefined
  if (conflict) {
    const rules = [...book.rules.values()].filter((one) => one.conflict?.id === name)
    const [first] = rules
    return tell({ rule: name, value: { ...conflict, rules: rules.map(({ id }) => id) }, from: null, to: null, ...(first && behind(first)) })
  }
  const question = questionOf(name)
  if (!question) return refuse(rule ? `${name}: takes no options` : `unknown rule "${name.slice(0, 80)}"; "list" lists them\n${usage}`)
  const pairs = readPairs(rest)
  if (typeof pairs === 'string') return refuse(pairs)
  const standsBehind = book.rules.get(question.rule)!
  const country = pairs.get('country') ?? question.options.find((option) => option.name === 'country')?.otherwise
  const ofCountry = country === 'JP' || country === 'TW' ? { zone: zones[country] } : {}
  const given = readGiven(question, pairs, ofCountry.zone ?? standsBehind.zone, now)
  const answer = isObjection(given) ? given : question.answer(given, book)
  if (isObjection(answer)) return refuse(`${name}: --${answer.at}: ${answer.reason}`)
  const { value, from, to, rule: other, evidence } = answer
  const shown = behind(other === undefined ? standsBehind : book.rules.get(other)!)
  return tell({ rule: name, value, from, to, ...shown, ...ofCountry, ...(evidence && { source: evidence.source, checked: evidence.checked }) })
}

/** `sign` and `check` are for vendors and operators: they read and write files. */
async function carryOut(words: readonly string[]): Promise<RulesAnswer> {
  const [name, ...rest] = words
  if (name !== 'sign' && name !== 'check') return answerRules(words, realClock().now())
  try {
    const done = name === 'sign' ? await sign(rest) : await check(rest)
    if ('problem' in done) return { lines: [], message: done.problem, exitCode: 2 }
    return { lines: [JSON.stringify(done.line)], message: null, exitCode: 'ok' in done && !done.ok ? 1 : 0 }
  } catch (error) {
    return { lines: [], message: error instanceof Error ? error.message : 'unknown', exitCode: 2 }
  }
}

if (import.meta.main) {
  const { lines, message, exitCode } = await carryOut(process.argv.slice(2))
  for (const line of lines) process.stdout.write(`${line}\n`)
  if (message !== null) process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}
