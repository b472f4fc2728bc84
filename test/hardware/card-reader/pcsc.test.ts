import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startPrivatePcscd, type PrivatePcscd } from '../../support/private-pcscd.ts'

/** The real driver through the real pcscd, against virtual cards behind vpcd. */
let pcscd: PrivatePcscd
beforeAll(async () => {
  pcscd = await startPrivatePcscd()
})
afterAll(() => pcscd.stop())

type Line = Readonly<Record<string, unknown>>
const running: { kill(): void }[] = []
afterEach(async () => {
  for (const child of running.splice(0)) child.kill()
  await freeReaders()
})

function run(command: string, words: readonly string[]) {
  const file = fileURLToPath(new URL(`../../../main/commands/${command}.ts`, import.meta.url))
  const child = pcscd.spawn(process.execPath, [file, ...words])
  const lines: Line[] = []
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', (line) => void lines.push(JSON.parse(line) as Line))
  const ended = new Promise<number | null>((done) => void child.once('close', done))
  const program = {
    lines,
    ended,
    write: (line: string) => void child.stdin.write(`${line}\n`),
    end: () => void child.stdin.end(),
    interrupt: () => void child.kill('SIGINT'),
    kill: () => void child.kill('SIGKILL'),
    complaints: () => complaints,
    of: (event: string) => lines.filter((line) => line['event'] === event),
  }
  running.push(program)
  return program
}
type Program = ReturnType<typeof run>
const until = (look: () => void) => vi.waitFor(look, { timeout: 15_000, interval: 10 })

async function insert(profile: string, port = pcscd.port) {
  const card = run('simulator', ['card', '--profile', profile, '--port', String(port)])
  await until(() => expect(card.of('ready')).toHaveLength(1))
  return card
}
/** Does something to a card, and gives the simulator's answer. */
async function hand(card: Program, line: string): Promise<string> {
  const before = card.of('hand').length
  card.write(line)
  await until(() => expect(card.of('hand').length).toBeGreaterThan(before))
  return String(card.of('hand')[before]?.['answer'])
}
const reader = (act: string, ...words: readonly string[]) => run('device', ['card-reader', '--reader', 'Virtual PCD', act, ...words])
const states = (program: Program) => program.of('card').map(({ state }) => state)
/** The slots are empty for pcscd too. */
async function freeReaders() {
  await until(async () => {
    const seen = await pcscd.run('opensc-tool', ['-l'])
    expect(seen.out.toString()).not.toMatch(/ Yes /)
  })
}
const summary = async (card: Program) => JSON.parse(await hand(card, 'summary')) as Line
const untouched = { denied: [], spent: {}, end: 'reset' }

