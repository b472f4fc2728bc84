import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface TickProps {
  readonly name: string
  readonly ticked: boolean
  readonly onTick: (ticked: boolean) => void
  /** It was forgotten: shows itself. */
  readonly asked: boolean
  readonly children: ReactNode
}

/** A box to tick, as large as its words. */
export function Tick({ name, ticked, onTick, asked, children }: TickProps) {
  return (
    <button
      type="button"
      className="tick"
      role="checkbox"
      aria-checked={ticked}
      data-testid={name}
      data-asked={(asked && !ticked) || undefined}
      onClick={() => onTick(!ticked)}
    >
      <span className="box">{ticked && <Icon name="check" />}</span>
      <span>{children}</span>
    </button>
  )
}
