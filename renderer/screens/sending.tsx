import { useEffect, useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { Gauge } from '../components/gauge.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'

/** Longer than this the booth does not wait on this screen. */
const longest = 20

/** The application leaves: how long it has taken, how long it can take, and that nobody need do anything. */
export function SendingScreen() {
  const { label } = useBooth()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const from = performance.now()
    const timer = setInterval(() => setSeconds(Math.min(longest, Math.floor((performance.now() - from) / 1_000))), 250)
    return () => clearInterval(timer)
  }, [])
  return (
    <Stage title={label('ui.sending.title')} hint={label('ui.sending.hint')} picture={<Illustration name="sending" />}>
      <div className="waiting">
        <Gauge max={longest} value={seconds} heard={label('ui.sending.title')} />
        <p>{label('ui.sending.time', { seconds, longest })}</p>
      </div>
    </Stage>
  )
}
