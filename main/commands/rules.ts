import { realClock } from '../../hardware/clock.ts'
import { civilDateAt, epochAt, isCivilDate, type Zone } from '../rulebook/civil-date.ts'
import { questionOf, questions, type Given, type Option, type Question } from '../rulebook/rule-questions.ts'
import { ruleOf, rules } from '../rulebook/rule-table.ts'

const usage = 'usage: npm run rules -- <rule> [--key value...]   |   npm run rules -- list'

/** `2026-11-21T17:59` or with seconds, as milliseconds since 1970-01-01 UTC; null when it is no moment. */
function readInstant(text: string, zone: Zone): number | null {
  const [, date = '', time = ''] = /^(.{10})T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/.exec(text) ?? []
  return isCivilDate(date) ? epochAt(date, time, zone) : null
}

function readOption({ kind, choices = [] }: Option, text: string, zone: Zone, now: number): string | number | null {
  if (kind === 'date') return text === 'now' ? civilDateAt(now, zone) : isCivilDate(text) ? text : null
  if (kind === 'number') return /^-?\d{1,6}$/.test(text) ? Number(text) : null
  if (kind === 'instant') return text === 'now' ? now : readInstant(text, zone)
  return kind === 'text' || choices.includes(text) ? text : null
}

/** The `--key value` pairs, or what is wrong with them. */
function readPairs(words: readonly string[]): { readonly pairs: ReadonlyMap<string, string> } | { readonly problem: string } {
  const pairs = new Map<string, string>()
  for (let index = 0; index < words.length; index += 2) {
    const [key = '', value] = words.slice(index, index + 2)
    if (!key.startsWith('--') || value === undefined) return { problem: `${key}: expected --key value` }
    pairs.set(key.slice(2), value)
  }
  return { pairs }
}

/** The options of a question with their values, or what is wrong with them. */
function readGiven(
  { options, zone }: Question,
  pairs: ReadonlyMap<string, string>,
  now: number,
): { readonly given: Given } | { readonly problem: string } {
  const unknown = [...pairs.keys()].find((key) => !options.some(({ name }) => name === key))
  if (unknown !== undefined) return { problem: `--${unknown}: not an option of this rule` }
  const values = new Map<string, string | number>()
  for (const option of options) {
    const text = pairs.get(option.name) ?? option.otherwise
    if (text === undefined && option.optional) continue
    if (text === undefined) return { problem: `--${option.name} is missing` }
    const value = readOption(option, text, zone, now)
    if (value === null) return { problem: `--${option.name}: "${text}" is no ${option.choices?.join(' | ') ?? option.kind}` }
    values.set(option.name, value)
  }
  const text = (name: string) => String(values.get(name))
  const number = (name: string) => Number(values.get(name))
  return { given: { date: text, text, number, instant: number, has: (name) => values.has(name) } }
}

function list(): string[] {
  const computed = questions.map(({ name, ids, options, zone, source, checked }) => {
    return { rule: name, ids, options: options.map((option) => `--${option.name}`), zone, source, checked }
  })
  const facts = rules.map(({ id, rule, zone, source, checked }) => ({ rule: id, about: rule, zone, source, checked }))
  return [...computed, ...facts].map((line) => JSON.stringify(line))
}

/** Lines for standard output, a message for standard error, and the exit code: 0, or 2 for what was not understood. */
export interface RulesAnswer {
  readonly lines: readonly string[]
  readonly message: string | null
  readonly exitCode: 0 | 2
}

/**
 * Answers the words after `rules`; `now` in milliseconds since 1970-01-01 UTC.
 * An identifier alone tells the fact where there is one; with options it is computed.
 */
export function answerRules(words: readonly string[], now: number): RulesAnswer {
  const refuse = (message: string): RulesAnswer => ({ lines: [], message, exitCode: 2 })
  const tell = (line: object): RulesAnswer => ({ lines: [JSON.stringify(line)], message: null, exitCode: 0 })
  const [name, ...rest] = words
  if (name === undefined) return refuse(usage)
  if (name === 'list') return { lines: list(), message: null, exitCode: 0 }

  const fact = ruleOf(name)
  const question = questionOf(name)
  if (fact && rest.length === 0) {
    const { value, from, to, zone, source, checked } = fact
    return tell({ rule: name, value, from, to, zone, source, checked })
  }
  if (!question) return refuse(fact ? `${name} takes no options` : `unknown rule "${name}"; "list" lists them\n${usage}`)
  const read = readPairs(rest)
  if ('problem' in read) return refuse(read.problem)
  const { zone, source, checked } = question
  const asked = readGiven(question, read.pairs, now)
  if ('problem' in asked) return refuse(`${name}: ${asked.problem}`)
  const { value, from, to } = question.answer(asked.given)
  return tell({ rule: name, value, from, to, zone, source, checked })
}

if (import.meta.main) {
  const { lines, message, exitCode } = answerRules(process.argv.slice(2), realClock().now())
  for (const line of lines) process.stdout.write(`${line}\n`)
  if (message !== null) process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}
