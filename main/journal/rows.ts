import type { SQLInputValue, StatementSync } from 'node:sqlite'

/** The first row of a query, in the shape that the schema gives it; null when there is none. */
export function one<Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row | null {
  return (statement.get(...values) as Row | undefined) ?? null
}

/** Every row of a query, in the shape that the schema gives it. */
export function all<Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): readonly Row[] {
  return statement.all(...values) as Row[]
}
