/**
 * Calls `then` when what the page shows now stands on the glass: at the frame after the one that draws it, so that nothing that `then` does
 * delays that one. Gives back what calls it off.
 */
export function onceDrawn(then: () => void): () => void {
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(then)))
  return () => cancelAnimationFrame(frame)
}
