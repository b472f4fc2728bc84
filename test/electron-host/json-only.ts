import { notImplemented } from './not-implemented.ts'

/**
 * Writes a value that crosses a process border. Electron clones structures; this host carries only what JSON carries unchanged and
 * throws on the rest (dates, maps, bytes, bigints, cycles, functions).
 */
export function toJson(value: unknown): string {
  checkJson(value, 0)
  return JSON.stringify(value) ?? 'null'
}

/** Throws on what JSON would lose or change. */
export function checkJson(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return
    case 'number':
      if (!Number.isFinite(value)) notImplemented(`structured clone of ${value}`)
      return
    case 'object':
      break
    default:
      return notImplemented(`structured clone of a ${typeof value}`)
  }
  if (value === null) return
  if (depth > 100) return notImplemented('structured clone of a cycle, or of more than 100 levels')
  if (Array.isArray(value)) return value.forEach((item) => checkJson(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return notImplemented(`structured clone of a ${value.constructor.name}`)
  for (const item of Object.values(value)) checkJson(item, depth + 1)
}
