import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, ViewPush } from '../contract/wire.ts'

const listeners = new Set<(push: ViewPush | null) => void>()
let current: ViewPush | null | undefined

ipcRenderer.on('view', (_event, push: ViewPush | null) => {
  current = push
  for (const listen of listeners) listen(push)
})

const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke('request', name, input),
  subscribe(listen) {
    listeners.add(listen)
    if (current !== undefined) listen(current)
    return () => listeners.delete(listen)
  },
}

contextBridge.exposeInMainWorld('cardbooth', bridge)
