import type { ReactNode } from 'react'
import type { Picture } from '../../main/contract/view.ts'
import { Arrow, At, Card, Code, Coin, Form, Lock, Office, Person, Tick } from './drawing-parts.tsx'

/** What the views can ask for, and what the screens draw by themselves. */
export type IllustrationName =
  | Picture
  | 'booth'
  | 'languages'
  | 'insert-coin'
  | 'insert-card'
  | 'remove-card'
  | 'take-coins'
  | 'take-slip'
  | 'no-slip'
  | 'take-all'
  | 'sending'
  | 'received'
  | 'not-confirmed'
  | 'erased'
  | 'readable'
  | 'not-readable'
  | 'typing'
  | 'closed'
  | 'telephone'
  | 'calendar'

/** The booth as it stands: lens above, screen, slot at the right, tray below. */
function Machine() {
  return (
    <>
      <rect className="paper" x="70" y="6" width="100" height="148" rx="8" />
      <circle className="paper" cx="120" cy="21" r="8" />
      <circle className="solid" cx="120" cy="21" r="3.5" />
      <rect className="tint" x="84" y="36" width="56" height="66" rx="4" />
      <path className="go-line" d="M94 50h36" strokeWidth="5" />
      <path className="thin quiet" d="M94 61h28" />
      <rect className="go" x="94" y="80" width="36" height="13" rx="3" />
      <rect className="paper" x="148" y="44" width="14" height="26" rx="3" />
      <path className="bold" d="M155 51v12" />
      <rect className="solid" x="148" y="80" width="14" height="14" rx="2" />
      <path className="light" d="M149 94h12l6 22h-24z" />
      <rect className="lamp" x="150" y="88" width="10" height="4" />
      <path d="M88 118h44" strokeWidth="6" />
      <path className="paper" d="M96 118v22l5-3 5 3 5-3 5 3 5-3 5 3v-22" />
    </>
  )
}

