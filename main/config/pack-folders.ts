import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The one file of a pack that its manifest does not list: the manifest, signed. */
export const manifestName = 'manifest.json'
/** Where a booth's packs lie, each in a folder that is named by its version. */
export const packsIn = (data: string): string => join(data, 'packs')

/** The versions whose folders lie in a booth's data folder, the newest first. */
export function installedVersions(data: string): readonly number[] {
  try {
    return readdirSync(packsIn(data)).filter((name) => /^[1-9][0-9]{0,9}$/.test(name)).map(Number).sort((one, other) => other - one)
  } catch {
    return []
  }
}
