import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startPrivatePcscd, type PrivatePcscd } from '../../support/private-pcscd.ts'
import { until } from '../../support/until.ts'

type Line = Readonly<Record<string, unknown>>


/** A program of ours that sees the private pcscd. */
export interface Program {
  readonly lines: readonly Line[]
  readonly ended: Promise<number | null>
  write(line: string): void
  end(): void
  interrupt(): void
  kill(): void
  complaints(): string
  of(event: string): readonly Line[]
}

/** A pcscd for the tests of a file: cards are inserted into it and our commands run beside it. After each test its slots are empty again. */
export function cardStand() {
  let pcscd: PrivatePcscd
  const running: Program[] = []
  const stand = {
    pcscd: () => pcscd,
    run(command: string, words: readonly string[]): Program {
      const file = fileURLToPath(new URL(`../../../main/commands/${command}.ts`, import.meta.url))
      const child = pcscd.spawn(process.execPath, [file, ...words])
      const lines: Line[] = []
      let complaints = ''
      child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
      child.stdin.on('error', () => {})
      createInterface({ input: child.stdout }).on('line', (line) => void lines.push(JSON.parse(line) as Line))
      const ended = new Promise<number | null>((done) => void child.once('close', done))
      const program: Program = {
        lines,
        ended,
        write: (line) => void child.stdin.write(`${line}\n`),
        end: () => void child.stdin.end(),
        interrupt: () => void child.kill('SIGINT'),
        kill: () => void child.kill('SIGKILL'),
        complaints: () => complaints,
        of: (event) => lines.filter((line) => line['event'] === event),
      }
      running.push(program)
      return program
    },
    reader: (act: string, ...words: readonly string[]) => stand.run('device', ['card-reader', '--reader', 'Virtual PCD', act, ...words]),
    async insert(profile: string, port = pcscd.port): Promise<Program> {
      const card = stand.run('simulator', ['card', '--profile', profile, '--port', String(port)])
      await until(() => expect(card.of('ready')).toHaveLength(1))
      return card
    },
    /** Waits until pcscd sees no card, or one. */
    async slots(full: boolean): Promise<void> {
      const seen = async () => (await pcscd.run('opensc-tool', ['-l'])).out.toString().includes(' Yes ')
      await until(async () => expect(await seen()).toBe(full), 150)
    },
  }
  beforeAll(async () => {
    pcscd = await startPrivatePcscd()
  })
  afterEach(async () => {
    for (const program of running.splice(0)) program.kill()
    await stand.slots(false)
  })
  afterAll(() => pcscd.stop())
  return stand
}

/** Does something to a card, and gives the simulator's answer. */
export async function hand(card: Program, line: string): Promise<string> {
  const before = card.of('hand').length
  card.write(line)
  await until(() => expect(card.of('hand').length).toBeGreaterThan(before))
  return String(card.of('hand')[before]?.['answer'])
}

/** What a watching reader has said of cards. */
export const states = (program: Program) => program.of('card').map(({ state }) => state)
/** What was done to a card, in short. */
export const summary = async (card: Program) => JSON.parse(await hand(card, 'summary')) as Line
