import type { BoothReport } from '../contract/staff.ts'
import { civilDateAt, daysBetween } from '../rulebook/civil-date.ts'

/** What draws the booth's screens: the versions of Electron and of the Chromium in it; empty where nobody said. */
export interface BrowserEngine {
  readonly electron: string
  readonly chromium: string
}

/** The Electron that this program is released with, and the day on which npm's registry got it (`npm view electron time`): no fix of Chromium in it is younger. */
export const releasedEngine = { electron: '45.4.1', day: '2026-11-19' } as const

/** Electron begins a new major every 8 weeks: whoever is older than this is two or more behind. */
const oldAfterDays = 112

/** What staff read of the engine at `now` (milliseconds since 1970). Of another one than this program is released with nobody knows the day of the last fixes. */
export function describeEngine({ electron, chromium }: BrowserEngine, now: number): NonNullable<BoothReport['engine']> {
  const parts = [['Electron', electron], ['Chromium', chromium]].filter(([, version]) => version)
  const days = Math.max(0, daysBetween(releasedEngine.day, civilDateAt(now, 'Asia/Tokyo')))
  return {
    name: parts.map((part) => part.join(' ')).join(' · '),
    fixes: electron === releasedEngine.electron ? { day: releasedEngine.day, days, old: days > oldAfterDays } : null,
  }
}
