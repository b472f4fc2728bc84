import type { Answer, Role } from './commands.ts'
import type { SheetPage } from './sheet.ts'
import type { View } from './view.ts'

/** What the shell sends to the booth process, as JSON. */
export type ToBooth =
  | { readonly kind: 'request'; readonly id: number; readonly role: Role; readonly name: string; readonly input: unknown }
  /** The page that owns the camera is gone; a new one will say how the camera is. */
  | { readonly kind: 'page-lost' }
  /** Pages on the resident's glass end again and again, or one has drawn again. */
  | { readonly kind: 'screen-fault'; readonly held: boolean }
  /** Something types into the resident's page as only a machine does: a code reader in keyboard mode. The keys were refused, and are not told. */
  | { readonly kind: 'keys-typed' }
  /** The device process is gone; a new one is being started. */
  | { readonly kind: 'devices-lost' }
  | { readonly kind: 'stop' }
  /** The PDF of a sheet; null when it could not be drawn. */
  | { readonly kind: 'sheet-drawn'; readonly id: number; readonly pdfBase64: string | null }
  /** A message of the device process, passed on unread. */
  | { readonly kind: 'device'; readonly message: unknown }

/** What the booth process sends to the shell, as JSON. */
export type FromBooth =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'view'; readonly push: ViewPush }
  /** A sheet to be drawn as PDF. */
  | { readonly kind: 'draw-sheet'; readonly id: number; readonly page: SheetPage }
  /** A command for the device process, passed on unread. */
  | { readonly kind: 'device'; readonly command: unknown }
  /** The booth is ready; `devices` as `npm start -- --check` prints them. */
  | { readonly kind: 'devices'; readonly devices: readonly DeviceSummary[] }

export interface ViewPush {
  readonly revision: number
  readonly view: View
}

export interface DeviceSummary {
  readonly id: string
  readonly kind: string
  readonly state: 'starting' | 'ready' | 'limited' | 'lost' | 'off'
}

/** What the preload puts on the page as `window.cardbooth`: nothing else crosses. */
export interface Bridge {
  request(name: string, input: unknown): Promise<Answer>
  /** Calls `listen` with the current view and each later one, and with null while there is no booth ("one moment"); the returned function ends it. */
  subscribe(listen: (push: ViewPush | null) => void): () => void
}
