import { resolve } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Says on standard error why the command cannot do what was asked, and ends it with 2, the exit code of a wrong call. */
export function stopWith(words: string): never {
  process.stderr.write(`${words}\n`)
  process.exit(2)
}

/** The options and words that a command was called with; what it does not know ends it in words, with `usage`. */
export function commandLine<Config extends ParseArgsConfig>(config: Config, usage: string): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config)
  } catch (error) {
    return stopWith(`${(error as Error).message}\n${usage}`)
  }
}

/** A path as the caller wrote it: npm runs a command in the project's folder, and says where it was called. */
export function here(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path)
}
