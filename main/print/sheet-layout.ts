/** A photo for an application by mail: 35 mm wide and 45 mm high (R036; J-LIS, 顔写真のチェックポイント). */
export const printedPhoto = { widthMm: 35, heightMm: 45 } as const

/** The papers that photos are printed on, as they lie in the printer, in millimetres; `media` is their name in CUPS (PWG 5101.1). */
export const papers = {
  /** L size, 89 × 127 mm: what Japanese shops call a photo print. */
  l: { widthMm: 89, heightMm: 127, media: 'oe_photo-l_3.5x5in' },
  '4x6in': { widthMm: 101.6, heightMm: 152.4, media: 'na_index-4x6_4x6in' },
  /** A postcard (はがき). */
  postcard: { widthMm: 100, heightMm: 148, media: 'jpn_hagaki_100x148mm' },
} as const
export type Paper = keyof typeof papers

/** A4 in CUPS (PWG 5101.1): what sheets of words are printed on. */
export const a4Media = 'iso_a4_210x297mm'

/** A straight line, in millimetres from the upper left corner of the paper. */
export interface CutMark {
  readonly fromMm: readonly [number, number]
  readonly toMm: readonly [number, number]
}

/** Where everything lies on a sheet, in millimetres from its upper left corner. */
export interface SheetLayout {
  readonly paper: Paper
  /** Whether the photos lie on their side, their top to the left. */
  readonly turned: boolean
  /** The upper left corner of each photo's place; row by row. */
  readonly photos: readonly (readonly [number, number])[]
  /** The place of one photo on the paper: 35 × 45 mm, or 45 × 35 mm when turned. */
  readonly placeMm: readonly [number, number]
  readonly marks: readonly CutMark[]
}

export interface SheetSettings {
  readonly paper: Paper
  /** The edge that the printer cannot print on, 0..20 mm; no photo and no mark reaches into it. */
  readonly marginMm: number
  /** Room between two photos, 0..10 mm. */
  readonly gapMm: number
}

/** The longest mark beside the photos. */
const markMm = 3

/** What lies between `places` on a line from `start` to `end`: where a mark may stand without touching a photo. */
function between(places: readonly number[], lengthMm: number, start: number, end: number): readonly (readonly [number, number])[] {
  const starts = [start, ...places.map((place) => place + lengthMm)]
  const ends = [...places, end]
  return starts.map((from, index) => [from, ends[index] ?? end] as const).filter(([from, to]) => to - from > 1e-9)
}

/**
 * As many photos as fit, upright or turned, in the middle of the sheet, each exactly 35 × 45 mm, with marks on every line that is to be cut; marks
 * never touch a photo. Upright wins where both ways hold as many. Throws a RangeError when not one photo fits.
 */
export function layoutSheet({ paper, marginMm, gapMm }: SheetSettings): SheetLayout {
  const { widthMm, heightMm } = papers[paper]
  const fit = (length: number, place: number) => Math.max(0, Math.floor((length - 2 * marginMm + gapMm + 1e-9) / (place + gapMm)))
  const way = (turned: boolean) => {
    const place = turned ? ([printedPhoto.heightMm, printedPhoto.widthMm] as const) : ([printedPhoto.widthMm, printedPhoto.heightMm] as const)
    return { turned, place, columns: fit(widthMm, place[0]), rows: fit(heightMm, place[1]) }
  }
  const [upright, onSide] = [way(false), way(true)]
  const { turned, place, columns, rows } = onSide.columns * onSide.rows > upright.columns * upright.rows ? onSide : upright
  if (columns * rows === 0) throw new RangeError(`no photo fits on ${paper} with ${marginMm} mm of edge`)

  const line = (length: number, size: number, count: number) => {
    const first = (length - count * size - (count - 1) * gapMm) / 2
    const starts = Array.from({ length: count }, (_one, index) => first + index * (size + gapMm))
    const reach = Math.min(markMm, first - marginMm)
    const cuts = [...new Set(starts.flatMap((start) => [start, start + size]))]
    return { starts, cuts, free: between(starts, size, first - reach, length - first + reach) }
  }
  const [across, down] = [line(widthMm, place[0], columns), line(heightMm, place[1], rows)]
  return {
    paper,
    turned,
    placeMm: place,
    photos: down.starts.flatMap((y) => across.starts.map((x) => [x, y] as const)),
    marks: [
      ...across.cuts.flatMap((x) => down.free.map(([from, to]): CutMark => ({ fromMm: [x, from], toMm: [x, to] }))),
      ...down.cuts.flatMap((y) => across.free.map(([from, to]): CutMark => ({ fromMm: [from, y], toMm: [to, y] }))),
    ],
  }
}
