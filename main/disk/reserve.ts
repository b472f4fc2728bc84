import { isFull } from './full.ts'

/** Does `work`; on a full disk once more with the reserve given back. Throws what `work` throws. */
export function withReserve<Result>(disk: { release(): boolean } | undefined, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!isFull(error) || !disk?.release()) throw error
    return work()
  }
}
