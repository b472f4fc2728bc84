import { civilDateAt, type Zone } from './civil-date.ts'

/** Both zones keep one offset all year. */
const offsets: Readonly<Record<Zone, { readonly ms: number; readonly text: string }>> = {
  'Asia/Tokyo': { ms: 9 * 3_600_000, text: '+09:00' },
  'Asia/Taipei': { ms: 8 * 3_600_000, text: '+08:00' },
}

/** An instant (milliseconds since 1970) as people of the zone write it: `2026-11-21T18:05:09+09:00`. */
export function isoTimeAt(epochMs: number, zone: Zone): string {
  const { ms, text } = offsets[zone]
  const second = Math.floor((((epochMs + ms) % 86_400_000) + 86_400_000) % 86_400_000 / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${civilDateAt(epochMs, zone)}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}${text}`
}
