import { watchForCamera } from './camera/presence.ts'

// Nothing takes longer at the start than to open the camera: it is asked for before the rest of the page is even loaded.
watchForCamera()
void import('./start.tsx')
