import { useEffect, useState, type ReactNode } from 'react'
import { useBooth } from '../booth-context.ts'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps {
  readonly children: ReactNode
  /** What a touch does; called at most once until the booth answered. */
  readonly onPress: () => void
  readonly tone?: 'go' | 'plain' | 'attention'
  readonly before?: IconName
  readonly after?: IconName
  /** Where it stands among the ways on. */
  readonly place?: 'left' | 'right'
  /** Looks as if it cannot be touched yet; a touch still calls `onPress`, which says what is missing. */
  readonly off?: boolean
  readonly chosen?: boolean
  readonly expanded?: boolean
  /** Not an act: keys and boxes, which may be touched as fast as one likes. */
  readonly free?: boolean
  readonly name: string
  readonly className?: string
  readonly lang?: string
  /** Spoken instead of the words. */
  readonly heard?: string
}

/** Everything that can be touched: pressed at once, acting on release. */
export function Button(props: ButtonProps) {
  const { tone = 'plain', free = false, off = false } = props
  const { held } = useBooth()
  const [sent, setSent] = useState(false)
  useEffect(() => {
    if (!held) setSent(false)
  }, [held])
  const press = () => {
    if (!free) {
      if (held) return
      setSent(!off)
    }
    props.onPress()
  }
  return (
    <button
      type="button"
      className={props.className ? `button ${props.className}` : 'button'}
      lang={props.lang}
      data-testid={props.name}
      data-tone={tone}
      data-place={props.place}
      data-act={free ? undefined : ''}
      data-sent={sent || undefined}
      data-off={off || undefined}
      aria-disabled={off || (!free && held) || undefined}
      aria-pressed={props.chosen}
      aria-expanded={props.expanded}
      aria-label={props.heard}
      onClick={press}
    >
      {props.before && <Icon name={props.before} />}
      <span className="words">{props.children}</span>
      {props.after && <Icon name={props.after} />}
    </button>
  )
}
