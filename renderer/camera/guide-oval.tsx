import type { HeadPlace } from '../../face/live.ts'

/** Where the head is when it fills the photo as it should: 34 of 45 mm high, 4 mm below the edge. */
export const usualPlace: HeadPlace = { middle: 21 / 45, size: 34 / 45 }

/** A head that moves or grows less than that leaves the oval where it is, parts of the picture's height. */
const leastMove = 0.03
const leastGrowth = 0.05

/** Where the oval is drawn next: at the head, children's and tall people's alike, because the photo is cut where the head is; it does not tremble with them. */
export function nextPlace(drawn: HeadPlace, seen: HeadPlace | null): HeadPlace {
  const next = seen ?? usualPlace
  return Math.abs(next.middle - drawn.middle) < leastMove && Math.abs(next.size - drawn.size) < leastGrowth ? drawn : next
}

/** The oval, and a shade around it; in millimetres of the photo. */
export function GuideOval({ place }: { readonly place: HeadPlace }) {
  const middle = place.middle * 45
  const down = (place.size * 45) / 2
  const across = (down * 12.5) / 17
  const [top, bottom] = [middle - down, middle + down]
  return (
    <svg className="camera-guide" viewBox="0 0 35 45" aria-hidden="true">
      <path className="camera-shade" fillRule="evenodd" d={`M0 0H35V45H0ZM17.5 ${top}A${across} ${down} 0 0 0 17.5 ${bottom}A${across} ${down} 0 0 0 17.5 ${top}Z`} />
      <ellipse className="camera-oval" cx="17.5" cy={middle} rx={across} ry={down} />
    </svg>
  )
}
