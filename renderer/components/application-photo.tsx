import { useEffect, useRef, useState } from 'react'
import { useBooth } from '../booth-context.ts'

/** The photo as it will be sent, drawn on a canvas; its bytes are held no longer than the drawing takes, and the canvas is emptied at the end. */
export function ApplicationPhoto({ attempt }: { readonly attempt: number | null }) {
  const { request, label } = useBooth()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    const element = canvas.current
    let left = false
    const draw = async () => {
      const answer = await request('picture', {})
      if (left || !answer.ok || !element) return
      const bytes = Uint8Array.from(atob(answer.value.jpegBase64), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
      bytes.fill(0)
      if (!left) {
        element.width = bitmap.width
        element.height = bitmap.height
        element.getContext('2d')?.drawImage(bitmap, 0, 0)
        setDrawn(true)
      }
      bitmap.close()
    }
    // A picture that cannot be had leaves the frame empty; the booth's own view says what is wrong.
    draw().catch(() => undefined)
    return () => {
      left = true
      if (!element) return
      element.getContext('2d')?.clearRect(0, 0, element.width, element.height)
      element.width = 0
      element.height = 0
    }
  }, [request, attempt])
  return (
    <figure className="photo-print" data-drawn={drawn || undefined}>
      <canvas ref={canvas} role="img" aria-label={label('ui.photo.alt')} data-testid="application-photo" />
    </figure>
  )
}
