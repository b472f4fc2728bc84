import { strict } from './not-implemented.ts'

type Handler = (event: object, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

/** `ipcMain`, as far as it answers `invoke`. */
export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler: (channel: string): boolean => handlers.delete(channel),
})

/** Runs the handler of a channel; what it throws reaches the page as words only, as in Electron. */
export async function answerInvoke(
  channel: string,
  event: object,
  args: readonly unknown[],
): Promise<{ readonly ok: boolean; readonly value: unknown }> {
  const handler = handlers.get(channel)
  if (!handler) return { ok: false, value: `Error: No handler registered for '${channel}'` }
  try {
    return { ok: true, value: await handler(event, ...args) }
  } catch (error) {
    return { ok: false, value: String(error) }
  }
}
