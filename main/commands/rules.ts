import { realClock } from '../../hardware/clock.ts'
import type { CivilDate } from '../contract/date.ts'
import { builtInRulebook } from '../rulebook/built-in.ts'
import { addYears, civilDateAt, epochAt, isCivilDate, timeOfDayAt, type Zone } from '../rulebook/civil-date.ts'
import type { Given, Objection, Option, Question } from '../rulebook/questions/question.ts'
import { questionOf, questions } from '../rulebook/questions/questions.ts'
import { withAsciiDigits } from '../rulebook/individual-number.ts'
import { editionOn, zones, type Rule, type Rulebook } from '../rulebook/rulebook.ts'
import { check, sign } from './sign-rulebook.ts'

const usage = 'usage: npm run rules -- <rule> [--key value...]   |   list   |   sign [--data DIR] [--key FILE] --out FILE   |   check FILE'

/** Everybody may ask for another day. */
const today: Option = { name: 'today', kind: 'date', otherwise: 'now' }
const oldestYears = 130
/** Days that are taken: from the first year of Meiji, and so that a hundred years more can still be written. */
const [firstDay, lastDay] = ['1868-01-01', '9000-12-31']
const isDate = (text: string) => isCivilDate(text) && firstDay <= text && text <= lastDay
const dateForm = `YYYY-MM-DD, ${firstDay} to ${lastDay}`

