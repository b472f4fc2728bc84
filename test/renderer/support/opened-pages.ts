import { afterAll } from 'vitest'
import { startPages, type FakeBooth, type Pages } from './page.ts'
import { sizes } from './sizes.ts'

/** Opens the pages, and a booth on a panel on end, for all tests of the file that asks; they are closed after the last. */
export async function openedPages(): Promise<{ readonly pages: Pages; readonly booth: FakeBooth }> {
  const pages = await startPages()
  const booth = await pages.open(sizes.portrait)
  afterAll(async () => {
    await booth.close()
    await pages.close()
  })
  return { pages, booth }
}
