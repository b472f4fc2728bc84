import { expect, it } from 'vitest'
import { readText, repositoryFiles } from './source-files.ts'

/** Whatever puts the bytes of a picture of somebody, or of their application, into a buffer. */
const takings = /\.toBuffer\(|Buffer\.from\([^()]*, 'base64'\)|\batob\(|\.convertToBlob\(|\.getImageData\(|\.copyTo\(|new TextEncoder\(\)\.encode\(JSON/g

/** Who owns such a buffer, and the words in its file by which it ends: zero-filled, or never anybody's picture. */
const owners: Readonly<Record<string, readonly string[]>> = {
  // The still as it came; the photo itself is wiped by `dropPhoto`.
  'main/effects.ts': ['finally(() => wipe(image))', 'if (photo) wipe(photo.jpeg)', 'if (made.ok) wipe(made.jpeg)', 'wipe(pdf)'],
  // The still camera's picture.
  'main/photo/photographer.ts': ['finally(() => wipe(still))', 'wipe(byCamera.jpeg)', 'wipe(byScreen.jpeg)'],
  // The still unpacked small, whose end is whoever's opened it (test/privacy/buffers.test.ts); what was cut out of it.
  'main/photo/still.ts': ['bytes.fill(0)'],
  'main/photo/cut-photo.ts': ['finally(() => wipe(cut))'],
  // The application in clear, with the photo in it.
  'main/vault/seal.ts': ['plain.fill(0)'],
  // A sheet of A4: blank where it is about a person.
  'main/booth-process.ts': ['waiting.delete(id)'],
  // Sealed already.
  // A question to an authority, with a number of somebody's.
  'main/submissions/inquiry-client.ts': ['body.fill(0)'],
  'main/submissions/centre-client.ts': ['encode(JSON.stringify({ envelope, sealed }))'],
  // A certificate and a signature, and no picture.
  'main/submissions/card-client.ts': ['encode(JSON.stringify(content))'],
  // Numbers of commands.
  'main/submissions/remote-line.ts': ['encode(JSON.stringify(report))'],
  'main/hand-over/hand-over-client.ts': ['encode(JSON.stringify(upload))'],
  // A slip: the last four digits, and no face.
  'hardware/printer/driver.ts': ['raster.fill(0)'],
  // A sheet of photos on its way to the printer.
  'hardware/sheet-printer/driver.ts': ['pdf.fill(0)'],
  'main/print/page.ts': ['getImageData(0, 0, width, height)'],
  // The photo as it will be sent, on its way to the canvas.
  'renderer/components/application-photo.tsx': ['bytes.fill(0)'],
  // Pixels that live as long as the camera or the decoder's worker, which end with their screen.
  'renderer/camera/take-still.ts': ['frames.wipe()'],
  'renderer/camera/run-camera.ts': ['bytes.fill(0)', 'frame?.close()'],
  'renderer/camera/frame-copy.ts': ['held?.data.fill(0)', 'pixels.data.fill(0)', 'width: 0, height: 0', 'frame?.close()'],
  'renderer/decoder/worker.ts': ['frame.close()'],
  'renderer/face/worker.ts': ['pixels.fill(0)', 'frame.close()'],
}

const product = repositoryFiles().filter((path) => /^(?:face|hardware|main|renderer)\/.*\.tsx?$/.test(path) && !path.startsWith('main/commands/') && !path.includes('simulator'))

it('every buffer that holds a picture has an owner who says how it ends', () => {
  const found = product.filter((path) => readText(path).match(takings))
  expect(found.toSorted()).toEqual(Object.keys(owners).toSorted())
})

it.each(Object.entries(owners))('%s does what is said of it', (path, endings) => {
  for (const ending of endings) expect(readText(path)).toContain(ending)
})
