import type { ApprovedCoin } from './events.ts'

/** Which coin the device knows at which position, 1..16. */
export type DeviceTable = readonly { readonly position: number; readonly id: string }[]

/** The device's coins beside the operator's. */
export interface CoinTable {
  /** The approved coin at a position; undefined where there is none, and then nothing is credited there. */
  coinAt(position: number): ApprovedCoin | undefined
  /** Identifiers that were approved and that the device does not have. */
  readonly missing: readonly string[]
  /** Inhibit bits (header 231: 1 = enabled, bit 0 of byte 1 = position 1) that let exactly the approved ones among `ids` in. */
  mask(ids: readonly string[]): readonly [number, number]
}

/** The most that one coin is believed to be worth, in the smallest unit. */
export const largestCoinValue = 10_000

/** Identifiers alone are never trusted: only a coin that the operator approved, with a whole value of 1..10 000, is worth anything. */
export function matchTable(device: DeviceTable, approved: readonly ApprovedCoin[]): CoinTable {
  const worth = new Map(approved.filter(({ value }) => Number.isInteger(value) && value >= 1 && value <= largestCoinValue).map((coin) => [coin.id, coin]))
  const known = new Set(device.map((coin) => coin.id))
  const at = new Map(device.map((coin) => [coin.position, worth.get(coin.id)]))
  return {
    coinAt: (position) => at.get(position),
    missing: approved.map((coin) => coin.id).filter((id) => !known.has(id) || !worth.has(id)),
    mask(ids) {
      const bits = device.filter((coin) => worth.has(coin.id) && ids.includes(coin.id)).reduce((sum, coin) => sum | (1 << (coin.position - 1)), 0)
      return [bits & 0xff, bits >> 8]
    },
  }
}
