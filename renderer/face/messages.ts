import type { GuideKey } from '../../face/guide.ts'

/** What the page sends to the face worker: one frame, whose ownership goes with it. */
export interface FrameToJudge {
  readonly frame: VideoFrame
}

/** What the worker answers to each frame, once: what to say first, null when all holds; or that it cannot judge anything. */
export type JudgedFrame = { readonly able: true; readonly guide: GuideKey | null } | { readonly able: false }
