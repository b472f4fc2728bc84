import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const largestFormBytes = 5 * 1024 * 1024

/**
 * Reads the authority's own form for a sheet (`service.sheet`) from the file beside the configuration that `forms` names; null where it names none, or the
 * file is no PDF of up to 5 MB: then the booth's own sheet stands.
 */
export async function readForm(configurationFile: string, forms: Readonly<Record<string, string>>, name: string): Promise<Uint8Array | null> {
  const file = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (file === undefined) return null
  try {
    const handle = await open(join(dirname(configurationFile), file))
    try {
      const { size } = await handle.stat()
      const bytes = size <= largestFormBytes ? await handle.readFile() : Buffer.alloc(0)
      return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? bytes : null
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}
