import type { CivilDate } from '../contract/date.ts'
import { applicationFormIdDigits } from './application-qr.ts'
import type { Zone } from './civil-date.ts'
import { individualNumberDigits } from './individual-number.ts'
import { moicaLine, phoneLines, type ServiceLine } from './phone-lines.ts'
import { sources } from './sources.ts'

/** Anything that JSON can say. */
export type RuleValue = string | number | boolean | null | readonly RuleValue[] | { readonly [name: string]: RuleValue }

/** A fact: its value, since and until when it holds where that is known, the zone of its days, where it stands, when that was checked. */
export interface Rule {
  readonly id: string
  /** In words, for people. */
  readonly rule: string
  readonly value: RuleValue
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  readonly zone: Zone
  readonly source: string
  readonly checked: CivilDate
}

type Fact = readonly [id: string, rule: string, value: RuleValue, term?: { readonly from?: CivilDate; readonly to?: CivilDate }]

function facts(zone: Zone, source: string, rows: readonly Fact[]): Rule[] {
  return rows.map(([id, rule, value, { from = null, to = null } = {}]) => ({ id, rule, value, from, to, zone, source, checked: '2026-11-21' }))
}

/** The lines of a rule as JSON. */
function hoursOf(id: string): RuleValue {
  return phoneLines.lines
    .filter(({ rule }) => rule === id)
    .map(({ number, languages, purposes, opening }: ServiceLine) => ({
      number,
      languages,
      purposes,
      opening:
        opening === 'always'
          ? opening
          : { workdays: { ...opening.workdays }, offDays: { ...opening.offDays }, yearEnd: opening.yearEnd && { ...opening.yearEnd } },
    }))
}

/** The facts that are values; the ones that must be computed are in rule-questions.ts. */
export const rules: readonly Rule[] = [
  ...facts('Asia/Tokyo', sources.pamphlet, [
    ['R004', 'digits of the Individual Number', individualNumberDigits],
    ['R008', 'weeks from the first resident record to the notice by mail, about', { least: 2, most: 3 }],
    ['R013', 'the notice proves the number', false],
    ['R014', 'the notice is an identity document', false],
    ['R016', 'trademark line', 'QRコードは株式会社デンソーウェーブの登録商標です。'],
    ['R020', 'what the application form ID is for', ['apply', 'status']],
    ['R021', 'address changed: the form cannot be used', 'STOP'],
    ['R022', 'name changed: the form cannot be used', 'STOP'],
    ['R023', 'period of stay changed: the form cannot be used', 'STOP'],
    ['R023b', 'any other printed item wrong or changed: the form cannot be used', 'STOP'],
    ['R024', 'printed date has passed: the form cannot be used', 'STOP'],
    ['R025', 'months left on the printed date at which the form must not be used any more', 1],
    ['R026', 'steps when the printed date is near or past', ['renew the stay at immigration', 'new form at the municipality', 'apply']],
    ['R033', 'days to have a change of address or name entered, the day of the change not counted', 14],
    ['R036', 'months that a photo may be old', 6],
    ['R037', 'digits of the ID on the application site; the site is in Japanese only', applicationFormIdDigits],
    ['R038', 'application site', 'https://net.kojinbango-card.go.jp/SS_SERVICE_OUT/FA01S001Action.do'],
    ['R044', 'fee for the first card itself, in JPY', 0],
    ['R047', 'digits of the application form ID', applicationFormIdDigits],
    ['R051', 'suspension of a lost card is taken', '24 hours, 365 days'],
    ...['R052', 'R053', 'R054', 'R055', 'R056', 'R057'].map((id): Fact => [id, 'phone line', hoursOf(id)]),
    ['R058', 'foreign languages of the phone lines', ['en', 'zh', 'ko', 'es', 'pt', 'th', 'ne', 'id', 'vi', 'tl']],
  ]),
  ...facts('Asia/Tokyo', sources.numberAct, [['R017', 'may the booth ask for an Individual Number', false]]),
  ...facts('Asia/Taipei', sources.moicaForeigners, [
    ['R070', 'least age for the certificate of foreign residents', 18],
    ['R079', 'days to pay after the application', 15],
    ['R083', 'fee in TWD', { card: 250, postage: 28, total: 278 }],
    ['R087', 'working days from payment to arrival, about', { least: 7, most: 10 }],
    ['R094', 'telephone and mail of MOICA, within service hours', { number: moicaLine.number, email: moicaLine.email }],
    ['R097', 'working days until a suspension or resumption is done', 1],
    ['R098', 'days to wait after a resumption', 3],
  ]),
  ...facts('Asia/Taipei', sources.citizenGuide, [
    ['R100', 'least age for the citizen certificate', 18],
    ['R102', 'fee in TWD', 250],
    ['R118', 'wrong PINs that lock the card', 3],
    ['R123', 'years of validity', { first: 5, extension: 3, most: 8 }],
    ['R124', 'extension window', { daysBefore: 60, yearsAfter: 3 }],
    ['R126', 'extensions of a certificate', 1],
    ['R127', 'years from the original expiry to the new one', 3],
    ['R131', 'days before the expiry from which it can be renewed online', 60],
    ['R115', 'default PIN, sample of someone born on 73-01-01 (never computed for a user)', '730101', { to: '2025-09-22' }],
  ]),
]

/** The fact with this identifier. */
export function ruleOf(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id)
}
