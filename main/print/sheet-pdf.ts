import { papers, printedPhoto, type SheetLayout } from './sheet-layout.ts'

/** A finished ID photo: a JPEG in sRGB, three colours, upright. */
export interface SheetPhoto {
  readonly jpeg: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

const pointsPerMm = 72 / 25.4
const markWidthMm = 0.1
/** Photos whose sides differ from 35 : 45 by more than this would be stretched visibly. */
const sidesTolerance = 0.005

const number = (points: number) => points.toFixed(4)

/**
 * Draws a sheet as PDF (ISO 32000-1): the page is the paper, the JPEG goes in as it is and once, and is painted at each place in its exact size, so
 * nothing is resampled and nothing depends on a resolution. `PrintScaling None` asks every printer to keep the size. It carries no date, name or
 * title. The caller wipes what it gets. Throws a RangeError when the photo's sides are not 35 : 45.
 */
export function sheetPdf(layout: SheetLayout, { jpeg, widthPx, heightPx }: SheetPhoto): Uint8Array {
  const sides = (widthPx / heightPx) * (printedPhoto.heightMm / printedPhoto.widthMm)
  if (Math.abs(sides - 1) > sidesTolerance) throw new RangeError(`a photo of ${widthPx} × ${heightPx} pixels is not 35 × 45`)
  const paper = papers[layout.paper]
  // PDF counts upwards from the lower left corner.
  const x = (mm: number) => number(mm * pointsPerMm)
  const y = (mm: number) => number((paper.heightMm - mm) * pointsPerMm)
  const [width, height] = [x(layout.placeMm[0]), x(layout.placeMm[1])]
  const photos = layout.photos.map(([left, top]) => {
    const bottom = top + layout.placeMm[1]
    const upright = `${width} 0 0 ${height} ${x(left)} ${y(bottom)}`
    const onSide = `0 ${height} -${width} 0 ${x(left + layout.placeMm[0])} ${y(bottom)}`
    return `q ${layout.turned ? onSide : upright} cm /Photo Do Q`
  })
  const marks = layout.marks.map(({ fromMm, toMm }) => `${x(fromMm[0])} ${y(fromMm[1])} m ${x(toMm[0])} ${y(toMm[1])} l S`)
  const content = Buffer.from([...photos, `${number(markWidthMm * pointsPerMm)} w 0 G`, ...marks].join('\n'))

  const parts: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    parts.push(bytes)
    length += bytes.length
  }
  const object = (dictionary: string, stream?: Uint8Array) => {
    offsets.push(length)
    put(`${offsets.length} 0 obj\n<< ${dictionary}${stream ? ` /Length ${stream.length}` : ''} >>\n`)
    if (stream) {
      put('stream\n')
      put(stream)
      put('\nendstream\n')
    }
    put('endobj\n')
  }
  put('%PDF-1.6\n%\u00e2\u00e3\u00cf\u00d3\n')
  object('/Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >>')
  object('/Type /Pages /Kids [3 0 R] /Count 1')
  object(`/Type /Page /Parent 2 0 R /MediaBox [0 0 ${x(paper.widthMm)} ${y(0)}] /Resources << /XObject << /Photo 5 0 R >> >> /Contents 4 0 R`)
  object('', content)
  const image = `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`
  object(image, jpeg)
  const table = length
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`)
  for (const offset of offsets) put(`${String(offset).padStart(10, '0')} 00000 n \n`)
  put(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`)
  return Buffer.concat(parts)
}
