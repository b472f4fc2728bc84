import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { findElectron, hasDisplay } from '../../build/electron.ts'
import { launchBooth } from '../e2e/support/launch.ts'
import { touchesOn } from '../e2e/support/touches.ts'
import { combinations, systemCombinations, type Combination } from '../main/shell/key-combinations.ts'

const isHere = (program: string) => spawnSync(program, ['--version']).error === undefined
/** xdotool's names of keys that are called otherwise there. */
const names: Readonly<Record<string, string>> = {
  Control: 'ctrl',
  Meta: 'super',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ContextMenu: 'Menu',
  PrintScreen: 'Print',
  '+': 'plus',
  '-': 'minus',
  Delete: 'Delete',
}
const asXdotool = ({ name }: Combination) =>
  (name === 'Control++' ? ['Control', '+'] : name.split('+')).map((key) => names[key] ?? (['Alt', 'Shift'].includes(key) ? key.toLowerCase() : key)).join('+')

it('the keys of a real keyboard have no effect on the real Electron: 0 of 39, and those of the system', async (context) => {
  if (!findElectron() || !hasDisplay() || !isHere('xdotool')) return context.skip('not run here: needs the binary of Electron, a display and xdotool')
  const booth = await launchBooth()
  try {
    const touches = touchesOn(booth, 'en')
    await touches.hurryTo('consent')
    const [before, program] = [booth.app.process().pid, booth.app.windows().length]
    const effects: string[] = []
    for (const combination of [...combinations, ...systemCombinations]) {
      spawnSync('xdotool', ['key', '--clearmodifiers', asXdotool(combination)])
      // Long enough for a window to open or close.
      await new Promise((done) => setTimeout(done, 250))
      const shown = await touches.shown().catch(() => ({ screen: 'gone' }))
      const path = await booth.page.evaluate(() => location.pathname).catch(() => 'gone')
      if (shown.screen !== 'consent' || path !== '/index.html' || booth.app.windows().length !== program || booth.app.process().pid !== before)
        effects.push(combination.name)
    }
    expect(effects).toEqual([])
  } finally {
    await booth.close()
  }
})
