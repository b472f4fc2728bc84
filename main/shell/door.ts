import type { IpcMainInvokeEvent, WebContents } from 'electron'
import type { Answer, Role } from '../contract/commands.ts'
import { ownerOf } from './security.ts'

/** Who sent a message: only the main frame of one of our windows, on our own origin, is anybody at all. */
export function senderRole(event: IpcMainInvokeEvent, roleOf: (contents: WebContents) => Role | null): Role | null {
  const frame = event.senderFrame
  const role = roleOf(event.sender)
  return frame && frame === event.sender.mainFrame && ownerOf(frame.url) === role ? role : null
}

const refused = (code: 'not-allowed' | 'bad-input'): Answer => ({ ok: false, error: { code } })

/** The one door between pages and booth. What comes in is passed on as JSON and unread: the booth checks every value. */
export function openDoor(
  roleOf: (contents: WebContents) => Role | null,
  request: (role: Role, name: string, input: unknown) => Promise<Answer>,
): (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<Answer> {
  return async (event, name, input) => {
    const role = senderRole(event, roleOf)
    if (!role) return refused('not-allowed')
    if (typeof name !== 'string' || typeof input !== 'object' || input === null) return refused('bad-input')
    try {
      return await request(role, name, input)
    } catch {
      return refused('bad-input')
    }
  }
}
