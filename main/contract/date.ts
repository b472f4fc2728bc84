import { z } from 'zod'

/** A day of the Gregorian calendar as `YYYY-MM-DD`, without time or zone; only days that exist. */
export const civilDate = z.iso.date()
export type CivilDate = z.infer<typeof civilDate>

/** How a year can be counted on a date screen: Western, by Japanese era, or from the founding of the Republic of China (民國). */
export const eras = ['western', 'meiji', 'taisho', 'showa', 'heisei', 'reiwa', 'roc'] as const
export type Era = (typeof eras)[number]
