import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { useBooth, useView } from '../booth-context.ts'
import { MoneyLine } from './money-line.tsx'
import { Notice } from './notice.tsx'

interface StageProps {
  /** The one sentence; the largest thing on the screen. */
  readonly title: ReactNode
  readonly hint?: ReactNode
  /** The act, drawn. */
  readonly picture?: ReactNode
  /** What belongs to the sentence and to the hands: below the picture, next to the hands' zone. */
  readonly aside?: ReactNode
  /** The hands' zone. */
  readonly children?: ReactNode
  /** Boxes to tick before the way on; beside what is to be read where there is room, else below it. */
  readonly ticks?: ReactNode
  readonly left?: ReactNode
  readonly right?: ReactNode
  /** `short`: sentence and picture take only the room that they need, because the hands' zone fills the rest. */
  readonly said?: 'short'
  /** Beside each other, the hands' zone gets more of the width. */
  readonly wide?: true
  /** The picture carries the meaning and is never dropped for room. */
  readonly keepPicture?: true
  /** Without the money line, where the screen itself is about the money. */
  readonly money?: false
}

/** From roomy to tight: smaller body text, then smaller title and no picture, each never below the smallest size. */
const fits = ['0', '1', '2', '3'] as const

function overflows(stage: HTMLElement): boolean {
  return [...stage.querySelectorAll<HTMLElement>('[data-room]')].some(
    (room) => room.scrollHeight > room.clientHeight + 1 || room.scrollWidth > room.clientWidth + 1,
  )
}

/** Makes what does not fit tighter, and never roomier again by itself: words that change must not make the others jump. */
function tighten(stage: HTMLElement): void {
  const levels = fits.slice(fits.findIndex((level) => level === stage.dataset['fit']))
  for (const level of levels) {
    if (stage.dataset['fit'] !== level) stage.dataset['fit'] = level
    if (!overflows(stage)) return
  }
}

function fit(stage: HTMLElement): void {
  stage.dataset['fit'] = fits[0]
  tighten(stage)
}

/** One screen: sentence and picture, hands' zone, and the way back and on at the place where they always are. */
export function Stage(props: StageProps) {
  const { label } = useBooth()
  const stage = useRef<HTMLDivElement>(null)
  const { language, display } = useView()
  useLayoutEffect(() => {
    const element = stage.current
    if (!element) return
    const again = () => fit(element)
    again()
    window.addEventListener('resize', again)
    document.fonts.addEventListener('loadingdone', again)
    return () => {
      window.removeEventListener('resize', again)
      document.fonts.removeEventListener('loadingdone', again)
    }
  }, [language, display.low, display.pxPerMm])
  useLayoutEffect(() => {
    if (stage.current) tighten(stage.current)
  })
  return (
    <div className="stage" data-said={props.said} data-wide={props.wide} data-picture={props.keepPicture && 'kept'} ref={stage}>
      <div className="say" data-room>
        <h1>{props.title}</h1>
        {props.hint && <p className="hint">{props.hint}</p>}
        <Notice />
        {props.picture && <div className="picture">{props.picture}</div>}
        {props.aside && <div className="aside">{props.aside}</div>}
      </div>
      <div className="hands" data-room>
        {props.children}
      </div>
      {props.ticks && <div className="ticks">{props.ticks}</div>}
      <nav className="ways" aria-label={label('ui.ways')}>
        {props.left}
        {props.right}
      </nav>
      {props.money !== false && <MoneyLine />}
    </div>
  )
}
