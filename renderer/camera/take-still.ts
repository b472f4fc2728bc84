/** Fine enough that the photo made of it shows no trace of it, and small enough for the way to the booth. */
const quality = 0.95

/** The frame that the video shows now as a JPEG in base64: not mirrored, in the camera's own size. */
export async function takeStill(video: HTMLVideoElement): Promise<string> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  // Gives the pixels back now instead of when the collector comes by.
  Object.assign(canvas, { width: 0, height: 0 })
  const address = await new Promise<string>((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(jpeg)
  })
  return address.slice(address.indexOf(',') + 1)
}
