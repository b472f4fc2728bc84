/** One thing that happened to a virtual card. Never the data that went over the wire. */
export type AuditEntry =
  | {
      readonly event: 'apdu'
      readonly ins: string
      readonly df: string
      readonly ef: string | null
      /** The status word that the reader got; empty when it got none. */
      readonly sw: string
      /** Whether it asked for what a booth must never ask for. */
      readonly denied: boolean
      /** The PIN that it cost a try. */
      readonly spent: string | null
    }
  | { readonly event: 'inserted' | 'removed' | 'reader-gone' | 'power-on' | 'power-off' | 'reset' }

/** What the list comes down to. */
export interface AuditSummary {
  readonly apdus: number
  /** What was touched that shows the Individual Number, or a person's data that no service needs: `application/file`. */
  readonly denied: readonly string[]
  /** Tries that were spent, by PIN. */
  readonly spent: Readonly<Record<string, number>>
  /** What came after the last command: `reset` is how a session ends; `none` leaves the card as it was opened. */
  readonly end: 'reset' | 'power-off' | 'removed' | 'reader-gone' | 'none'
}

const deniedFiles: Readonly<Record<string, readonly string[] | 'all'>> = {
  'input-support': ['0001', '0003', '0006', '0007', '0014'],
  surface: 'all',
  juki: 'all',
  nhi: ['1100'],
}

/** Whether a booth must leave that alone, whatever the card would answer. */
export function isDenied(df: string, ef: string | null): boolean {
  const denied = Object.hasOwn(deniedFiles, df) ? deniedFiles[df] : undefined
  return denied === 'all' || (ef !== null && denied !== undefined && denied.includes(ef))
}

/** Sums a list up. */
export function summarize(entries: readonly AuditEntry[]): AuditSummary {
  const apdus = entries.filter((entry) => entry.event === 'apdu')
  const spent: Record<string, number> = {}
  for (const entry of apdus) if (entry.spent !== null) spent[entry.spent] = (spent[entry.spent] ?? 0) + 1
  const last = entries.findLastIndex(({ event }) => event === 'apdu')
  const end = entries.slice(last + 1).find(({ event }) => event !== 'apdu' && event !== 'power-on' && event !== 'inserted')?.event
  return {
    apdus: apdus.length,
    denied: [...new Set(apdus.filter(({ denied }) => denied).map(({ df, ef }) => `${df}/${ef ?? ''}`))],
    spent,
    end: end === undefined || end === 'apdu' || end === 'power-on' || end === 'inserted' ? 'none' : end,
  }
}
