import { useEffect, useMemo } from 'react'
import type { View } from '../main/contract/view.ts'
import { BoothContext, ViewContext, type Booth } from './booth-context.ts'
import type { Request } from './bridge.ts'
import { Bar } from './components/bar.tsx'
import { OverlaySheet } from './components/overlay.tsx'
import { Strip } from './components/strip.tsx'
import { useFaceEngine } from './face/use-face-engine.ts'
import { loadFonts } from './fonts.ts'
import { CurrentScreen } from './screens/current-screen.tsx'
import { useCorners } from './staff/use-corners.ts'
import { useActs } from './use-acts.ts'
import type { Words } from './use-catalogue.ts'
import { useGlass } from './use-glass.ts'
import { useTouch } from './use-touch.ts'

/** Changes whenever other things lie under the finger: another screen, another step of it, something over it. */
function placeOf(view: View): string {
  const within = 'step' in view ? view.step : view.screen === 'typed-id' ? view.round : view.screen === 'scan' ? view.result : ''
  return [view.screen, within, view.overlay?.kind ?? ''].join(' ')
}

/** One view of the booth, drawn: the bar, the screen, what lies over it, and the strip. */
export function BoothScreen({
  view,
  revision,
  words,
  request,
}: {
  readonly view: View
  readonly revision: number
  readonly words: Words
  readonly request: Request
}) {
  useGlass(words.language, view.display)
  useTouch(request)
  useCorners(request, view)
  // Behind the first picture, which would wait for it.
  useEffect(() => {
    const idle = requestIdleCallback(() => void loadFonts('Booth TC'), { timeout: 2_000 })
    return () => cancelIdleCallback(idle)
  }, [])
  const place = placeOf(view)
  const { act, turn, held } = useActs(request, revision, place)
  const faces = useFaceEngine(view.photoAhead, request)
  const booth = useMemo<Booth>(
    () => ({ say: words.say, label: (key, values) => words.say(values ? { key, values } : { key }), request, faces, act, turn, held }),
    [words, request, faces, act, turn, held],
  )
  const screen = 'step' in view ? `${view.screen} ${view.step}` : view.screen
  return (
    <BoothContext value={booth}>
      <ViewContext value={view}>
        <div className="booth" data-low={view.display.low || undefined}>
          <Bar demo={view.demo} progress={view.progress} operator={view.operator} />
          <div className="middle">
            <main
              className="contents"
              inert={view.overlay !== null}
              data-screen={view.screen}
              data-step={'step' in view ? view.step : undefined}
              data-revision={revision}
            >
              <CurrentScreen key={screen} />
            </main>
            {view.overlay && <OverlaySheet key={view.overlay.kind} overlay={view.overlay} />}
          </div>
          <Strip
            language={view.language}
            languages={view.languages}
            display={view.display}
            place={screen}
            helping={view.overlay?.kind === 'help'}
            isOfStaff={view.screen === 'staff' || view.screen === 'staff-camera' || view.screen === 'staff-sign-in'}
          />
        </div>
      </ViewContext>
    </BoothContext>
  )
}
