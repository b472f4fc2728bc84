import { useCallback } from 'react'
import type { CommandInput } from '../main/contract/commands.ts'
import { useBooth } from './booth-context.ts'

/** Tells the booth how the camera is, as the part that owns it sees it. */
export function useCameraState(): (state: CommandInput<'camera'>['state']) => void {
  const { request } = useBooth()
  return useCallback((state) => void request('camera', { state }), [request])
}
