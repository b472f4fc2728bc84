import { memo, useEffect, useRef, useState } from 'react'
import type { Frame } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { languageNames } from '../language-names.ts'
import { sayTheSame } from '../say-the-same.ts'
import { Button } from './button.tsx'

interface StripProps extends Pick<Frame, 'language' | 'languages' | 'display'> {
  /** Changes with the screen: what stands open is of one. */
  readonly place: string
  readonly helping: boolean
  readonly isOfStaff: boolean
}

/** The strip at the bottom of every screen, within reach of a seated person: language, low controls, contrast, help. */
export const Strip = memo(function Strip({ language, languages, display, place, helping, isOfStaff }: StripProps) {
  const { label, act, turn } = useBooth()
  const foot = useRef<HTMLDivElement>(null)
  const [openAt, setOpenAt] = useState<string | null>(null)
  const open = openAt === place
  const { low, contrast } = display
  useEffect(() => {
    if (!open) return
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && !foot.current?.contains(event.target)) setOpenAt(null)
    }
    window.addEventListener('pointerdown', elsewhere, { capture: true })
    return () => window.removeEventListener('pointerdown', elsewhere, { capture: true })
  }, [open])
  return (
    <div className="foot" ref={foot}>
      {open && (
        <nav className="sheet languages" aria-label={label('ui.strip.language')}>
          {languages.map((other) => (
            <Button
              key={other}
              name={`language-${other}`}
              lang={other}
              chosen={other === language}
              className="choice"
              onPress={() => {
                setOpenAt(null)
                act('choose-language', { language: other })
              }}
            >
              {languageNames[other]}
            </Button>
          ))}
        </nav>
      )}
      <footer className="strip">
        <Button name="language" before="language" expanded={open} onPress={() => turn(() => setOpenAt(open ? null : place))}>
          {languageNames[language]}
        </Button>
        <Button name="low" before="low" chosen={low} onPress={() => act('display', { low: !low, contrast })}>
          {label('ui.strip.low')}
        </Button>
        <Button name="contrast" before="contrast" chosen={contrast} onPress={() => act('display', { low, contrast: !contrast })}>
          {label('ui.strip.contrast')}
        </Button>
        {!isOfStaff && (
          <Button name="help" before="help" chosen={helping} onPress={() => act('help', { open: !helping })}>
            {label('ui.strip.help')}
          </Button>
        )}
      </footer>
    </div>
  )
}, sayTheSame)
