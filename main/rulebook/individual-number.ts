/** The length of an Individual Number (マイナンバー, R004). The booth needs none and keeps none. */
export const individualNumberDigits = 12

/** What people put between digits: spaces, dashes (with the Japanese ー and ─), dots, underscores, and what cannot be seen at all. */
const separators = /[\s\p{Z}\p{Pd}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2212\u30fc\u2500\u2501.\u3002\u00b7\u30fb\u2022\u2027\u2219\u22c5_]+/gu
const otherDigits = /[^\P{Nd}0-9]/gu
const decimalDigit = /\p{Nd}/u
const numerals = '〇一二三四五六七八九'

/** The value of a decimal digit of any script: Unicode lays each set of ten out in order, and sets in whole blocks. */
function digitValue(digit: string): string {
  const codePoint = digit.codePointAt(0)!
  let first = codePoint
  while (decimalDigit.test(String.fromCodePoint(first - 1))) first -= 1
  return String((codePoint - first) % 10)
}

/** `text` in NFKC with the digits of all scripts, and 〇 to 九, as 0–9 (B9.1). */
export function withAsciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(otherDigits, digitValue)
    .replace(/[〇一二三四五六七八九]/g, (numeral) => String(numerals.indexOf(numeral)))
}

const runOfTwelve = /(?<![0-9])[0-9]{12}(?![0-9])/

/** Whether `text` has exactly 12 digits in a row, in any script, with or without spaces, dashes and dots between them (B9.2). */
export function hasTwelveDigits(text: string): boolean {
  const ascii = withAsciiDigits(text)
  return runOfTwelve.test(ascii) || runOfTwelve.test(ascii.replace(separators, ''))
}

const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2] as const

/** Whether 12 ASCII digits end in the right check digit (Ordinance of the Ministry of Internal Affairs and Communications 85 of 2014, article 5). */
export function hasValidCheckDigit(digits: string): boolean {
  if (!/^[0-9]{12}$/.test(digits)) return false
  const rest = weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest)
}

function hasValidWindow(run: string): boolean {
  for (let start = 0; start + individualNumberDigits <= run.length; start += 1)
    if (hasValidCheckDigit(run.slice(start, start + individualNumberDigits))) return true
  return false
}

/**
 * Whether `text` could hold an Individual Number (B9.3): 12 digits in a row whatever their check digit (a typing error is still one, and a driver's
 * licence has 12 as well), or 12 with the right check digit inside a longer row (a number with a 0 appended is legally still one).
 * A random row of 23 digits is refused seven times in ten: fields that honestly hold long numbers are their callers' exception. Linear in the length.
 */
export function containsIndividualNumber(text: string): boolean {
  const ascii = withAsciiDigits(text)
  const joined = ascii.replace(separators, '')
  if (runOfTwelve.test(ascii) || runOfTwelve.test(joined)) return true
  return (joined.match(/[0-9]{13,}/g) ?? []).some(hasValidWindow)
}
