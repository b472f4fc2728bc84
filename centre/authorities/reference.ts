import type { Clock } from '../../hardware/clock.ts'
import type { CivilDate } from '../../main/contract/date.ts'
import { civilDateAt, daysBetween, isCivilDate, type Zone } from '../../main/rulebook/civil-date.ts'
import type { Rulebook } from '../../main/rulebook/rulebook.ts'
import type { Authorities, Authority } from './authority.ts'
import type { Cases } from './cases.ts'
import { type Case, happen, type Procedure, settled } from './procedure.ts'
import { procedures } from './procedures.ts'

/** Authorities for demonstrations and tests, and their officers' hands. */
export interface ReferenceAuthorities {
  readonly authorities: Authorities
  /** `<subject> <number> [event [name=day ...]]`, `clock [day|+days|real]`, `help`: does it and says in one line what came of it, never with a number. */
  hand(words: readonly string[]): string
  close(): void
}

const dayMs = 86_400_000
type Subject = keyof typeof procedures
const subjects = Object.keys(procedures) as Subject[]
const help = `authority <${subjects.join('|')}> <number> [event [name=YYYY-MM-DD ...]] · authority clock [YYYY-MM-DD|+days|real]`

/** Authorities that go about their cases as the rules say (B3, B7, B10), by a clock that can be set. No line leads to any real one. */
export function createReferenceAuthorities({ cases, clock, rulebook }: { readonly cases: Cases; readonly clock: Clock; readonly rulebook: Rulebook }): ReferenceAuthorities {
  const today = (zone: Zone): CivilDate => civilDateAt(clock.now() + cases.days * dayMs, zone)

  /** The case as it stands today; null when there is none. */
  const look = (subject: Subject, number: string): Case | null => {
    const procedure = procedures[subject]
    const found = cases.find(subject, number)
    if (!found) return null
    const now = settled(rulebook, procedure, found, today(procedure.zone))
    if (now !== found) cases.keep(subject, number, now)
    return now
  }
  const authority = (subject: Subject): Authority => {
    const { operation: asked, field, number: form, told }: Procedure = procedures[subject]
    return {
      answer(operation, fields) {
        const { [field]: number = '', ...others } = fields
        if (operation !== asked || !form.test(number) || Object.keys(others).length > 0) return Promise.resolve({ ok: false, code: 'refused' })
        const found = look(subject, number)
        if (!found) return Promise.resolve({ ok: false, code: 'not-found' })
        const facts = told.flatMap((name) => (found.facts[name] === undefined ? [] : [[name, found.facts[name]]]))
        return Promise.resolve({ ok: true, facts: { ...Object.fromEntries(facts), state: found.state } })
      },
    }
  }
  const inOneLine = ({ state, facts }: Case) => [state, ...Object.entries(facts).map(([name, value]) => `${name}=${value}`)].join(' ')

  const setClock = (word: string | undefined): string => {
    const real = civilDateAt(clock.now(), 'Asia/Taipei')
    if (word === 'real') cases.setDays(0)
    else if (/^\+[0-9]{1,5}$/.test(word ?? '')) cases.setDays(cases.days + Number(word))
    else if (word !== undefined && isCivilDate(word)) cases.setDays(daysBetween(real, word))
    else if (word !== undefined) return `error: ${help}`
    return `clock ${today('Asia/Taipei')}`
  }
  const act = (subject: Subject, number: string, event: string | undefined, given: readonly string[]): string => {
    const procedure: Procedure = procedures[subject]
    if (!procedure.number.test(number)) return 'error: not a number of this authority'
    const days = given.map((word) => word.split('=', 2) as [string, string?])
    if (days.some(([name, day = '']) => !procedure.told.includes(name) || !isCivilDate(day))) return `error: facts are days: ${procedure.told.join(', ')}`
    const found = look(subject, number)
    if (event === undefined) return found ? inOneLine(found) : 'no case'
    const before = found ?? { state: procedure.begin, facts: {} }
    const after = happen(rulebook, procedure, before, event, today(procedure.zone), Object.fromEntries(days))
    if (!after) return `error: nothing such happens in ${before.state}`
    const now = settled(rulebook, procedure, after, today(procedure.zone))
    cases.keep(subject, number, now)
    return inOneLine(now)
  }

  return {
    authorities: Object.fromEntries(subjects.map((subject) => [subject, authority(subject)])),
    hand([what, number, event, ...given]) {
      if (what === 'clock') return event === undefined ? setClock(number) : `error: ${help}`
      const subject = subjects.find((one) => one === what)
      return subject && number !== undefined ? act(subject, number, event, given) : what === 'help' ? help : `error: ${help}`
    },
    close: () => cases.close(),
  }
}
