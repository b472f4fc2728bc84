import type { CivilDate } from '../contract/date.ts'
import { hasTwelveDigits } from './individual-number.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** The values of the first letter, from A on: 10 to 35 with I, O, W and Z out of their places. */
const letters: Readonly<Record<string, number>> = {
  ...{ A: 10, B: 11, C: 12, D: 13, E: 14, F: 15, G: 16, H: 17, I: 34, J: 18, K: 19, L: 20, M: 21 },
  ...{ N: 22, O: 35, P: 23, Q: 24, R: 25, S: 26, T: 27, U: 28, V: 29, W: 32, X: 30, Y: 31, Z: 33 },
}

/** Whether letter and nine digits end in the right check digit; an old number's second letter counts as the units of its value. */
function hasRightCheckDigit(number: string): boolean {
  const first = letters[number[0]!]!
  const rest = [...number.slice(1)].map((sign) => (sign in letters ? letters[sign]! % 10 : Number(sign)))
  const weights = [8, 7, 6, 5, 4, 3, 2, 1, 1]
  return (Math.floor(first / 10) + (first % 10) * 9 + rest.reduce((sum, digit, index) => sum + digit * weights[index]!, 0)) % 10 === 0
}

/** Why a number is none. `individual-number`: 12 digits; some permits print a second number of that length, which is not the one that is asked for. */
export type NumberProblem = 'individual-number' | 'length' | 'form' | 'check-digit' | 'not-yet' | 'no-longer'

/** The number of a resident, or why it is none. Nothing of the number comes back. */
export type ResidentNumberReading =
  | { readonly ok: true; readonly kind: 'old' | 'new'; readonly of: 'foreign-or-stateless' | 'national-without-registration' | 'hong-kong-macao' | 'mainland' | null }
  | { readonly ok: false; readonly reason: NumberProblem }

/** A number as typed, made one way: narrow, without spaces and hyphens, in capitals. */
export const typed = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
const refuse = (reason: NumberProblem): { readonly ok: false; readonly reason: NumberProblem } => ({ ok: false, reason })

/** What the third sign of a new number says of its holder. */
const holders = { 7: 'national-without-registration', 8: 'hong-kong-macao', 9: 'mainland' } as const

/** Reads the number of a resident in Taiwan (統一證號), new (letter, 8 or 9) or old (two letters), as typed; valid or not is judged on `today` in Taipei. */
export function readResidentNumber(book: Rulebook, text: string, today: CivilDate): ResidentNumberReading {
  if (hasTwelveDigits(text)) return refuse('individual-number')
  const number = typed(text)
  if (number.length !== 10) return refuse('length')
  const isNew = /^[A-Z][89][0-9]{8}$/.test(number)
  if (!isNew && !/^[A-Z][A-D][0-9]{8}$/.test(number)) return refuse('form')
  if (!hasRightCheckDigit(number)) return refuse('check-digit')
  if (isNew) {
    if (!valueOn(book, 'new-ui-number', today)) return refuse('not-yet')
    return { ok: true, kind: 'new', of: holders[number[2] as '7' | '8' | '9'] ?? 'foreign-or-stateless' }
  }
  return valueOn(book, 'old-ui-number', today) ? { ok: true, kind: 'old', of: null } : refuse('no-longer')
}

export type NumberReading = { readonly ok: true } | { readonly ok: false; readonly reason: NumberProblem }

/** Reads a national identity number of Taiwan as typed: a letter, 1 or 2, eight digits, the last of them a check digit. */
export function readNationalId(book: Rulebook, text: string, today: CivilDate): NumberReading {
  if (hasTwelveDigits(text)) return refuse('individual-number')
  const number = typed(text)
  if (number.length !== 10) return refuse('length')
  if (!new RegExp(valueOn(book, 'national-id', today)).test(number)) return refuse('form')
  return hasRightCheckDigit(number) ? { ok: true } : refuse('check-digit')
}

/** Reads the number of a certificate card as typed: it holds 14 digits by right, and only its full pattern is let through (section 0, 7). */
export function readCardNumber(book: Rulebook, text: string, today: CivilDate): NumberReading {
  const number = typed(text)
  if (number.length === 16 && new RegExp(valueOn(book, 'card-number', today)).test(number)) return { ok: true }
  if (hasTwelveDigits(text)) return refuse('individual-number')
  return refuse(number.length === 16 ? 'form' : 'length')
}
