import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBench, type BenchProcess } from '../../build/bench-process.ts'
import { hostForTests } from '../../build/electron.ts'
import { root } from '../../build/sources.ts'
import { makeOfficeKey } from '../../centre/office.ts'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { familyOf } from '../bench/processes.ts'
import { processesWith } from './support/processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-ports-'))
let bench: BenchProcess
beforeAll(async () => {
  mkdirSync(join(folder, 'bench'))
  bench = await startBench(join(folder, 'bench'))
})
afterAll(async () => {
  await bench.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The sockets that a process has open, by their number. */
function socketsOf(id: number): readonly string[] {
  try {
    return readdirSync(`/proc/${id}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${id}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

/** Addresses on which a process of the family listens, or waits for datagrams, as `ss -lntu` would show them. */
function listening(family: readonly number[]): readonly string[] {
  const own = new Set(family.flatMap(socketsOf))
  // TCP state 0A is "listen"; a bound UDP socket is in 07.
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => own.has(inode ?? '') && state === (kind.startsWith('tcp') ? '0A' : '07'))
      .map(([, address]) => `${kind} ${address}`),
  )
}

/** The family of a shell whose children are both up: the device process comes after the first screen, and a Node that has its workers has its signals. */
async function grownFamily(shell: ChildProcess): Promise<readonly number[]> {
  const family = () => familyOf(shell.pid ?? 0)
  const isUp = (name: string) => processesWith(`dist/${name}/main.js`).some(({ id }) => family().includes(id) && readdirSync(`/proc/${id}/task`).length > 5)
  await expect.poll(() => isUp('booth') && isUp('devices')).toBe(true)
  return family()
}

/** Which of the shell's children of the family would open a debugging port at SIGUSR1: Node listens for it unless it is told not to (proc(5), SigCgt). */
function debuggable(family: readonly number[]): readonly string[] {
  const caught = (id: number) => (BigInt(`0x${/^SigCgt:\s*(\w+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? ''}`) >> 9n) & 1n
  return ['booth', 'devices'].filter((name) => processesWith(`dist/${name}/main.js`).some(({ id }) => family.includes(id) && caught(id) === 1n))
}

describe('the demonstration as npm start runs it, without a test driver', () => {
  test('listens on no port, neither shell nor booth, devices, browser, simulators nor centre', async () => {
    const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--config', bench.config, '--data', folder, '--attached', '--report']
    const shell = spawn(hostForTests().program, args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
    const gone = new Promise((done) => shell.once('exit', done))
    try {
      for await (const line of createInterface({ input: shell.stdout })) if (line.startsWith('{"drawn":"attract"')) break
      const family = await grownFamily(shell)
      expect(family.length).toBeGreaterThan(4)
      expect(listening([...family, ...familyOf(process.pid)].filter((id) => id !== process.pid))).toEqual([])
      expect(debuggable(family)).toEqual(['booth', 'devices'])
    } finally {
      shell.stdin.end()
      await gone
    }
  })

  test('nor in production, with the browser’s sandbox on, and no signal opens one', async (context) => {
    const data = join(folder, 'production')
    mkdirSync(data)
    const { publicKey: office } = await makeOfficeKey('office-1')
    const demo = JSON.parse(readFileSync(bench.config, 'utf8')) as Record<string, unknown>
    // What is a simulation and nothing else: production refuses it.
    const { bench: _bench, rulebook: _rulebook, packs: _packs, agreements: _agreements, ...rest } = demo
    const { 'card-reader': _cards, 'sheet-printer': _sheets, ...devices } = demo['devices'] as Record<string, unknown>
    const services = { 'jp-mynumber-application': { price: 800 } }
    const centre = { address: 'https://centre.example/', office, receiptKeys: [makeSigningKey('centre-1').publicKey] }
    const config = join(folder, 'bench', 'production.json')
    writeFileSync(config, JSON.stringify({ ...rest, services, devices, staff: [], mode: 'production', centre }))
    // A booth does not run as root: whoever tests as root is somebody else for this.
    const isRoot = process.getuid?.() === 0
    const somebody = isRoot ? { uid: 65_534, gid: 65_534 } : {}
    for (const place of [folder, join(folder, 'bench')]) chmodSync(place, 0o755)
    if (isRoot) for (const place of [data]) chownSync(place, 65_534, 65_534)
    const env = { ...process.env, HOME: data, TMPDIR: data, NODE_COMPILE_CACHE: data }
    const shell = spawn(hostForTests().program, [root, '--config', config, '--data', data, '--attached', '--report'], { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env, ...somebody })
    let said = ''
    shell.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    const gone = new Promise((done) => shell.once('exit', done))
    try {
      let drawn = false
      for await (const line of createInterface({ input: shell.stdout })) if ((drawn ||= /^\{"drawn":"(?:attract|out-of-service)"/.test(line))) break
      if (!drawn && /No usable sandbox|Operation not permitted/.test(said)) return context.skip('not run here: this machine allows no user namespaces')
      expect(drawn, said).toBe(true)
      const family = await grownFamily(shell)
      expect(family.length).toBeGreaterThan(4)
      expect(listening(family)).toEqual([])
      expect(debuggable(family)).toEqual([])
    } finally {
      shell.stdin.end()
      await gone
    }
  })

  test('and a port of our own would be seen', async () => {
    const { createServer } = await import('node:net')
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    expect(listening([process.pid]).length).toBeGreaterThan(0)
    server.close()
  })
})
