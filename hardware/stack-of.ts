/** Where an error was thrown, without its message: that may repeat what a resident showed or a device sent. */
export function stackOf(error: unknown): readonly string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => /^ {4}at /.test(line)).map((line) => line.trim())
}
