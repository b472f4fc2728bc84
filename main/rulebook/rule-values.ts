import { z } from 'zod'

const count = z.int().min(0).max(1000)
const money = z.int().min(0).max(1_000_000)
const phone = z.string().regex(/^[0-9]{3,4}(?:-[0-9]{2,4}){2}$/)
const time = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/)
const least = (shape: { readonly least: number; readonly most: number }) => shape.least <= shape.most
const range = z.strictObject({ least: count, most: count }).refine(least, 'ends before it begins')
function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source))
  } catch {
    return false
  }
}
const pattern = z.string().max(100).refine(isPattern, 'is no pattern')

/** `from` inside, `to` outside, as `HH:MM` in the zone of the rule. */
const hours = z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, 'closes before it opens')
export type Hours = z.infer<typeof hours>

/** Hours by kind of day, in their order; none = closed. */
const dailyHours = z.array(hours).refine((list) => list.every((one, index) => index === 0 || list[index - 1]!.to <= one.from), 'opens before it has closed')
export const openingHours = z.strictObject({ workdays: dailyHours, offDays: dailyHours, yearEnd: dailyHours })
export type OpeningHours = z.infer<typeof openingHours>

const line = z.strictObject({
  number: phone,
  /** Tags without region: `zh`, `tl`. */
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  purposes: z.array(z.enum(['suspend', 'card', 'system'])).min(1),
  /** `always` is day and night, every day. */
  opening: z.literal('always').or(openingHours),
})
/** One purpose of one number: its languages and hours. */
export type ServiceLine = z.infer<typeof line>
const lines = z.array(line).min(1)

/** A page, and the menu that leads to what is meant, as the site names it. */
const page = z.looseObject({ url: z.url({ protocol: /^https$/ }).max(200), path: z.array(z.string().min(1)).min(1) })

const fee = z.strictObject({ card: money, postage: money, total: money }).refine(({ card, postage, total }) => card + postage === total, 'is not the sum')

/** The values that functions read, by rule: what a rulebook must say, and in which bounds. Every other rule is told, not computed with. */
export const ruleValues = {
  R008: range,
  R025: count,
  R033: count,
  R036: count,
  R038: z.url(),
  R045: z.url(),
  R051: z.string(),
  R052: lines,
  R053: lines,
  R054: lines,
  R055: lines,
  R056: lines,
  R057: lines,
  R059: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  'short-validity': count,
  'no-photo-age': count,
  'representative-age': count,
  'combined-card': z.boolean(),
  'issue-months': z.strictObject({ about: count, ask: count }).refine(({ about, ask }) => about <= ask, 'ends before it begins'),
  'status-site': page,
  'planned-move-out': count,
  'continued-use': count.min(1),
  'express-issue': z.strictObject({ days: count.min(1), weeks: count, fee: money, withoutCertificate: money }),
  'express-first': z.strictObject({ fee: money }),
  reissue: z.strictObject({ fee: money, withoutCertificate: money, months: count }),
  'stay-extension': count,
  'card-renewal': count.min(1),
  'linking-ways': z.strictObject({ 'health-insurance': z.array(z.string()).min(1), 'benefit-account': z.array(z.string()).min(1), licence: z.array(z.string()).min(1) }),
  mynaportal: z.url({ protocol: /^https$/ }),
  'card-validity': z.strictObject({ adultBirthdays: count.min(1), minorBirthdays: count.min(1), adultAge: count, certificateBirthdays: count.min(1) }),
  R070: count,
  R079: count.min(1),
  R080: page,
  R083: fee,
  R087: z
    .strictObject({ least: count, most: count, islandsLeast: count, islandsMost: count })
    .refine((days) => least(days) && days.islandsLeast <= days.islandsMost, 'ends before it begins'),
  R088: z.looseObject({ ...page.shape, pinLeast: count, pinMost: count }).refine(({ pinLeast, pinMost }) => pinLeast <= pinMost, 'ends before it begins'),
  R090: z.url({ protocol: /^https$/ }).max(200),
  R092: page,
  R094: z.strictObject({ number: phone, email: z.email() }),
  R095: page,
  R097: count,
  R098: z.strictObject({ least: count, most: count, advised: count }).refine(least, 'ends before it begins'),
  'foreigner-validity': count.min(1),
  'foreigner-lock': count.min(1),
  'subscriber-code': range,
  'old-ui-number': z.boolean(),
  'new-ui-number': z.boolean(),
  'immigration-hours': openingHours,
  'moica-hours': openingHours,
  R100: count,
  R102: money,
  R103: openingHours,
  R115: z.strictObject({ form: z.string(), digits: count, sample: z.string().nullable() }),
  R118: count.min(1),
  R119: page,
  R120: z.strictObject({ number: phone }),
  R121: z.array(z.string()),
  R123: z.strictObject({ first: count.min(1), extension: count, most: count }).refine(({ first, extension, most }) => first + extension === most, 'is not the sum'),
  R124: z.strictObject({ daysBefore: count, yearsAfter: count }),
  R126: count,
  R127: count,
  R129: money,
  R131: count,
  R132: z.strictObject({ expiry: z.iso.date(), from: z.iso.date(), to: z.iso.date() }).refine(({ from, to }) => from <= to, 'ends before it begins'),
  R134: z
    .strictObject({ applicationDateBefore: z.iso.date(), expiryFrom: z.iso.date() })
    .refine(({ applicationDateBefore, expiryFrom }) => applicationDateBefore <= expiryFrom, 'ends before it begins'),
  R135: page,
  R136: z.array(z.string()),
  R137: z.array(z.string()),
  R138: z.array(z.string()),
  'renewal-after-expiry': z.strictObject({ online: z.boolean(), askYears: count }),
  'renewal-order': z
    .strictObject({ payDays: count.min(1), workingDays: count, card: money, postage: money, total: money })
    .refine(({ card, postage, total }) => card + postage === total, 'is not the sum'),
  'late-extension': count,
  'own-pin': range,
  'national-id': pattern,
  'card-number': pattern,
} as const

export type ValueId = keyof typeof ruleValues
/** What a rule says, by rule. */
export type RuleValues = { readonly [Id in ValueId]: z.infer<(typeof ruleValues)[Id]> }
