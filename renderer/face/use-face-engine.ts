import { useEffect, useEffectEvent, useState } from 'react'
import type { Request } from '../bridge.ts'
import { startFaceEngine, type FaceEngineWorker } from './face-worker.ts'

/** The face engine for as long as it is wanted: it is made ready as soon as it is, and everything that it has seen goes with it. */
export function useFaceEngine(wanted: boolean, request: Request): FaceEngineWorker | null {
  const [engine, setEngine] = useState<FaceEngineWorker | null>(null)
  const altered = useEffectEvent(() => void request('models-altered', {}))
  useEffect(() => {
    if (!wanted) return
    const started = startFaceEngine(() => altered())
    setEngine(started)
    return () => {
      started.end()
      setEngine(null)
    }
  }, [wanted])
  return engine
}
