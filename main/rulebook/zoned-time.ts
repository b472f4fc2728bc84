import { civilDateAt, timeOfDayAt, type Zone } from './civil-date.ts'

/** How both zones write their offset, all year. */
const offsets: Readonly<Record<Zone, string>> = { 'Asia/Tokyo': '+09:00', 'Asia/Taipei': '+08:00' }

/** The zone of a booth that takes this currency (ISO 4217): what it says of its money and itself is said in the time of the place where it stands. */
export function zoneOfMoney(currency: string): Zone {
  return currency === 'TWD' ? 'Asia/Taipei' : 'Asia/Tokyo'
}

/** An instant (milliseconds since 1970) as people of the zone write it: `2026-11-21T18:05:09+09:00`. */
export function isoTimeAt(epochMs: number, zone: Zone): string {
  return `${civilDateAt(epochMs, zone)}T${timeOfDayAt(epochMs, zone)}${offsets[zone]}`
}
