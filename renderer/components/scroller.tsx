import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useBooth } from '../booth-context.ts'
import { Button } from './button.tsx'

/** How much of the region one touch moves. */
const page = 0.8

/** A long text in its own region, with large buttons that turn it; they are there only where the text is longer than the region. */
export function Scroller({ children, name }: { readonly children: ReactNode; readonly name: string }) {
  const { label } = useBooth()
  const region = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState({ long: false, start: true, end: false })
  const look = () => {
    const element = region.current
    if (!element) return
    const long = element.scrollHeight > element.clientHeight + 1
    const start = element.scrollTop <= 1
    const end = element.scrollTop + element.clientHeight >= element.scrollHeight - 1
    setAt((before) => (before.long === long && before.start === start && before.end === end ? before : { long, start, end }))
  }
  useLayoutEffect(look)
  useEffect(() => {
    const element = region.current
    if (!element) return
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const turn = (direction: 1 | -1) =>
    region.current?.scrollBy({
      top: direction * page * region.current.clientHeight,
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
    })
  return (
    <div className="scroller" data-long={at.long || undefined}>
      <div className="region" role="region" aria-label={name} tabIndex={0} ref={region} onScroll={look} data-testid="scroll-region">
        {children}
      </div>
      {at.long && (
        <div className="turns">
          <Button free name="scroll-up" heard={label('ui.scroll.up')} off={at.start} before="up" onPress={() => turn(-1)}>
            {null}
          </Button>
          <Button free name="scroll-down" heard={label('ui.scroll.down')} off={at.end} before="down" onPress={() => turn(1)}>
            {null}
          </Button>
        </div>
      )}
    </div>
  )
}
