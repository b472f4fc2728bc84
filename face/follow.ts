import type { FaceEngine, SeenFace, SeenHead } from './engine.ts'
import { measure, measureAgain, measureBehind, measureLight, type Measures } from './measure.ts'
import type { Picture } from './picture.ts'

/**
 * What is looked at in each frame of a head that is followed, in turns: its points, which are what moves, in every other one; between them the person and what is
 * behind, the light on it, and whether it is alone. Nothing is older than six frames, and no frame takes as long as all of it would: each that a camera delivers can
 * be looked at.
 */
const turns = ['points', 'behind', 'points', 'light', 'points', 'alone'] as const

/** Measures the next frame; `whole`: all of it, as for a photo. */
export type HeadFollower = (picture: Picture, whole?: boolean) => Promise<Measures>

/** What is known of the frame before. */
interface Known {
  readonly measures: Measures
  readonly face: SeenFace
  readonly head: SeenHead
}

/** Follows the head before a camera from frame to frame, one frame at a time: measures each. Everything of it is forgotten with the function. */
export function followHead(engine: FaceEngine): HeadFollower {
  let last: Known | null = null
  let frames = 0

  /** Null where the head is not where it was, or not alone any more. */
  const followed = async (picture: Picture, { measures, face, head }: Known, turn: (typeof turns)[number]): Promise<Known | null> => {
    if (turn === 'behind') {
      const seen = { ...head, person: await engine.personOf(picture, head.mesh) }
      return { measures: measureBehind(measures, picture, seen), face, head: seen }
    }
    if (turn === 'light') return { measures: measureLight(measures, picture, head), face, head }
    if (turn === 'alone') return (await engine.isAlone(picture, face)) ? { measures, face, head } : null
    const mesh = await engine.follow(picture, head.mesh)
    if (!mesh) return null
    const seen = { ...head, mesh }
    return { measures: measureAgain(measures, picture, seen), face, head: seen }
  }

  return async (picture, whole = false) => {
    const known = last
    last = null
    if (!whole && known?.measures.width === picture.width && known.measures.height === picture.height) {
      last = await followed(picture, known, turns[frames % turns.length]!)
      frames += 1
      if (last) return last.measures
    }
    frames = 0
    const sight = await engine.glance(picture)
    const measures = measure(picture, sight, 1)
    const [face] = sight.faces
    if (sight.head && face) last = { measures, face, head: sight.head }
    return measures
  }
}
