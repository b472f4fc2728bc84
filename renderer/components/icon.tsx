import { memo } from 'react'

const paths = {
  back: ['M20 12H4', 'M11 5l-7 7 7 7'],
  forward: ['M4 12h16', 'M13 5l7 7-7 7'],
  up: ['M12 20V5', 'M5 12l7-7 7 7'],
  down: ['M12 4v15', 'M5 12l7 7 7-7'],
  check: ['M4 13l5.5 5.5L20 6.5'],
  cross: ['M5.5 5.5l13 13', 'M18.5 5.5l-13 13'],
  pencil: ['M4 20l1.2-4.8L16 4.4l3.6 3.6L8.8 18.8 4 20z', 'M13.5 7l3.5 3.5'],
  erase: ['M9 5h11.5v14H9l-6-7 6-7z', 'M12 9.5l5 5', 'M17 9.5l-5 5'],
  language: ['M3 6h10', 'M8 3.5V6', 'M11.5 6c-.8 4-3.8 7-8 8.5', 'M5 9c1.4 2.8 3.6 4.7 6.5 5.6', 'M12 20.5l4.7-11 4.8 11', 'M13.8 16.8h6'],
  low: ['M9.5 8.5v5.5h5.5l2.5 5.5', 'M9.5 11h4.5', 'M6.8 12.2a5 5 0 1 0 7.2 6.1', 'M9.5 4.6a.6.6 0 1 0 .01 0'],
  contrast: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z'],
  help: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z', 'M9.2 9.4c.2-1.6 1.3-2.5 2.8-2.5 1.6 0 2.8 1 2.8 2.5 0 2-2.7 2.3-2.8 4.4', 'M12 17.2v.2'],
  phone: [
    'M6 3.5l3 .2 1.6 4.2-2 1.7c1.1 2.4 3.2 4.6 5.8 5.8l1.7-2 4.2 1.6.2 3c-.2 1.5-1.4 2.5-2.9 2.5C10 20.2 3.8 14 3.5 6.4 3.5 4.9 4.5 3.7 6 3.5z',
  ],
  lock: ['M5 11h14v9.5H5z', 'M8 11V8a4 4 0 0 1 8 0v3'],
  attention: ['M12 3.5L22 20.5H2z', 'M12 9.5v5.5', 'M12 17.6v.2'],
  print: ['M7 8.5V3.5h10v5', 'M7 17.5H3.5v-9h17v9H17', 'M7 14h10v6.5H7z'],
  keys: [
    'M4 4h4.5v4.5H4z',
    'M9.8 4h4.5v4.5H9.8z',
    'M15.6 4h4.5v4.5h-4.5z',
    'M4 9.8h4.5v4.5H4z',
    'M9.8 9.8h4.5v4.5H9.8z',
    'M15.6 9.8h4.5v4.5h-4.5z',
    'M9.8 15.6h4.5v4.5H9.8z',
  ],
  code: ['M4 4h6v6H4z', 'M14 4h6v6h-6z', 'M4 14h6v6H4z', 'M14 14h2.5v2.5H14z', 'M17.5 17.5H20V20h-2.5z'],
  again: ['M4.5 12a7.5 7.5 0 1 0 2.4-5.5', 'M4.2 4v4.2h4.2'],
  eye: ['M2.5 12c2.5-4.3 5.7-6.5 9.5-6.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5S5 16.3 2.5 12z', 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z'],
} as const

export type IconName = keyof typeof paths

/** A small sign beside words, never instead of them. Many stand on every screen and none changes when a coin falls. */
export const Icon = memo(function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {name === 'contrast' && <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" stroke="none" />}
      {paths[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
})
