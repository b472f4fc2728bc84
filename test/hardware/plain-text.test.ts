import { expect, it } from 'vitest'
import { plainText } from '../../hardware/plain-text.ts'

const of = (text: string) => plainText(Uint8Array.from(Buffer.from(text, 'latin1')))

it.each([
  ['terminal escapes', '\x1b[2J\x1b]0;title\x07\x9b31mred', '[2J]0;title31mred'],
  ['zeros, line ends, tabs and the rubout', '\0A\0\r\nB\t\x7f', 'AB'],
  ['the second set of controls', '\x80A\x9fB', 'AB'],
  ['spaces around', '  Cardbooth 1.0 ', 'Cardbooth 1.0'],
  ['other letters of ISO 8859-1', 'Münzprüfer', 'Münzprüfer'],
])('S18 of a device’s text %s do no harm', (_what, text, plain) => expect(of(text)).toBe(plain))

it('S18 of a device’s text 64 characters are kept, also of 255', () => {
  expect(of('x'.repeat(255))).toHaveLength(64)
  expect(of(Array.from({ length: 255 }, (_, code) => String.fromCharCode(code)).join(''))).toHaveLength(64)
})
