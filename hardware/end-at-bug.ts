import { stackOf } from './stack-of.ts'

/** Exit code of a process that met a bug of ours (sysexits EX_SOFTWARE): whoever started it starts another. */
const exitBug = 70

/**
 * Ends this process at an error that nobody expected, as Node would. `say` gets where it was thrown and never its message, which Node would print: that may repeat what
 * a resident told, and what a process prints stays in the machine's log.
 */
export function endAtBug(say: (stack: readonly string[]) => void, end: (code: number) => void): void {
  process.on('uncaughtException', (error: unknown) => {
    say(stackOf(error))
    end(exitBug)
  })
}