const pictures: Readonly<Record<IllustrationName, ReactNode>> = {
  booth: <Machine />,
  languages: (
    <>
      <path className="paper" d="M18 14a6 6 0 0 1 6-6h92a6 6 0 0 1 6 6v68a6 6 0 0 1-6 6H62l-22 20V88H24a6 6 0 0 1-6-6z" />
      <path className="go-line bold" d="M46 72l24-50 24 50M54 56h32" />
      <path className="tint" d="M118 66a6 6 0 0 1 6-6h92a6 6 0 0 1 6 6v68a6 6 0 0 1-6 6h-16v14l-22-14h-54a6 6 0 0 1-6-6z" />
      <path className="bold" d="M142 84h56M170 72v12M188 84c-5 20-22 34-44 42M152 84c6 20 22 34 44 42" />
    </>
  ),
  envelope: (
    <>
      <Form x={78} y={2} />
      <path className="paper" d="M50 62h140v88a4 4 0 0 1-4 4H54a4 4 0 0 1-4-4z" />
      <path className="tint" d="M50 62l70 46 70-46" />
      <path className="thin quiet" d="M140 136h34M152 126h22" />
    </>
  ),
  form: <Form x={70} y={4} size={1.37} />,
  'form-code': (
    <>
      <Form x={52} y={4} size={1.37} />
      <rect className="look" x="111" y="101" width="48" height="48" rx="5" strokeWidth="5" />
      <Arrow x={216} y={125} turn={180} />
    </>
  ),
  'form-dates': (
    <>
      <Form x={52} y={4} size={1.37} code={false} lines={false} />
      <path className="thin quiet" d="M68 42h82M68 56h82M68 126h60" />
      <rect className="look look-tint" x="62" y="72" width="98" height="34" rx="5" strokeWidth="5" />
      <g className="thin">
        <path d="M74 89h14M98 89h14M122 89h26" strokeWidth="7" />
      </g>
      <Arrow x={222} y={89} turn={180} />
    </>
  ),
  'fold-number': (
    <>
      <path className="paper" d="M56 10a4 4 0 0 1 4-4h104a4 4 0 0 1 4 4v94H56z" />
      <path className="go-line" d="M70 24h46" strokeWidth="5" />
      <path className="thin quiet" d="M70 40h84M70 52h84M70 64h52" />
      <path className="look-tint look" d="M56 104h112l-10-32H66z" />
      <g className="look-only">
        {[0, 1, 2].flatMap((group) => [0, 1, 2, 3].map((dot) => <circle key={`${group} ${dot}`} cx={79 + group * 28 + dot * 6.4} cy="89" r="2.3" />))}
      </g>
      <path className="quiet thin" d="M56 104l-6 40h124l-6-40" strokeDasharray="5 6" />
      <path className="look bold" d="M196 138c14-14 14-34 0-46M208 90l-13 1 1 13" />
    </>
  ),
  card: <Card x={42} y={30} size={1.62} />,
  coin: (
    <>
      <Coin x={86} y={92} size={2} />
      <Coin x={150} y={74} size={2.3} />
    </>
  ),
  'insert-coin': (
    <>
      <rect className="paper" x="64" y="62" width="112" height="92" rx="8" />
      <rect className="tint" x="98" y="74" width="44" height="64" rx="6" />
      <path d="M120 86v40" strokeWidth="8" />
      <g className="falls">
        <Coin x={120} y={28} size={1.35} />
      </g>
      <Arrow x={184} y={22} turn={90} />
    </>
  ),
  scan: (
    <>
      <path className="light" d="M96 46h48l44 108H52z" />
      <path className="paper" d="M84 10h72a4 4 0 0 1 4 4v24l-14 10H94L80 38V14a4 4 0 0 1 4-4z" />
      <rect className="lamp" x="100" y="41" width="40" height="7" rx="3" />
      <g className="moves-in-from-below">
        <path className="paper" d="M66 96h108l16 58H50z" />
        <At x={106} y={106}>
          <g transform="skewX(-4) scale(1.2 1.05)">
            <Code x={0} y={0} size={1.15} />
          </g>
        </At>
        <path className="thin quiet" d="M76 108h20M73 120h22M70 132h22M67 144h20M150 108h12M152 120h12" />
      </g>
    </>
  ),
  face: (
    <>
      <rect className="paper" x="76" y="10" width="88" height="113" rx="3" />
      <Person x={81} y={37} size={1.3} />
      <path className="look bold" d="M60 26V4h24M180 26V4h-24M60 108v22h24M180 108v22h-24" />
    </>
  ),
  clock: (
    <>
      <circle className="paper" cx="120" cy="80" r="68" />
      <path className="bold" d="M120 80V36" />
      <path className="look bold" d="M120 80l30 18" />
      <path className="thin" d="M120 18v6M120 136v6M58 80h6M176 80h6" />
      <circle className="solid" cx="120" cy="80" r="5" />
    </>
  ),
  counter: (
    <>
      <At x={30} y={12} size={0.75}>
        <Office x={0} y={0} />
      </At>
      <Person x={98} y={32} size={1.15} />
      <path className="tint" d="M26 106h190v16H26z" />
      <path className="paper" d="M36 122h170v32H36z" />
      <g className="moves-in-from-left">
        <path className="paper" d="M166 84h30l6 22h-42z" />
        <path className="thin quiet" d="M174 92h16M172 98h20" />
      </g>
    </>
  ),
  family: (
    <>
      <Person x={40} y={34} size={1.45} />
      <Person x={122} y={34} size={1.45} />
      <Person x={90} y={80} size={1.05} />
      <path d="M20 148h200" strokeWidth="5" />
    </>
  ),
  'insert-card': (
    <>
      <rect className="paper" x="130" y="30" width="84" height="106" rx="8" />
      <path d="M134 84h56" strokeWidth="8" />
      <g className="moves-in-from-left">
        <Card x={28} y={54} size={0.98} />
      </g>
      <Arrow x={70} y={18} />
    </>
  ),
  'remove-card': (
    <>
      <rect className="paper" x="130" y="30" width="84" height="106" rx="8" />
      <path d="M134 84h56" strokeWidth="8" />
      <Card x={58} y={54} size={0.98} />
      <Arrow x={86} y={18} turn={180} />
    </>
  ),
  'take-coins': (
    <>
      <path className="paper" d="M50 8h140v50H50z" />
      <path d="M84 44h72" strokeWidth="8" />
      <g className="comes-out">
        <Coin x={104} y={86} size={1.1} />
        <Coin x={138} y={98} size={1.1} />
      </g>
      <path className="tint" d="M56 118h128l-12 34a4 4 0 0 1-4 2H72a4 4 0 0 1-4-2z" />
      <Arrow x={192} y={66} turn={90} />
    </>
  ),
  'take-slip': (
    <>
      <path className="paper" d="M50 10h140v46H50z" />
      <path d="M78 42h84" strokeWidth="8" />
      <g className="comes-out">
        <path className="paper" d="M86 42v98l8.5-5 8.5 5 8.5-5 8.5 5 8.5-5 8.5 5 8.5-5 8.5 5V42" />
        <path className="go-line" d="M97 58h30" strokeWidth="5" />
        <path className="thin quiet" d="M97 70h46M97 80h46" />
        <path d="M97 98h12M114 98h12M131 98h12" strokeWidth="5" />
        <path className="thin quiet" d="M97 114h46" />
      </g>
      <Arrow x={192} y={82} turn={90} />
    </>
  ),
  'no-slip': (
    <>
      <path className="paper" d="M50 10h140v46H50z" />
      <path d="M78 42h84" strokeWidth="8" />
      <path className="paper" d="M84 76h72v74H84z" />
      <path d="M97 98h12M114 98h12M131 98h12" strokeWidth="5" />
      <path className="thin quiet" d="M97 114h46M97 126h30" />
      <path className="look bold" d="M186 132l22-22 10 10-22 22-13 3z" />
    </>
  ),
  'take-all': (
    <>
      <g className="moves-in-from-left">
        <Form x={38} y={10} size={1.2} turn={-4} />
      </g>
      <Card x={112} y={70} size={0.95} turn={5} />
      <Arrow x={168} y={30} turn={-25} />
    </>
  ),
  sending: (
    <>
      <Form x={14} y={30} size={0.9} code={false} />
      <Lock x={66} y={88} size={1.15} />
      <Arrow x={124} y={80} />
      <Office x={174} y={46} size={0.75} />
    </>
  ),
  received: (
    <>
      <Office x={30} y={32} size={1.35} />
      <Tick x={168} y={104} size={1.15} />
    </>
  ),
  'not-confirmed': (
    <>
      <Form x={14} y={30} size={0.9} code={false} />
      <Lock x={66} y={88} size={1.15} />
      <path className="look bold" d="M122 80h40" strokeDasharray="2 13" />
      <Office x={174} y={46} size={0.75} />
    </>
  ),
  erased: (
    <>
      <rect className="paper" x="62" y="14" width="116" height="92" rx="8" />
      <path className="thin quiet" d="M82 42h76M82 60h76M82 78h50" strokeDasharray="1 9" />
      <path d="M96 126h48M120 106v20" strokeWidth="5" />
      <Tick x={172} y={104} />
    </>
  ),
  readable: (
    <>
      <Form x={52} y={4} size={1.37} />
      <Tick x={172} y={96} size={1.1} />
    </>
  ),
  'not-readable': (
    <>
      <Form x={52} y={4} size={1.37} />
      <rect className="look look-tint" x="111" y="101" width="48" height="48" rx="5" strokeWidth="5" />
      <path className="look bold" d="M124 114l22 22M146 114l-22 22" />
    </>
  ),
  typing: (
    <>
      <Form x={16} y={12} size={1.22} />
      <rect className="look" x="26" y="88" width="40" height="36" rx="5" strokeWidth="5" />
      <Arrow x={126} y={80} size={0.85} />
      <g className="thin">
        {[0, 1, 2].flatMap((row) =>
          [0, 1, 2].map((column) => (
            <rect
              className={row === 1 && column === 1 ? 'go' : 'paper'}
              key={`${row} ${column}`}
              x={172 + column * 22}
              y={50 + row * 22}
              width="17"
              height="17"
              rx="3"
            />
          )),
        )}
      </g>
    </>
  ),
  calendar: (
    <>
      <path className="paper" d="M58 30a6 6 0 0 1 6-6h112a6 6 0 0 1 6 6v116a6 6 0 0 1-6 6H64a6 6 0 0 1-6-6z" />
      <path className="go" d="M58 30a6 6 0 0 1 6-6h112a6 6 0 0 1 6 6v24H58z" />
      <path className="bold" d="M88 12v24M152 12v24" />
      <g className="soft">
        {[0, 1, 2, 3].flatMap((row) =>
          [0, 1, 2, 3, 4].map((column) => <rect key={`${row} ${column}`} x={70 + column * 21} y={66 + row * 21} width="14" height="14" rx="2" />),
        )}
      </g>
      <circle className="look bold" cx="140" cy="94" r="16" />
    </>
  ),
  telephone: (
    <>
      <path className="paper" d="M66 92c0-10 8-16 18-16h72c10 0 18 6 18 16l8 50a8 8 0 0 1-8 9H66a8 8 0 0 1-8-9z" />
      <circle className="tint" cx="120" cy="114" r="25" />
      <circle className="go-only" cx="120" cy="114" r="8" />
      <path
        className="paper"
        d="M38 62c-4-34 32-54 82-54s86 20 82 54c-1 8-6 12-14 11l-22-3c-7-1-10-6-10-13V46c-22-9-50-9-72 0v11c0 7-3 12-10 13l-22 3c-8 1-13-3-14-11z"
      />
      <path className="look bold" d="M206 96c8 8 8 24 0 32M34 96c-8 8-8 24 0 32" />
    </>
  ),
  closed: (
    <>
      <Machine />
      <rect className="paper" x="48" y="56" width="144" height="36" rx="5" />
      <path className="look" d="M74 74h92" strokeWidth="9" />
    </>
  ),
}

/** A line drawing; it says nothing that the words beside it do not say. */
export function Illustration({ name }: { readonly name: IllustrationName }) {
  return (
    <svg className="art" viewBox="0 0 240 160" aria-hidden="true" data-picture={name}>
      {pictures[name]}
    </svg>
  )
}
