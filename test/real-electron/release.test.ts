import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { releasedEngine } from '../../main/diagnostics/browser-engine.ts'

/** What npm's registry says of Electron now. */
const registry = (field: string) => JSON.parse(execFileSync('npm', ['view', 'electron', field, '--json'], { encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'ignore'] })) as Record<string, string>

it('the pinned Electron is within 2 majors of stable, and was released on the day that staff read', (context) => {
  if (process.env['CARDBOOTH_ONLINE'] !== '1') return context.skip('asks npm’s registry: set CARDBOOTH_ONLINE=1')
  const major = (version = '') => Number(version.split('.')[0])
  expect(major(registry('dist-tags')['latest']) - major(releasedEngine.electron)).toBeLessThanOrEqual(2)
  expect(registry('time')[releasedEngine.electron]?.slice(0, 10)).toBe(releasedEngine.day)
})
