import { useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Frame } from '../main/contract/view.ts'
import type { Bridge, ViewPush } from '../main/contract/wire.ts'
import { BoothScreen } from './booth-screen.tsx'
import { onCameraFound } from './camera/presence.ts'
import { typedRequest } from './bridge.ts'
import { OneMoment } from './one-moment.tsx'
import { useCatalogue } from './use-catalogue.ts'
import { useDrew } from './use-drew.ts'
import { useOnceDrawn } from './use-once-drawn.ts'

/** The page: "one moment" until there is a booth and its words, then whatever the booth shows. */
export function App({ bridge }: { readonly bridge: Bridge }) {
  const request = useMemo(() => typedRequest(bridge), [bridge])
  const [push, setPush] = useState<ViewPush | null>(null)
  const [known, setKnown] = useState<Frame | null>(null)
  useEffect(
    () =>
      bridge.subscribe((next) => {
        flushSync(() => {
          setPush(next)
          setKnown((before) => next?.view ?? before)
        })
      }),
    [bridge],
  )
  const words = useCatalogue(request, push?.view.language ?? null, push?.view.languages ?? [])
  const ready = push !== null && (words !== null || push.view.screen === 'starting')
  // The camera is opened behind the first picture: it would keep the page waiting.
  const isDrawn = useOnceDrawn(ready)
  const camera = push?.view.cameraLabel ?? null
  useEffect(() => (isDrawn && camera !== null ? onCameraFound(camera, (state) => void request('camera', { state })) : undefined), [isDrawn, camera, request])
  useDrew(request, ready ? push.revision : null)
  if (!push || !words || push.view.screen === 'starting') return <OneMoment known={known} />
  return <BoothScreen view={push.view} revision={push.revision} words={words} request={request} />
}
