import { z } from 'zod'
import { civilDate, type CivilDate } from '../contract/date.ts'
import type { Language } from '../contract/language.ts'
import type { Zone } from './civil-date.ts'
import { ruleValues, type RuleValues, type ValueId } from './rule-values.ts'

/** The zone of a country's rules. */
export const zones = { JP: 'Asia/Tokyo', TW: 'Asia/Taipei' } as const satisfies Record<string, Zone>
/** Whose law a rule is. */
export type Jurisdiction = keyof typeof zones

const name = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)
const words = z.string().min(1).max(300)
const monthDay = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/)
const opensFirst = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) => from === undefined || to === undefined || from <= to

/** A source by its title: in English with the original terms, and where there is one in the words of other languages. */
const source = z.strictObject({ title: words.min(10), ja: words.optional(), 'zh-Hant': words.optional(), url: z.url().nullable() })
const edition = z.strictObject({ value: z.json(), from: civilDate.optional(), to: civilDate.optional() }).refine(opensFirst, 'ends before it begins')
const rule = z.strictObject({
  about: words,
  source: name.optional(),
  checked: civilDate.optional(),
  conflict: name.optional(),
  editions: z
    .array(edition)
    .min(1)
    .refine(
      (list) => list.every(({ from }, index) => index === 0 || (from !== undefined && (list[index - 1]!.to ?? list[index - 1]!.from ?? '') < from)),
      'an edition begins before the one before it has ended',
    ),
})
const group = z
  .strictObject({ jurisdiction: z.enum(['JP', 'TW']), zone: z.enum(['Asia/Tokyo', 'Asia/Taipei']), source: name, checked: civilDate, conflict: name.optional(), rules: z.record(name, rule) })
  .refine(({ jurisdiction, zone }) => zones[jurisdiction] === zone, 'is not the zone of the jurisdiction')

const daysOff = z
  .strictObject({
    source: name,
    checked: civilDate,
    from: civilDate,
    to: civilDate,
    holidays: z.record(civilDate, words),
    workingWeekendDays: z.record(civilDate, words),
    yearEnd: z.strictObject({ from: monthDay, to: monthDay, source: name, checked: civilDate }).nullable(),
  })
  .refine(opensFirst, 'ends before it begins')
  .refine(({ from, to, holidays, workingWeekendDays }) => Object.keys({ ...holidays, ...workingWeekendDays }).every((day) => from <= day && day <= to), 'has a day outside of its time')

/** What the QR code of an application form may look like; the real payload is not public (section 0, 16). */
const applicationCode = z.strictObject({
  source: name,
  checked: civilDate,
  /** Longer codes are refused unread. */
  maxBytes: z.int().min(23).max(4096),
  /** What a hand scanner may leave at the end; one of them is taken off, once. */
  suffixes: z.array(z.string().min(1).max(4)).max(8),
  /** Whether the 23 digits alone are a code. */
  bareId: z.boolean(),
  /** Of web addresses, in lower case, without the colon. */
  schemes: z.array(z.string().regex(/^[a-z]+$/)).max(4),
  /** Lower case; `subdomains` lets in every name that ends in a dot and this one. */
  hosts: z.array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/), subdomains: z.boolean() })).max(16),
  /** How the path must begin. */
  pathPrefixes: z.array(z.string().startsWith('/').max(100)).min(1).max(16),
})

/** A rulebook as it is written and signed. Days are in the zone of the rule; `expires` is the last day on which it counts as fresh. */
const rulebookFile = z
  .strictObject({
    schema: z.literal('cardbooth.rulebook/1'),
    /** Counts up; a booth never goes back. */
    version: z.int().min(1).max(1_000_000_000),
    vendor: name,
    /** The booths that it is for. */
    booths: z.literal('all').or(z.array(name).min(1)),
    issued: civilDate,
    /** Null in what comes with a release: its freshness is the release's. */
    expires: civilDate.nullable(),
    sources: z.record(name, source),
    conflicts: z.record(name, z.strictObject({ about: words, treatment: name })),
    groups: z.array(group).min(1),
    closedDays: z.strictObject({ JP: daysOff, TW: daysOff }),
    applicationCode,
  })
  .refine(({ issued, expires }) => expires === null || issued <= expires, { path: ['expires'], message: 'expires before it is issued' })
  .superRefine((file, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const known = (source: string | undefined, path: (string | number)[]) => {
      if (source !== undefined && !Object.hasOwn(file.sources, source)) refuse(path, `no source "${source}"`)
    }
    const seen = new Set<string>()
    for (const [index, { source, conflict, rules }] of file.groups.entries()) {
      known(source, ['groups', index, 'source'])
      if (conflict !== undefined && !Object.hasOwn(file.conflicts, conflict)) refuse(['groups', index, 'conflict'], `no conflict "${conflict}"`)
      for (const [id, one] of Object.entries(rules)) {
        const path = ['groups', index, 'rules', id]
        if (seen.has(id)) refuse(path, 'stands twice')
        seen.add(id)
        known(one.source, [...path, 'source'])
        if (one.conflict !== undefined && !Object.hasOwn(file.conflicts, one.conflict)) refuse([...path, 'conflict'], `no conflict "${one.conflict}"`)
        for (const [at, { value }] of one.editions.entries()) checkValue(id, value, (rest, message) => refuse([...path, 'editions', at, 'value', ...rest], message))
      }
    }
    for (const id of Object.keys(ruleValues)) if (!seen.has(id)) refuse(['groups'], `no rule "${id}"`)
    for (const country of ['JP', 'TW'] as const) {
      known(file.closedDays[country].source, ['closedDays', country, 'source'])
      known(file.closedDays[country].yearEnd?.source, ['closedDays', country, 'yearEnd', 'source'])
    }
    known(file.applicationCode.source, ['applicationCode', 'source'])
  })

