import { useEffect, useState } from 'react'
import { onceDrawn } from './once-drawn.ts'

/** `value` as it was when the page was last drawn: it follows once the new one stands on the glass. */
export function useOnceDrawn<Value>(value: Value): Value {
  const [drawn, setDrawn] = useState(value)
  useEffect(() => onceDrawn(() => setDrawn(value)), [value])
  return drawn
}