describe('a reader behind pcscd', { timeout: 40_000 }, () => {
  it('tells each kind of card apart, touches nothing that it must not, spends no try, and resets the card at the end', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    const expected = [
      ['my-number', { kind: 'my-number', token: 'card', signature: true, authentication: { problem: null }, tries: { authentication: 3, signature: 5 } }],
      ['phone-token', { kind: 'my-number', token: 'phone' }],
      ['juki-card', { kind: 'my-number', token: 'juki' }],
      ['moica-1', { kind: 'moica', generation: 1, number: 'TP••••••••••9901', certificates: [{ problem: null }, { problem: null }] }],
      ['moica-2', { kind: 'moica', generation: 2, number: 'TP••••••••••9902', certificates: [{ problem: null }, { problem: null }] }],
      ['nhi', { kind: 'health-insurance' }],
      ['unknown', { kind: 'unknown', atrHash: createHash('sha256').update(Buffer.from('3b80800101', 'hex')).digest('hex').slice(0, 16) }],
    ] as const
    for (const [index, [profile, facts]] of expected.entries()) {
      if (index > 0) {
        await hand(card, 'remove')
        await until(() => expect(states(watch).at(-1)).toBe('absent'))
        await hand(card, `swap ${profile}`)
        await hand(card, 'forget')
        await hand(card, 'insert')
      }
      await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', card: index + 1, facts }))
      await until(async () => expect(await summary(card)).toMatchObject(untouched))
    }
    watch.interrupt()
    expect(await watch.ended).toBe(0)
    expect(watch.of('identity')).toMatchObject([{ device: 'card-reader', product: expect.stringMatching(/^Virtual PCD/) as unknown }])
  })

  it('check: 0 for a card that the booth knows, 1 for another one, and 1 for none', async () => {
    const none = reader('check')
    expect(await none.ended).toBe(1)
    const card = await insert('my-number')
    const known = reader('check')
    expect(await known.ended).toBe(0)
    expect(known.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { kind: 'my-number' } })
    expect(await summary(card)).toMatchObject(untouched)
    await hand(card, 'remove')
    await freeReaders()
    await hand(card, 'swap unknown')
    await hand(card, 'insert')
    await until(async () => expect((await pcscd.run('opensc-tool', ['-l'])).out.toString()).toMatch(/ Yes /))
    const other = reader('check')
    expect(await other.ended).toBe(1)
    const missing = run('device', ['card-reader', '--reader', 'No Such Reader', 'check'])
    expect(await missing.ended).toBe(1)
    expect(missing.of('fault')).toMatchObject([{ fault: 'card-reader-lost' }])
  })

  it('apdu sends what the allow-list lets through and nothing else, and never repeats a PIN on the screen', async () => {
    const card = await insert('my-number')
    const allowed = reader('apdu', '00A4040C0AD392F000260100000001', '00 A4 02 0C 02 00 18', '00200080', '00:20:00:80:04:30:30:30:30')
    expect(await allowed.ended).toBe(0)
    expect(allowed.of('apdu').map(({ status }) => status)).toEqual(['9000', '9000', '63c3', '63c2'])
    expect(JSON.stringify(allowed.lines)).not.toContain('30303030')
    await hand(card, 'forget')
    const denied = reader('apdu', '00A4040C0AD3921000310001010402', '00A4040C0AD3921000310001010408', '00A4020C020001', '00B0810000', '00A4020C020002')
    expect(await denied.ended).toBe(1)
    expect(denied.of('apdu').map(({ status, reason }) => status ?? reason)).toEqual(['refused', '9000', 'refused', 'refused', '9000'])
    expect(await summary(card)).toMatchObject({ apdus: 2, ...untouched })
  })

  it('A13 two cards in two slots are one too many', async () => {
    await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch)).toContain('checked'))
    const second = await insert('nhi', pcscd.port + 1)
    await until(() => expect(states(watch).at(-1)).toBe('several'))
    await hand(second, 'remove')
    await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { kind: 'my-number' } }))
  })

  it('a card torn out in the middle of a command is told as gone, and read whole when it is back', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    for (const [round, tear] of ['during', 'unanswered'].entries()) {
      await hand(card, 'remove')
      await until(() => expect(states(watch).at(-1)).toBe('absent'))
      await hand(card, `at ${4 + round * 8} tear ${tear}`)
      await hand(card, 'insert')
      await until(() => expect(states(watch).slice(-2)).toEqual(expect.arrayContaining(['failed', 'absent'])))
      expect(watch.of('card').findLast(({ state }) => state === 'failed')?.['reason']).toMatch(/^(no-card|card-error)$/)
      await hand(card, 'normal')
      await hand(card, 'remove')
      await hand(card, 'insert')
      await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { tries: { authentication: 3, signature: 5 } } }))
    }
    expect(await summary(card)).toMatchObject({ denied: [], spent: {} })
  })

  it('a reader that another program holds is told as busy, and is taken as soon as it is free', async () => {
    await insert('my-number')
    const holder = reader('apdu')
    await until(() => expect(holder.of('identity')).toHaveLength(1))
    const watch = reader('watch')
    await until(() => expect(watch.of('fault')).toMatchObject([{ fault: 'card-reader-busy' }]))
    expect(watch.of('card').at(-1)).toMatchObject({ state: 'failed', reason: 'busy' })
    holder.end()
    expect(await holder.ended).toBe(0)
    await until(() => expect(watch.of('fault-cleared')).toMatchObject([{ fault: 'card-reader-busy' }]))
  })

  it('a card that never answers is told to be taken out after 5 s, and keeps nobody from ending', async () => {
    const card = await insert('my-number')
    await hand(card, 'at 3 mute')
    const watch = reader('watch')
    await until(() => expect(watch.of('card').slice(-2)).toMatchObject([{ state: 'silent' }, { state: 'failed', reason: 'no-answer' }]))
    await hand(card, 'remove')
    await until(() => expect(states(watch).at(-1)).toBe('absent'))
    await hand(card, 'normal')
    await hand(card, 'insert')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    await hand(card, 'remove')
    await until(() => expect(states(watch).at(-1)).toBe('absent'))
    await hand(card, 'mute')
    await hand(card, 'insert')
    await until(() => expect(states(watch).at(-1)).toBe('present'))
    const asked = performance.now()
    watch.interrupt()
    await watch.ended
    expect(performance.now() - asked).toBeLessThan(4000)
  })

  it('F47 when the card service dies the reader is lost with its reason, and found again by itself within two seconds of its return', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    await pcscd.kill()
    await until(() => expect(watch.of('fault').at(-1)).toMatchObject({ fault: 'card-service-lost' }))
    expect(states(watch).at(-1)).toBe('absent')
    await pcscd.start()
    const since = performance.now()
    await until(() => expect(watch.of('state').at(-1)).toMatchObject({ state: 'ready' }))
    expect(performance.now() - since).toBeLessThan(3000)
    await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { kind: 'my-number' } }))
    expect(await summary(card)).toMatchObject({ denied: [], spent: {} })
    expect(watch.complaints()).not.toMatch(/Error/)
  })
})
