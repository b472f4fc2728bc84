/** Installs the pack that lies installed in `folder` into the data folder `data`, as `packs install` does once it has verified it; for tests that kill it meanwhile. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPack } from '../../../main/config/install-pack.ts'
import type { PackManifest } from '../../../main/config/signed-pack.ts'

const [folder = '', data = ''] = process.argv.slice(2)
const bytesOf = (name: string) => readFileSync(join(folder, name))
const { payload } = JSON.parse(bytesOf('manifest.json').toString()) as { payload: string }
installPack(data, { manifest: JSON.parse(Buffer.from(payload, 'base64url').toString()) as PackManifest, bytesOf }, bytesOf('manifest.json'))
