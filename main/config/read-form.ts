import { open } from 'node:fs/promises'

const largestFormBytes = 5 * 1024 * 1024

/**
 * Reads the authority's own form for a sheet (`service.sheet`) from the file that `forms` names, which lies where `place` says; null where it names none, or the
 * file is no PDF of up to 5 MB: then the booth's own sheet stands.
 */
export async function readForm(place: (name: string) => string, forms: Readonly<Record<string, string>>, name: string): Promise<Uint8Array | null> {
  const file = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (file === undefined) return null
  try {
    const handle = await open(place(file))
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
