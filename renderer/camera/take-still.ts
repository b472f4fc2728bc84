import { frameCopy } from './frame-copy.ts'

/** Fine enough that the photo made of it shows no trace of it, and small enough for the way to the booth. */
const quality = 0.95

/** The frame that the video shows now as a JPEG in base64: not mirrored, in the camera's own size. Null where it shows none. */
export async function takeStill(video: HTMLVideoElement): Promise<string | null> {
  const frames = frameCopy()
  const jpeg = await (await frames.take(video))?.convertToBlob({ type: 'image/jpeg', quality })
  frames.wipe()
  if (!jpeg) return null
  const address = await new Promise<string>((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(jpeg)
  })
  return address.slice(address.indexOf(',') + 1)
}
