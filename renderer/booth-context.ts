import { createContext, use } from 'react'
import type { CommandInput, CommandName } from '../main/contract/commands.ts'
import type { View } from '../main/contract/view.ts'
import type { Request } from './bridge.ts'
import type { FaceEngineWorker } from './face/face-worker.ts'
import type { Say } from './message.ts'

/** What every part of a screen can use; another one with other words or while acts are held, not with each view. */
export interface Booth {
  readonly say: Say
  /** Says a `ui.*` message of this page. */
  readonly label: (key: string, values?: Readonly<Record<string, string | number>>) => string
  readonly request: Request
  /** Looks at faces, in a visit that a photo belongs to. */
  readonly faces: FaceEngineWorker | null
  /** A resident's act: one effect each, however often it is tapped (F53). */
  readonly act: <Name extends CommandName>(name: Name, input: CommandInput<Name>) => void
  /** An act that only changes this page, held by the same guard. */
  readonly turn: (change: () => void) => void
  /** Acts are held: something is under way. */
  readonly held: boolean
}

export const BoothContext = createContext<Booth | null>(null)
export const ViewContext = createContext<View | null>(null)

/** The booth, as the parts of a screen see it. */
export function useBooth(): Booth {
  const booth = use(BoothContext)
  if (!booth) throw new Error('outside of the booth')
  return booth
}

/** What the booth shows; who uses it is drawn again with each view. */
export function useView(): View {
  const view = use(ViewContext)
  if (!view) throw new Error('outside of the booth')
  return view
}
