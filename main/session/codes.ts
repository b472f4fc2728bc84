/** 32 characters without look-alikes (no 0, 1, I, O). */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** `count` characters of five bits each out of hexadecimal chance; needs 5/4 hexadecimal digits a character. */
function characters(hex: string, count: number): string {
  const bits = BigInt(`0x${hex}`)
  return Array.from({ length: count }, (_, index) => alphabet[Number((bits >> BigInt(5 * index)) & 31n)]).join('')
}

/** `count` decimal digits out of 24 hexadecimal digits of chance; the bias is below 10^-16. */
function digits(hex: string, count: number): string {
  return (BigInt(`0x${hex}`) % 10n ** BigInt(count)).toString().padStart(count, '0')
}

/** The number of a slip: `2026-1234-5678-9012`. */
export function slipNumberFrom(chance: string, year: string): string {
  const number = digits(chance.slice(0, 24), 12)
  return `${year}-${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`
}

/** The secret beside a number: `7K2M-QX94`, 40 bits. */
export function codeFrom(chance: string): string {
  const code = characters(chance.slice(24, 36), 8)
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** The number of a claim: `C-12345-67890`; ten digits, so that nobody takes it for an Individual Number. */
export function claimNumberFrom(chance: string): string {
  const number = digits(chance.slice(36, 60), 10)
  return `C-${number.slice(0, 5)}-${number.slice(5)}`
}

/** The name of a visit, 32 hexadecimal digits. */
export function visitFrom(chance: string): string {
  return chance.slice(0, 32)
}
