import type { ReactNode } from 'react'

interface Placed {
  readonly x: number
  readonly y: number
  readonly turn?: number
  readonly size?: number
}

/** Puts a part at a place, turned and scaled about its own upper left corner. */
export function At({ x, y, turn = 0, size = 1, children }: Placed & { readonly children: ReactNode }) {
  return <g transform={`translate(${x} ${y}) rotate(${turn}) scale(${size})`}>{children}</g>
}

const codeCells = [
  [9, 0],
  [13, 0],
  [11, 2],
  [9, 4],
  [13, 4],
  [15, 4],
  [0, 9],
  [4, 9],
  [8, 9],
  [12, 9],
  [18, 9],
  [2, 11],
  [6, 11],
  [10, 11],
  [16, 11],
  [20, 11],
  [0, 13],
  [8, 13],
  [14, 13],
  [18, 13],
  [9, 15],
  [12, 16],
  [17, 15],
  [20, 17],
  [9, 19],
  [14, 19],
  [17, 20],
  [11, 21],
  [20, 20],
] as const

/** A square code, 24 × 24. */
export function Code({ x, y, size = 1 }: Placed) {
  return (
    <At x={x} y={y} size={size}>
      <rect className="paper" x="-3" y="-3" width="30" height="30" stroke="none" />
      {[
        [0, 0],
        [17, 0],
        [0, 17],
      ].map(([left = 0, top = 0]) => (
        <g key={`${left} ${top}`}>
          <rect className="solid" x={left} y={top} width="7" height="7" />
          <rect className="paper" x={left + 1.4} y={top + 1.4} width="4.2" height="4.2" stroke="none" />
          <rect className="solid" x={left + 2.4} y={top + 2.4} width="2.2" height="2.2" />
        </g>
      ))}
      {codeCells.map(([left, top]) => (
        <rect className="solid" key={`${left} ${top}`} x={left} y={top} width="2.2" height="2.2" />
      ))}
    </At>
  )
}

/** The application form, 84 × 110: printed lines above, the square code below right. */
export function Form({
  code = true,
  lines = true,
  children,
  ...place
}: Placed & { readonly code?: boolean; readonly lines?: boolean; readonly children?: ReactNode }) {
  return (
    <At {...place}>
      <rect className="paper" width="84" height="110" rx="4" />
      <path className="go-line" d="M12 14h38" strokeWidth="5" />
      {lines && <path className="thin quiet" d="M12 28h60M12 38h60M12 48h42" />}
      {code && <Code x={48} y={76} />}
      <path className="thin quiet" d="M12 66h22M12 76h22M12 86h16" />
      {children}
    </At>
  )
}

/** A head with shoulders, 60 × 64. */
export function Person({ hair = true, ...place }: Placed & { readonly hair?: boolean }) {
  return (
    <At {...place}>
      <path className="tint" d="M2 64c0-16 12-24 28-24s28 8 28 24z" />
      <ellipse className="paper" cx="30" cy="22" rx="15" ry="18" />
      {hair && <path className="solid" d="M13.5 22C12 8 20 2 30 2s18 6 16.5 20c-2.5-7-6-10-10-11-6 3-15 3-19 1.5-2 2.5-3.2 6-4 9.5z" />}
    </At>
  )
}

/** A card, 96 × 61: photo left, lines right, chip. */
export function Card(place: Placed) {
  return (
    <At {...place}>
      <rect className="paper" width="96" height="61" rx="6" />
      <rect className="tint thin" x="8" y="17" width="27" height="34" rx="2" />
      <g className="thin">
        <path className="paper thin" d="M11 50.5c0-8 4-11 10.5-11s10.5 3 10.5 11z" />
        <circle className="paper thin" cx="21.5" cy="31" r="6.5" />
      </g>
      <path className="go-line" d="M8 9h34" strokeWidth="4" />
      <path className="thin quiet" d="M44 24h42M44 33h42M44 42h20" />
      <rect className="look-tint look thin" x="72" y="41" width="15" height="12" rx="2" />
    </At>
  )
}

/** A coin, radius 18 about its place. */
export function Coin(place: Placed) {
  return (
    <At {...place}>
      <circle className="paper" r="18" />
      <circle className="thin" r="12.5" />
      <path className="go-line" d="M-5-7l5 7 5-7M0 0v8M-5 1.5H5" />
    </At>
  )
}

/** An arrow along +x, 44 long, in the colour that says "look here". */
export function Arrow(place: Placed) {
  return (
    <At {...place}>
      <path className="look bold" d="M0 0h40M27-13L41 0 27 13" />
    </At>
  )
}

/** A large tick in a disc, radius 30 about its place. */
export function Tick(place: Placed) {
  return (
    <At {...place}>
      <circle className="done" r="30" />
      <path className="on-done" d="M-13 1l9 10 17-21" />
    </At>
  )
}

/** A closed lock, 40 × 46. */
export function Lock(place: Placed) {
  return (
    <At {...place}>
      <path d="M9 20v-8a11 11 0 0 1 22 0v8" />
      <rect className="go" y="19" width="40" height="28" rx="4" />
      <path className="on-go bold" d="M20 30v6" />
    </At>
  )
}

/** The office, 84 × 74: a roof on pillars. */
export function Office(place: Placed) {
  return (
    <At {...place}>
      <path className="tint" d="M4 26L42 4l38 22z" />
      <path className="paper" d="M10 26h64v40H10z" />
      <path d="M22 34v24M42 34v24M62 34v24" strokeWidth="5" className="go-line" />
      <path d="M2 70h80" strokeWidth="5" />
    </At>
  )
}
