import type { CivilDate } from './date.ts'
import type { Text } from './text.ts'

/** A day that a resident may not forget, as a block names it; the drawer puts the words in. */
export interface CalendarDay<Words = Text> {
  readonly day: CivilDate
  readonly title: Words
  /** How many days before it the telephone rings, at nine in the morning; 0 is the day itself. */
  readonly remind: readonly number[]
}

const largestLineBytes = 75

/** TEXT of RFC 5545, 3.3.11. */
const escaped = (words: string) => words.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')

/** From midnight at the begin of the day to nine in the morning `days` before (RFC 5545, 3.3.6). */
function trigger(days: number): string {
  return days === 0 ? 'PT9H' : days === 1 ? '-PT15H' : `-P${days - 1}DT15H`
}

/** A content line in pieces of at most 75 octets, never inside a character (RFC 5545, 3.1). */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let bytes = 0
  let out = ''
  for (const character of line) {
    const size = encoder.encode(character).length
    if (bytes + size > largestLineBytes) {
      out += '\r\n '
      bytes = 1
    }
    out += character
    bytes += size
  }
  return out
}

/**
 * A calendar file (RFC 5545) of whole days, as short as the standard lets it be, so that a few days fit into a QR code that telephones read (about 360
 * bytes a day with two reminders). A day and its title make the same UID each time: who reads the code twice has one entry. `made` is the day on
 * which this was said.
 */
export function calendarFile(days: readonly CalendarDay<string>[], made: CivilDate): string {
  const plain = (day: CivilDate) => day.replaceAll('-', '')
  const lines = days.flatMap(({ day, title, remind }) => [
    'BEGIN:VEVENT',
    `UID:${plain(day)}-${hash(title)}@cardbooth`,
    `DTSTAMP:${plain(made)}T000000Z`,
    `DTSTART;VALUE=DATE:${plain(day)}`,
    `SUMMARY:${escaped(title)}`,
    ...remind.flatMap((before) => ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, `TRIGGER:${trigger(before)}`, 'END:VALARM']),
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:cardbooth', ...lines, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('')
}

/** Tells titles of one day apart (FNV-1a, 32 bits). */
function hash(words: string): string {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(words)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value.toString(36)
}
