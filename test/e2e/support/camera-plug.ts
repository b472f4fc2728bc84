import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFilm, type FilmKind } from '../../../main/commands/demo/film.ts'
import type { LaunchedBooth } from './launch.ts'
import { processesWith } from './processes.ts'

/** The simulated camera's plug, and what is before its lens. */
export interface CameraPlug {
  /** What is before the lens when the camera is next opened. */
  show(kind: FilmKind): void
  /** Pulls the camera out: whoever has it open is told that it ended, and there is none any more. */
  pull(): Promise<void>
  /** Plugs it in again, with a portrait before its lens. */
  plug(): Promise<void>
}

/** Prepares the films of `booth`; two pictures are enough to be no frozen camera. */
export async function cameraPlug({ app, page, data }: Pick<LaunchedBooth, 'app' | 'page' | 'data'>): Promise<CameraPlug> {
  const film = join(data, 'bench', 'camera.mjpeg')
  const ready = (kind: FilmKind) => join(data, 'bench', `${kind}.mjpeg`)
  for (const kind of ['portrait', 'form'] as const) await makeFilm(kind, ready(kind), { pictures: 2 })
  const show = (kind: FilmKind) => {
    // Chromium goes on reading the file that it opened: this must be another file, not another content.
    copyFileSync(ready(kind), `${film}.new`)
    renameSync(`${film}.new`, film)
  }
  /** What Chromium tells of a camera on a bus; of a file it does not. */
  const changed = () => page.evaluate(() => void navigator.mediaDevices.dispatchEvent(new Event('devicechange')))
  return {
    show,
    async pull() {
      rmSync(film, { force: true })
      const profile = `cardbooth-profile-${app.process().pid}-`
      for (const { id, command } of processesWith(profile)) if (command.includes('video_capture')) process.kill(id, 'SIGKILL')
      await changed()
    },
    async plug() {
      show('portrait')
      await changed()
    },
  }
}
