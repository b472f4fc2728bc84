import { frameCopy } from './frame-copy.ts'
import { seenPart } from './seen-part.ts'

/** Fine enough that the photo made of it shows no trace of it, and small enough for the way to the booth. */
const quality = 0.95

/** What the resident sees of a frame as a JPEG in base64: not mirrored, in the camera's own size; the frame is closed. Null where it has no pixels any more. */
export async function takeStill(frame: VideoFrame): Promise<string | null> {
  const frames = frameCopy(seenPart)
  const canvas = await frames.take(frame)
  frame.close()
  const jpeg = await canvas?.convertToBlob({ type: 'image/jpeg', quality })
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