/** Words for a message: with more than three digits in whatever script they may be part of a number of a person, and are not repeated (B9.5). */
const shown = (text: string) => ((withAsciiDigits(text).match(/[0-9]/g) ?? []).length > 3 ? 'not shown' : text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** `2026-11-21T17:59` or with seconds, as milliseconds since 1970-01-01 UTC; null when it is no moment. */
function readInstant(text: string, zone: Zone): number | null {
  const [, date = '', time = ''] = /^(.{10})T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/.exec(text) ?? []
  return isDate(date) ? epochAt(date, time, zone) : null
}

/** When it is asked: the day in the zone of the rule, and the moment, of that day as well. */
interface Asked {
  readonly zone: Zone
  readonly now: number
  readonly day: string
}

/** What an option says, or why it says nothing. */
function readOption({ name, kind, choices = [] }: Option, text: string, { zone, now, day }: Asked): string | number | Objection {
  const refuse = (reason: string) => ({ at: name, reason })
  switch (kind) {
    case 'date':
      return text === 'now' ? day : isDate(text) ? text : refuse(`is no date (${dateForm})`)
    case 'birth':
      if (!isDate(text)) return refuse(`is no date (${dateForm})`)
      return text > day ? refuse('is in the future') : text < addYears(day, -oldestYears) ? refuse(`is more than ${oldestYears} years ago`) : text
    case 'year':
    case 'number':
      return kind === 'year' && text === '元' ? 1 : /^-?\d{1,6}$/.test(text) ? Number(text) : refuse('is no number (whole, at most 6 digits)')
    case 'instant':
      return text === 'now' ? now : (readInstant(text, zone) ?? refuse(`is no instant (YYYY-MM-DDTHH:MM[:SS], ${firstDay} to ${lastDay})`))
    case 'choice':
      return choices.includes(text) ? text : refuse(`is none of ${choices.join(' | ')}`)
    case 'language':
      return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(text) && text.length <= 35 ? text : refuse('is no language (a BCP 47 tag such as th or zh-Hant)')
    default:
      return text.length > 200 ? refuse('is too long') : text
  }
}

/** `--today` moves the moment as well: the same time of day on that day; null when it is no day. */
function askedOn(text: string | undefined, zone: Zone, now: number): Asked | null {
  if (text === undefined || text === 'now') return { zone, now, day: civilDateAt(now, zone) }
  return isDate(text) ? { zone, now: epochAt(text, timeOfDayAt(now, zone), zone), day: text } : null
}

const isObjection = (answer: object | string | number): answer is Objection => typeof answer === 'object' && 'at' in answer && 'reason' in answer

/** The `--key value` pairs, or what is wrong with them. */
function readPairs(words: readonly string[]): ReadonlyMap<string, string> | string {
  const pairs = new Map<string, string>()
  for (let index = 0; index < words.length; index += 2) {
    const [key = '', value] = words.slice(index, index + 2)
    if (!key.startsWith('--') || value === undefined) return `${key.startsWith('--') ? shown(key) : `word ${index + 2}`}: expected --key value`
    if (pairs.has(key.slice(2))) return `${shown(key)}: stands twice`
    pairs.set(key.slice(2), value)
  }
  return pairs
}

/** The options of a question with their values, or what is wrong with one of them. */
function readGiven({ options }: Question, pairs: ReadonlyMap<string, string>, zone: Zone, now: number): Given | Objection {
  const all = [today, ...options]
  const unknown = [...pairs.keys()].find((key) => !all.some(({ name }) => name === key))
  if (unknown !== undefined) return { at: shown(unknown), reason: 'not an option of this rule' }
  const values = new Map<string, string | number>()
  const asked = askedOn(pairs.get(today.name), zone, now)
  if (asked === null) return { at: today.name, reason: `is no date (${dateForm})` }
  for (const option of all) {
    const text = pairs.get(option.name) ?? option.otherwise
    if (text === undefined && option.optional) continue
    if (text === undefined) return { at: option.name, reason: 'is missing' }
    const value = readOption(option, text, asked)
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

/** What a rule says on a day, and from when to when. */
function told(rule: Rule, day: CivilDate): object {
  const { value, from = null, to = null } = editionOn(rule, day)
  return { value, from, to, ...behind(rule) }
}

/** A conflict of the sources, with the rules that it touches. */
function disputed(book: Rulebook, id: string): object {
  const conflict = book.conflicts[id]!
  const rules = [...book.rules.values()].filter((one) => one.conflict?.id === id)
  const [first] = rules
  return { rule: id, value: { ...conflict, rules: rules.map((rule) => rule.id) }, from: null, to: null, ...(first && behind(first)) }
}

/** Every name once: what is computed with what stands behind it, then the other facts, then the conflicts. */
function list(book: Rulebook, now: number): string[] {
  const onDay = (rule: Rule) => ({ about: rule.about, jurisdiction: rule.jurisdiction, ...told(rule, civilDateAt(now, rule.zone)) })
  const computed = questions.map(({ name, rule, ids, options }) => {
    return { rule: name, ids, options: options.map((option) => ({ ...option, name: `--${option.name}` })), ...onDay(book.rules.get(rule)!) }
  })
  const facts = [...book.rules.values()].filter(({ id }) => questions.every(({ name }) => name !== id)).map((rule) => ({ rule: rule.id, ...onDay(rule) }))
  const conflicts = Object.keys(book.conflicts).map((id) => disputed(book, id))
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
  if (name === 'list') return rest.length === 0 ? { lines: list(book, now), message: null, exitCode: 0 } : refuse(usage)

  const rule = book.rules.get(name)
  const question = questionOf(name)
  if (rule && (rest.length === 0 || (!question && rest[0] === '--today' && rest.length === 2))) {
    const asked = askedOn(rest[1], rule.zone, now)
    return asked === null ? refuse(`${name}: --today: is no date (${dateForm})`) : tell({ rule: name, ...told(rule, asked.day) })
  }
  const isConflict = Object.hasOwn(book.conflicts, name)
  if (isConflict && rest.length === 0) return tell(disputed(book, name))
  if (!question) return refuse(rule || isConflict ? `${name}: takes no options${rule ? ' but --today' : ''}` : `unknown rule "${shown(name)}"; "list" lists them\n${usage}`)
  const pairs = readPairs(rest)
  if (typeof pairs === 'string') return refuse(pairs)
  const standsBehind = book.rules.get(question.rule)!
  const country = pairs.get('country') ?? question.options.find((option) => option.name === 'country')?.otherwise
  const ofCountry = country === 'JP' || country === 'TW' ? { zone: zones[country] } : {}
  const given = readGiven(question, pairs, ofCountry.zone ?? standsBehind.zone, now)
  const answer = isObjection(given) ? given : question.answer(given, book)
  if (isObjection(answer)) return refuse(`${name}: --${answer.at}: ${answer.reason}`)
  const { value, from, to, holidaysKnown, rule: other, evidence } = answer
  const stands = behind(other === undefined ? standsBehind : book.rules.get(other)!)
  return tell({ rule: name, value, from, to, ...(holidaysKnown !== undefined && { holidaysKnown }), ...stands, ...ofCountry, ...(evidence && { source: evidence.source, checked: evidence.checked }) })
}

/** `sign` and `check` are for vendors and operators: they read and write files. */
async function carryOut(words: readonly string[]): Promise<RulesAnswer> {
  const [name, ...rest] = words
  const isFile = name === 'sign' || name === 'check'
  try {
    if (!isFile) return answerRules(words, realClock().now())
    const done = name === 'sign' ? await sign(rest) : await check(rest)
    if ('problem' in done) return { lines: [], message: done.problem, exitCode: 2 }
    return { lines: [JSON.stringify(done.line)], message: null, exitCode: 'ok' in done && !done.ok ? 1 : 0 }
  } catch (error) {
    return { lines: [], message: isFile && error instanceof Error ? error.message : 'cannot be computed', exitCode: 2 }
  }
}

if (import.meta.main) {
  const { lines, message, exitCode } = await carryOut(process.argv.slice(2))
  for (const line of lines) process.stdout.write(`${line}\n`)
  if (message !== null) process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}
