import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { exitInUse } from '../../main/shell/children.ts'
import { readText } from './source-files.ts'

const file = 'build/systemd/cardbooth.service'
const settings = readText(file)
  .split('\n')
  .filter((line) => /^\w+=/.test(line))
  .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
const setting = (name: string) => settings.filter(([key]) => key === name).map(([, value]) => value).join(' ')

describe('the service of an installed booth', () => {
  it.each([
    ['Type', 'notify'],
    ['NotifyAccess', 'all'],
    ['WatchdogSec', '30'],
    ['Restart', 'always'],
    ['StartLimitIntervalSec', '0'],
    ['LimitCORE', '0'],
    ['LogRateLimitIntervalSec', '60'],
    ['LogRateLimitBurst', '1000'],
    ['RuntimeDirectory', 'cardbooth'],
    ['Environment', 'DISPLAY=:0 TMPDIR=/run/cardbooth'],
    ['MemorySwapMax', '0'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['ProtectSystem', 'strict'],
    ['DevicePolicy', 'closed'],
    ['RestartPreventExitStatus', String(exitInUse)],
  ])('has %s=%s', (name, value) => expect(setting(name)).toBe(value))

  it('starts the booth as a user of its own, with no switch that the shell refuses', () => {
    expect(setting('User')).toBe('cardbooth')
    expect(setting('ExecStart')).toBe('/opt/cardbooth/cardbooth --kiosk --config /etc/cardbooth/booth.json --data /var/lib/cardbooth')
  })

  it('is no open barn by systemd’s own measure', (context) => {
    const { stdout, error } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', new URL(`../../${file}`, import.meta.url).pathname], { encoding: 'utf8' })
    if (error) return context.skip('not run here: there is no systemd-analyze')
    const exposure = Number(/Overall exposure level for \S+: ([0-9.]+)/.exec(stdout)?.[1])
    // A browser needs its namespaces and its compiler; everything else is shut.
    expect(exposure).toBeLessThanOrEqual(4)
  })
})
