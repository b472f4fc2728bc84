import { keptCopy } from '../config/kept-copy.ts'

/**
 * The file that this booth runs on: `config`, or its last good copy in the folder `data`. Only the booth can judge a configuration, and `ask` asks it; that takes a
 * moment and is done only when the file is not what it was at the last good start. Where there is no copy there is no choice.
 */
export function chosenConfiguration({ config, data }: { readonly config: string; readonly data: string }, ask: () => string): string {
  const copy = keptCopy(config, data)
  return !copy || copy.isOfNow ? config : ask().trim() || config
}
