import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrivatePcscd, type PrivatePcscd } from '../../support/private-pcscd.ts'

type Seen = Readonly<Record<string, unknown>>

let pcscd: PrivatePcscd
const seen = new Map<string, Seen>()
let exit: number | null = -1
let complaints = ''

beforeAll(async () => {
  pcscd = await startPrivatePcscd()
  const script = fileURLToPath(new URL('bare-pcsclite.ts', import.meta.url))
  const child = pcscd.spawn(process.execPath, [script, String(pcscd.port)])
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const ended = new Promise<number | null>((done) => void child.once('close', done))
  for await (const line of createInterface({ input: child.stdout })) {
    const { situation, ...rest } = JSON.parse(line) as Seen & { readonly situation: string }
    if (situation !== 'please') seen.set(situation, rest)
    else {
      await (rest['what'] === 'kill' ? pcscd.kill() : pcscd.start())
      child.stdin.write('done\n')
    }
  }
  exit = await ended
})
afterAll(() => pcscd.stop())

describe('what pcsclite 1.0.1 does by itself', () => {
  const names = ['Virtual PCD 00 00', 'Virtual PCD 00 01']

  /** What was told, each once: a status may be told again at any time. */
  const told = (situation: string) => [...new Set(seen.get(situation)?.['order'] as readonly string[])].toSorted()
  const bothReaders = [...names.map((name) => `reader ${name}`), ...names.map((name) => `status ${name}`)]

  it('tells two slots as two readers, and a status of each', () => {
    expect(told('two slots')).toEqual(bothReaders)
  })

  it('gives the state as a mask, and counts insertions in its upper half', () => {
    expect(seen.get('status')).toMatchObject({ present: true, mute: false, counter: 1, atr: '3bda13ff8131fb468012392f31c173c601c03b' })
  })

  it('connects exclusively, and names the protocol that transmit wants', () => {
    expect(seen.get('connect')).toEqual({ error: null, value: 2, answer: '9000' })
  })

  it('loses an answer that is longer than its buffer', () => {
    expect(seen.get('buffer too small')?.['error']).toBe('0x80100008')
  })

  it('says of a reader that another program holds, both ways round: sharing violation', () => {
    expect(seen.get('a second client, shared')?.['error']).toBe('0x8010000b')
    expect(seen.get('a second client, exclusive')?.['error']).toBe('0x8010000b')
  })

  it('resets the card when told to at the end', () => {
    expect(seen.get('reset at the end')?.['heard']).toContain('reset')
  })

  it('waits for ever for a card that does not answer, in a thread of its own', () => {
    expect(seen.get('silent card')).toEqual({ answered: false, beats: 60 })
  })

  it('answers nothing, without an error, for a card that was torn out', () => {
    expect(seen.get('torn out in a command')).toEqual({ error: null, length: 0 })
  })

  it('stays connected after a tear-out, and then connects to nothing', () => {
    expect(seen.get('after a tear-out')).toEqual({ connected: true, error: null, protocol: null })
  })

  it('tells the death of pcscd as an error and an end of each reader, after a last status at most, and throws while there is none', () => {
    const order = seen.get('pcscd dies')?.['order'] as readonly string[]
    expect(order.filter((line) => !line.startsWith('status'))).toEqual(['reader end', 'reader end', 'reader error', 'reader error', expect.stringMatching(/^root error 0x801000/)])
    expect(seen.get('no pcscd')).toEqual({ thrown: '0x8010001d' })
  })

  it('finds the readers again in a new instance only', () => {
    expect(told('a new instance')).toEqual(bothReaders)
  })

  it('says nothing by itself on standard error', () => {
    expect(exit).toBe(0)
    expect(complaints).toBe('')
  })
})
