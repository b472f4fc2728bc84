/** Whether an error of the file system, or of the journal, says that there is no room. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const said = 'code' in error ? error.code : 'reason' in error ? error.reason : null
  return said === 'ENOSPC' || said === 'EDQUOT' || said === 'disk-full'
}
