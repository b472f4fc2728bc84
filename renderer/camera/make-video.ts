/** A player for the camera's pictures that is on no page; what is to be seen of them is drawn elsewhere. */
export function makeVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  return video
}