function checkValue(id: string, value: unknown, refuse: (path: (string | number)[], message: string) => void): void {
  if (!Object.hasOwn(ruleValues, id)) return
  const parsed = ruleValues[id as ValueId].safeParse(value)
  for (const { path, message } of parsed.error?.issues ?? []) refuse(path.filter((part) => typeof part !== 'symbol'), message)
}

export type RulebookFile = z.input<typeof rulebookFile>
export type ApplicationCodePatterns = z.infer<typeof applicationCode>
/** Holidays of a country, days on which it works all the same, and its closing around New Year. */
export type DaysOff = z.infer<typeof daysOff>
/** Anything that JSON can say. */
export type RuleValue = string | number | boolean | null | readonly RuleValue[] | { readonly [name: string]: RuleValue }

/** Where something stands, and when that was looked at. */
export interface Evidence {
  readonly source: string
  /** The source in the words of other languages. */
  readonly sourceIn: Readonly<Partial<Record<Language, string>>>
  readonly url: string | null
  readonly checked: CivilDate
}

/** A rule with everything that stands behind it. */
export interface Rule extends Evidence {
  readonly id: string
  /** In words, for whoever keeps the rulebook. */
  readonly about: string
  readonly jurisdiction: Jurisdiction
  readonly zone: Zone
  /** Which conflict of the sources it is part of, and how that is treated. */
  readonly conflict: { readonly id: string; readonly about: string; readonly treatment: string } | null
  /** What it says and from when to when, in order. */
  readonly editions: readonly { readonly value: RuleValue; readonly from?: CivilDate | undefined; readonly to?: CivilDate | undefined }[]
}

/** Everything that the sources say, as one value that functions read. */
export interface Rulebook extends Pick<z.infer<typeof rulebookFile>, 'version' | 'vendor' | 'booths' | 'issued' | 'expires' | 'closedDays' | 'applicationCode' | 'conflicts'> {
  readonly rules: ReadonlyMap<string, Rule>
  /** Of a table that is not a rule: closed days, code patterns. */
  evidence(of: { readonly source: string; readonly checked: CivilDate }): Evidence
}

/** What is wrong with a rulebook, and where. */
export interface RulebookProblem {
  readonly path: string
  readonly reason: string
}

export type ReadRulebook = { readonly ok: true; readonly rulebook: Rulebook } | { readonly ok: false; readonly problems: readonly RulebookProblem[] }

/** Reads a rulebook out of JSON. Every problem is named with its place; whether it is signed and new enough is not asked here. */
export function readRulebook(content: unknown): ReadRulebook {
  const parsed = rulebookFile.safeParse(content)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), reason: message })) }
  const { groups, sources, ...rest } = parsed.data
  const evidence = ({ source, checked }: { readonly source: string; readonly checked: CivilDate }): Evidence => {
    const { title, url, ...sourceIn } = sources[source]!
    return { source: title, sourceIn: sourceIn as Evidence['sourceIn'], url, checked }
  }
  const rules = groups.flatMap(({ rules: inside, ...common }) =>
    Object.entries(inside).map(([id, { about, editions, source = common.source, checked = common.checked, conflict = common.conflict }]): [string, Rule] => {
      const { jurisdiction, zone } = common
      return [id, { id, about, jurisdiction, zone, conflict: conflict === undefined ? null : { id: conflict, ...rest.conflicts[conflict]! }, editions, ...evidence({ source, checked }) }]
    }),
  )
  return { ok: true, rulebook: { ...rest, rules: new Map(rules), evidence } }
}

/** The edition of a rule on `day`: the newest that has begun; before the first, the first. */
export function editionOn({ editions }: Rule, day: CivilDate): Rule['editions'][number] {
  return editions.findLast(({ from }) => from === undefined || from <= day) ?? editions[0]!
}

/** What a rule says on `day`, a day in the rule's zone. */
export function valueOn<Id extends ValueId>(book: Rulebook, id: Id, day: CivilDate): RuleValues[Id] {
  return editionOn(book.rules.get(id)!, day).value as RuleValues[Id]
}
