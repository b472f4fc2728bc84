import { useEffect, useState } from 'react'
import { startFaceEngine, type FaceEngineWorker } from './face-worker.ts'

/** The face engine for as long as it is wanted: it is made ready as soon as it is, and everything that it has seen goes with it. */
export function useFaceEngine(wanted: boolean): FaceEngineWorker | null {
  const [engine, setEngine] = useState<FaceEngineWorker | null>(null)
  useEffect(() => {
    if (!wanted) return
    const started = startFaceEngine()
    setEngine(started)
    return () => {
      started.end()
      setEngine(null)
    }
  }, [wanted])
  return engine
}
