import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoConfiguration } from '../../main/commands/demo/configuration.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../main/${relative}`, import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-process-'))
  copyFileSync(path('commands/demo/pack.json'), join(dir, 'pack.json'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Starts the booth's own process with a configuration, as the shell does; it must not stay. */
function start(configuration: object) {
  const config = join(dir, 'booth.json')
  writeFileSync(config, JSON.stringify(configuration))
  return spawnSync(process.execPath, [path('booth-entry.ts'), '--config', config, '--data', join(dir, 'data')], { encoding: 'utf8', timeout: 20_000 })
}

test('a demo booth whose coin port is no pseudo-terminal refuses to start: the reference centre never meets real money', () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office }
  const { status, stderr } = start(demoConfiguration(places))
  expect(status).toBe(78)
  expect(stderr).toContain('devices.coin-acceptor.path: /dev/null is not a pseudo-terminal')
})

test('a configuration that is wrong ends the process with every exact path and reason', () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office }
  const demo = demoConfiguration(places)
  const { status, stderr } = start({ ...demo, cash: { ...demo.cash, maximumCredit: 100 }, colour: 'red' })
  expect(status).toBe(78)
  expect(stderr).toContain('colour')
  expect(stderr).toContain(join(dir, 'booth.json'))
})
