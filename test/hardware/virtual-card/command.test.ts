import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCardState } from '../../../hardware/card-reader/simulator.ts'
import { newCardState } from '../../../hardware/card-reader/virtual-card/make-card.ts'
import { now } from './bench.ts'

const command = fileURLToPath(new URL('../../../main/commands/simulator.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cardbooth-card-'))
const at = (name: string) => join(folder, name)
/** Somebody who takes cards and never asks them anything. */
let reader: Server
beforeAll(async () => {
  reader = createServer((socket) => void socket.on('error', () => socket.destroy()))
  await new Promise<void>((listening) => reader.listen(at('reader'), listening))
})
afterAll(() => {
  reader.close()
  rmSync(folder, { recursive: true, force: true })
})

function simulator(...words: readonly string[]) {
  const child = spawn(process.execPath, [command, 'card', ...words], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder } })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const ended = new Promise<{ readonly code: number | null; readonly complaint: string }>((done) => child.once('close', (code) => done({ code, complaint })))
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), ended }
}

describe('npm run simulator -- card', () => {
  it('is refused with exit code 2 and the reason', async () => {
    writeFileSync(at('no-card.json'), '{"profile":"my-number"}')
    writeFileSync(at('moica.json'), JSON.stringify(newCardState('moica-1', now)))
    const tries = [
      ['nobody takes cards there', ['--port', 'nowhere']],
      ['--profile: expected my-number, ', ['--port', 'reader', '--profile', 'visa']],
      ['not a virtual card', ['--port', 'reader', '--card', 'no-card.json']],
      ['that card is a moica-1', ['--port', 'reader', '--card', 'moica.json']],
      ['usage: ', []],
    ] as const
    const ends = await Promise.all(tries.map(([, words]) => simulator(...words).ended))
    expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
    for (const [index, [reason]] of tries.entries()) expect(ends[index]?.complaint).toContain(reason)
  })

  it('inserts a card, takes hands, keeps its memory in a file, and ends in order', async () => {
    const { child, lines, ended } = simulator('--port', 'reader', '--card', 'card.json')
    const next = async () => JSON.parse(((await lines.next()).value as string | undefined) ?? '{}') as Readonly<Record<string, unknown>>
    expect(await next()).toMatchObject({ event: 'ready', device: 'card', port: at('reader') })
    expect(readCardState(readFileSync(at('card.json'), 'utf8'))?.pins['authentication']?.left).toBe(3)
    child.stdin.write('tries authentication 1\nnonsense\n')
    expect(await next()).toMatchObject({ ok: true, answer: 'authentication: 1 of 3 tries left' })
    expect(await next()).toMatchObject({ ok: false })
    expect(readCardState(readFileSync(at('card.json'), 'utf8'))?.pins['authentication']?.left).toBe(1)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })
})
