import { makeCanvas } from '../../../main/print/canvas.ts'

/** A drawn head on a light ground in the size of an application photo: nobody's face. Base64 of a JPEG. */
export function drawnPhoto(): string {
  const { canvas, context } = makeCanvas(827, 1063)
  const disc = (x: number, y: number, rx: number, ry: number, colour: string) => {
    context.fillStyle = colour
    context.beginPath()
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI)
    context.fill()
  }
  context.fillStyle = '#e9edf0'
  context.fillRect(0, 0, 827, 1063)
  disc(413, 1180, 380, 330, '#33475b')
  context.fillStyle = '#d9a98a'
  context.fillRect(340, 780, 146, 150)
  disc(413, 430, 262, 330, '#2b211c')
  disc(413, 540, 228, 310, '#e3b697')
  disc(320, 520, 26, 15, '#2b211c')
  disc(506, 520, 26, 15, '#2b211c')
  disc(413, 700, 70, 14, '#a8584c')
  return canvas.toBuffer('image/jpeg', 85).toString('base64')
}
