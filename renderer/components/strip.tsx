import { useEffect, useRef, useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { languageNames } from '../language-names.ts'
import { Button } from './button.tsx'

/** The strip at the bottom of every screen, within reach of a seated person: language, low controls, contrast, help. */
export function Strip() {
  const { view, label, act, turn } = useBooth()
  const foot = useRef<HTMLDivElement>(null)
  const place = 'step' in view ? `${view.screen} ${view.step}` : view.screen
  const [openAt, setOpenAt] = useState<string | null>(null)
  const open = openAt === place
  const { low, contrast } = view.display
  useEffect(() => {
    if (!open) return
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && !foot.current?.contains(event.target)) setOpenAt(null)
    }
    window.addEventListener('pointerdown', elsewhere, { capture: true })
    return () => window.removeEventListener('pointerdown', elsewhere, { capture: true })
  }, [open])
  const helping = view.overlay?.kind === 'help'
  const isOfStaff = view.screen === 'staff' || view.screen === 'staff-sign-in'
  return (
    <div className="foot" ref={foot}>
      {open && (
        <nav className="sheet languages" aria-label={label('ui.strip.language')}>
          {view.languages.map((language) => (
            <Button
              key={language}
              name={`language-${language}`}
              lang={language}
              chosen={language === view.language}
              className="choice"
              onPress={() => {
                setOpenAt(null)
                act('choose-language', { language })
              }}
            >
              {languageNames[language]}
            </Button>
          ))}
        </nav>
      )}
      <footer className="strip">
        <Button name="language" before="language" expanded={open} onPress={() => turn(() => setOpenAt(open ? null : place))}>
          {languageNames[view.language]}
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
}
