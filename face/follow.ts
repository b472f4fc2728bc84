import type { FaceEngine, Sight } from './engine.ts'
import { measure, measureAgain, type Measures } from './measure.ts'
import type { Picture } from './picture.ts'

/**
 * Every so many frames all of a picture is looked at: who is there, where the person ends, light and what is behind. In between the face's points are
 * followed, which is what moves.
 */
const wholeEvery = 5

/** Measures the next frame; `whole`: all of it, as for a photo. */
export type HeadFollower = (picture: Picture, whole?: boolean) => Promise<Measures>

/** Follows the head before a camera from frame to frame, one frame at a time: measures each. Everything of it is forgotten with the function. */
export function followHead(engine: FaceEngine): HeadFollower {
  let last: { readonly measures: Measures; readonly head: NonNullable<Sight['head']> } | null = null
  let frames = 0
  return async (picture, whole = false) => {
    const known = last
    last = null
    frames += 1
    if (!whole && frames < wholeEvery && known?.measures.width === picture.width && known.measures.height === picture.height) {
      const mesh = await engine.follow(picture, known.head.mesh)
      if (mesh) {
        const measures = measureAgain(known.measures, mesh, known.head.person)
        last = { measures, head: { ...known.head, mesh } }
        return measures
      }
    }
    frames = 0
    const sight = await engine.glance(picture)
    const measures = measure(picture, sight, 1)
    if (sight.head) last = { measures, head: sight.head }
    return measures
  }
}
