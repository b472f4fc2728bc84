/** Milliseconds of this thread's processor that `work` takes, the least of so many tries: the other programs of the machine are none of its business. */
export function fastest(tries: number, work: () => void): number {
  const times = Array.from({ length: tries }, () => {
    const began = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(began)
    return (user + system) / 1000
  })
  return Math.min(...times)
}
