import type { z } from 'zod'
import type { configuration } from './configuration.ts'

type Cash = z.input<typeof configuration>['cash']
/** What a booth takes in one country: its currency, coins and notes. */
export interface CashSet {
  readonly currency: Cash['currency']
  readonly coins: Cash['coins']
  readonly notes: NonNullable<Cash['notes']>
}

const pieces = (currency: CashSet['currency'], worth: Readonly<Record<string, number>>) => Object.entries(worth).map(([id, value]) => ({ id, value, currency }))

/** The coins and notes of a country as its configuration has them: Japan with both designs of the 500 yen coin and of the 1000 yen note, Taiwan. */
export const cashSets: Readonly<Record<'japan' | 'taiwan', CashSet>> = {
  japan: {
    currency: 'JPY',
    coins: pieces('JPY', { JP010A: 10, JP050A: 50, JP100A: 100, JP500A: 500, JP500B: 500 }),
    notes: pieces('JPY', { JP1000A: 1000, JP1000B: 1000 }),
  },
  taiwan: {
    currency: 'TWD',
    coins: pieces('TWD', { TW001A: 1, TW005A: 5, TW010A: 10, TW050A: 50 }),
    notes: pieces('TWD', { TW0100A: 100 }),
  },
}
