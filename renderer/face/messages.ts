import type { GuideKey } from '../../face/guide.ts'
import type { HeadPlace } from '../../face/live.ts'

/** What the page sends to the face worker: one frame, whose ownership goes with it. */
export interface FrameToJudge {
  readonly frame: VideoFrame
  /** A shot: everything of it is measured, whatever was seen before. */
  readonly whole: boolean
  /** The site's own limits, by check. */
  readonly limits: Readonly<Record<string, number>>
}

/** What the worker says: of each frame, or, once, that it has no engine: a file is missing, or not the one that was tried. */
export type FaceWorkerSays = JudgedFrame | { readonly altered: true }

/**
 * What the worker answers to each frame, once: what to say first, null when all holds; where the oval belongs, null for its usual place; and how good a shot it
 * is; or that it cannot judge anything.
 */
export type JudgedFrame = { readonly able: true; readonly guide: GuideKey | null; readonly place: HeadPlace | null; readonly score: number } | { readonly able: false }
