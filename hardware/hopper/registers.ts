import type { FaultCode } from '../faults.ts'

interface Flag {
  /** Register 1..3 and bit 0..7 (header 163, CT2 3.90). */
  readonly at: readonly [register: 1 | 2 | 3, bit: number]
  readonly name: string
  /** `reset`: only a reset clears it, and nothing is paid before; `warning` and `information` hinder nothing. */
  readonly kind: 'reset' | 'warning' | 'information'
  readonly fault: FaultCode | null
}

/** Every flag of the hopper's registers, and the one fault that it means. */
export const flags: readonly Flag[] = [
  { at: [1, 0], name: 'maximum current exceeded', kind: 'reset', fault: 'hopper-jam' },
  { at: [1, 1], name: 'payout timeout', kind: 'warning', fault: 'hopper-empty' },
  { at: [1, 2], name: 'motor reversed', kind: 'warning', fault: null },
  { at: [1, 3], name: 'exit blocked while idle', kind: 'reset', fault: 'hopper-jam' },
  { at: [1, 4], name: 'exit short-circuited while idle', kind: 'reset', fault: 'hopper-fraud' },
  { at: [1, 5], name: 'exit blocked during payout', kind: 'reset', fault: 'hopper-jam' },
  { at: [1, 6], name: 'power-up', kind: 'warning', fault: null },
  { at: [1, 7], name: 'payout disabled', kind: 'information', fault: null },
  { at: [2, 0], name: 'exit short-circuited during payout', kind: 'reset', fault: 'hopper-fraud' },
  { at: [2, 1], name: 'single coin mode', kind: 'information', fault: null },
  { at: [2, 2], name: 'use other hopper', kind: 'information', fault: null },
  { at: [2, 3], name: 'finger mismatch', kind: 'reset', fault: 'hopper-fraud' },
  { at: [2, 4], name: 'motor reverse limit', kind: 'reset', fault: 'hopper-jam' },
  { at: [2, 5], name: 'inductive coil', kind: 'reset', fault: 'hopper-failed' },
  { at: [2, 6], name: 'memory checksum', kind: 'warning', fault: 'hopper-failed' },
  { at: [2, 7], name: 'PIN mechanism', kind: 'information', fault: 'hopper-locked' },
  { at: [3, 0], name: 'power-down during payout', kind: 'reset', fault: null },
  { at: [3, 1], name: 'unknown coin paid', kind: 'reset', fault: 'hopper-fraud' },
  { at: [3, 2], name: 'PIN incorrect', kind: 'reset', fault: 'hopper-locked' },
  { at: [3, 3], name: 'cipher key incorrect', kind: 'reset', fault: 'hopper-locked' },
  { at: [3, 4], name: 'encryption enabled', kind: 'information', fault: 'hopper-locked' },
]

/** The flags that are set in `registers`, one to three bytes as the model has them. */
export function flagsOf(registers: Uint8Array): readonly Flag[] {
  return flags.filter(({ at: [register, bit] }) => ((registers[register - 1] ?? 0) & (1 << bit)) !== 0)
}

/** Whether the hopper works one coin at a time: then every dispense is for one. */
export function isSingleCoin(registers: Uint8Array): boolean {
  return ((registers[1] ?? 0) & 2) !== 0
}
