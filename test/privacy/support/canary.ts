import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ResidentAnswers } from '../../../main/commands/demo/resident.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'

/** What a made-up resident tells the booth: found nowhere else in the world, so that wherever it is found it was left behind. */
export interface Canary {
  /** The 23 digits of the form. */
  readonly formId: string
  /** The number of a card of Taiwan, as typed. */
  readonly cardNumber: string
  /** The number of a foreign resident of Taiwan (統一證號), which is kept secret on the glass. */
  readonly residentNumber: string
  /** The password of a chip card for signatures, and the one that takes its place. */
  readonly password: string
  readonly newPassword: string
  /** ISO dates: of birth, and until when the stay is permitted. */
  readonly birth: string
  readonly stayUntil: string
}

const number = (name: string, part: string) => createHash('sha256').update(`${name} ${part}`).digest().readUInt32BE(0)

/** Digits behind `A8`, and what makes their weighted sum a multiple of ten (the check digit of resident certificates, A counting as 10). */
function residentNumber(digits: string): string {
  const sum = [8, ...[...digits].map(Number)].reduce((total, digit, index) => total + digit * (8 - index), 1)
  return `A8${digits}${(10 - (sum % 10)) % 10}`
}
const two = (value: number) => String(value).padStart(2, '0')

/** The canary of a name, always the same: whoever has the name can tell it again without having kept it. */
export function canaryOf(name: string): Canary {
  const digits = [1, 2, 3].map((part) => String(number(name, `digits ${part}`)).padStart(10, '7')).join('')
  const day = (part: string) => `${two(1 + (number(name, `${part} month`) % 12))}-${two(1 + (number(name, `${part} day`) % 28))}`
  return {
    formId: `20${digits.slice(0, 21)}`,
    cardNumber: `AB${digits.slice(7, 21)}`,
    residentNumber: residentNumber(digits.slice(3, 10)),
    password: `OLD7${number(name, 'old password').toString(16).toUpperCase().padStart(8, 'A')}`,
    newPassword: `NEW7${number(name, 'new password').toString(16).toUpperCase().padStart(8, 'A')}`,
    birth: `${1931 + (number(name, 'birth year') % 9)}-${day('birth')}`,
    stayUntil: `${2041 + (number(name, 'stay year') % 4)}-${day('stay')}`,
  }
}

/** A date as fingers enter it. */
export function entered(date: string): Extract<ResidentAnswers[string], object> {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return { era: 'western', year, month, day }
}

/** What to look for in files and dumps: the words of a canary, plain and in hexadecimal, as the bytes of a scanner and of a card travel. */
export function needlesOf({ formId, cardNumber, residentNumber, password, newPassword, birth, stayUntil }: Canary): readonly Buffer[] {
  const words = [formId, cardNumber, residentNumber, password, newPassword, birth, stayUntil]
  return [...words, ...[formId, password, newPassword].map((word) => Buffer.from(word).toString('hex'))].map((word) => Buffer.from(word))
}

/** What to look for of a picture: pieces of its bytes, plain, in hexadecimal, and in base64 wherever its groups of three begin. */
export function needlesOfPicture(picture: Uint8Array): readonly Buffer[] {
  const pieces = [0.3, 0.5, 0.8].map((part) => Buffer.from(picture).subarray(Math.floor(picture.length * part)).subarray(0, 60))
  return pieces.flatMap((piece) => [
    piece,
    Buffer.from(piece.toString('hex')),
    ...[0, 1, 2].map((phase) => Buffer.from(piece.subarray(phase, phase + 57).toString('base64'))),
  ])
}

/** The face of every canary. */
export const face = (): Buffer => readFileSync(demoPortrait)

/** A picture of nobody’s that is kept where nothing may be: what searches must find it. */
export const kept = (): Buffer => readFileSync(new URL('../../fixtures/photo/astronaut.png', import.meta.url))
