/** Milliseconds since 1970 as ISO 8601 with Japan's offset. */
export function japanTime(now: number): string {
  return new Date(now + 9 * 3_600_000).toISOString().replace('Z', '+09:00')
}
