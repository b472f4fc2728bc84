import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isBuilt, root } from '../../../build/sources.ts'
import { createCentre } from '../../../centre/centre.ts'
import { makeOfficeKey } from '../../../centre/office.ts'
import { listen } from '../../../centre/server.ts'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import { makeId003Simulator } from '../../../hardware/bill-validator/id003/simulator.ts'
import { type Clock, realClock } from '../../../hardware/clock.ts'
import { makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { makePrinterSimulator } from '../../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../../hardware/qr-scanner/simulator.ts'
import type { ByteTransport } from '../../../hardware/transport.ts'
import { startBenchDevice } from '../../../main/commands/demo/bench-device.ts'
import { demoConfiguration, type ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { carryOut } from '../../../main/commands/demo/hands.ts'
import { demoHoppers, makeHopperBus } from '../../../main/commands/demo/hopper-bus.ts'
import type { Answer } from '../../../main/contract/commands.ts'
import type { View } from '../../../main/contract/view.ts'
import type { FromBooth, ToBooth, ViewPush } from '../../../main/contract/wire.ts'
import type { LogEvent } from '../../../main/log/log.ts'

/** What is installed in a booth, and starts in half the time; the sources where it was not built of them. */
const [boothEntry, deviceEntry] = (isBuilt() ? (['dist/booth/main.js', 'dist/devices/main.js'] as const) : (['main/booth-entry.ts', 'hardware/host-entry.ts'] as const)).map((file) =>
  join(root, file),
) as [string, string]

/** What stays when the booth's processes die: devices at the ends of real serial lines, the centre, and the folder with the booth's data. */
export interface Surroundings {
  readonly dir: string
  /** The booth's data folder. */
  readonly data: string
  readonly config: string
  /** A hand such as `coin-acceptor insert 500`. */
  hand(line: string): Promise<string>
  /** Puts a coin or a note in once its gate is open; one that comes out again is tried again. */
  insert(value: number): Promise<void>
  /** When the acceptor heard each frame, in milliseconds of the monotonic clock. */
  readonly heard: readonly number[]
  /** Whether the acceptor would take a coin now. */
  isOpen(): Promise<boolean>
  /** Value of all coins that the acceptor took, and of all notes that lie in the stacker. */
  taken(): Promise<number>
  /** Value of all coins that left the hoppers. */
  paidOut(): Promise<number>
  /** How often an application came that the centre had already. */
  sentAgain(): number
  /** Keys of the applications that the centre keeps. */
  kept(): Promise<readonly string[]>
  /** Slips that came out of the printer. */
  slips(): Promise<number>
  close(): Promise<void>
}

/** Starts devices and centre; `data` is a folder of its own when not said. */
export async function surroundings(
  options: { readonly data?: string; readonly hoppers?: boolean; readonly notes?: boolean; readonly change?: (file: ConfigurationFile) => ConfigurationFile } = {},
): Promise<Surroundings> {
  const { change = (file: ConfigurationFile) => file } = options
  const clock = realClock()
  // Its paper moves at twenty times its speed.
  const hurried: Clock = { ...clock, now: clock.now, monotonic: () => clock.monotonic() * 20, after: (ms, act) => clock.after(ms / 20, act) }
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-endurance-'))
  const at = (name: string) => join(dir, name)
  const data = options.data ?? at('data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const storage = sqliteStorage(at('centre.db'))
  const heard: number[] = []
  const timed = (wire: ByteTransport): ByteTransport => ({
    ...wire,
    onData: (listen) =>
      wire.onData((bytes) => {
        heard.push(clock.monotonic())
        listen(bytes)
      }),
  })
  let sentAgain = 0
  const key = makeSigningKey()
  const centre = createCentre({
    key,
    storage: {
      ...storage,
      async keep(arrival) {
        const stored = await storage.keep(arrival)
        if (!stored.isNew) sentAgain += 1
        return stored
      },
    },
    clock,
    operator: { name: 'Test', phone: '03-0000-0000' },
  })
  const [coinAcceptor, hopper, validator, qrScanner, printer, listening, office] = await Promise.all([
    startBenchDevice(at('coin-acceptor'), (wire) => makeCoinAcceptorSimulator(timed(wire), clock), clock),
    options.hoppers ? startBenchDevice(at('hopper'), (wire) => makeHopperBus(wire, clock), clock) : null,
    options.notes ? startBenchDevice(at('bill-validator'), (wire) => makeId003Simulator(wire, clock), clock) : null,
    startBenchDevice(at('qr-scanner'), (wire) => makeQrScannerSimulator(wire, clock), clock),
    startBenchDevice(at('printer'), (wire) => makePrinterSimulator(wire, hurried), clock),
    listen(centre, at('centre.sock')),
    makeOfficeKey('DEMO-office'),
  ])
  const everything = demoConfiguration({
    coinAcceptor: at('coin-acceptor'),
    ...(hopper && { hopper: at('hopper') }),
    ...(validator && { billValidator: at('bill-validator') }),
    qrScanner: at('qr-scanner'),
    printer: at('printer'),
    centre: at('centre.sock'),
    office: office.publicKey,
    receiptKey: key.publicKey,
  })
  const demo = { ...everything, services: { 'jp-mynumber-application': { price: 800 } } }
  const config = at('booth.json')
  writeFileSync(config, JSON.stringify(change({ ...demo, devices: { ...demo.devices, 'coin-acceptor': { path: at('coin-acceptor'), pollMs: 50 } } })))
  copyFileSync(join(root, 'main/commands/demo/pack.json'), at('pack.json'))

  let taken = 0
  const hand = (line: string) => carryOut({ 'coin-acceptor': coinAcceptor, ...(validator && { 'bill-validator': validator }), 'qr-scanner': qrScanner, printer, centre }, line)
  const isOpen = async () => {
    const { mask, open } = JSON.parse(await hand('coin-acceptor counters')) as { readonly mask: number; readonly open: boolean }
    return mask !== 0 && open
  }
  return {
    dir,
    data,
    heard,
    isOpen,
    config,
    hand,
    async insert(value) {
      if (value >= 1000) {
        while ((await hand(`bill-validator insert ${value}`)) !== 'taken in') await moment()
        return
      }
      // The gate opens a moment after the screen says so, and may close before the coin is there.
      do await moment()
      while (!(await isOpen()) || !(await hand(`coin-acceptor insert ${value}`)).startsWith('accepted'))
      taken += value
    },
    async taken() {
      if (!validator) return taken
      const { stacked } = JSON.parse(await validator.hand('counters')) as { readonly stacked: Readonly<Record<string, number>> }
      return taken + 1000 * Object.values(stacked).reduce((sum, count) => sum + count, 0)
    },
    async paidOut() {
      if (!hopper) return 0
      const left = await Promise.all(
        demoHoppers.map(async ({ address, coin }) => (JSON.parse(await hopper.hand(`${address} counters`)) as { readonly left: number }).left * Number(coin.slice(2, 5))),
      )
      return left.reduce((sum, value) => sum + value, 0)
    },
    sentAgain: () => sentAgain,
    kept: async () => (await storage.list(100_000)).map(({ envelope }) => envelope.key),
    slips: async () => Number(/(\d+) slips cut/.exec(await hand('printer state'))?.[1]),
    async close() {
      await Promise.all([coinAcceptor.stop(), hopper?.stop(), validator?.stop(), qrScanner.stop(), printer.stop(), listening.close()])
      await centre.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Lets a moment of real time pass; what is waited for is asked for again after it. */
export const moment = (ms = 5) => new Promise<void>((done) => void realClock().after(ms, done))

/** One life of the booth's two processes. */
export interface Life {
  readonly logged: readonly LogEvent[]
  /** Every view since the start. */
  readonly views: readonly View[]
  /** What is shown now; null before the first view and after the end. */
  push(): ViewPush | null
  say(name: string, input: unknown): Promise<Answer>
  /** Waits for a view that `fits`; throws when the booth ends or shows none for 90 s. */
  shows(fits: (view: View) => boolean): Promise<View>
  /** Resolves when something was shown that is not `revision`, or the booth has ended. */
  changed(revision: number): Promise<void>
  signal(signal: NodeJS.Signals): void
  /** How it ended: exit code or signal. */
  readonly gone: Promise<number | NodeJS.Signals>
  isGone(): boolean
  /** Ends it in order, if it has not ended. */
  stop(): Promise<void>
}

const longestMs = 90_000

/** Starts the booth and its devices as the shell does. `wrapper` is put before the booth's command line. */
export function liveOnce(place: Pick<Surroundings, 'config' | 'data'>, wrapper: readonly string[] = []): Life {
  const clock = realClock()
  const logged: LogEvent[] = []
  const views: View[] = []
  let said = ''
  let push: ViewPush | null = null
  let ended = false
  let lastId = 0
  const answers = new Map<number, (answer: Answer) => void>()
  const watchers = new Set<() => void>()
  const wake = () => {
    for (const watcher of watchers) watcher()
  }

  const start = (command: readonly string[]): ChildProcess => {
    const [program = '', ...args] = command
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true })
    createInterface({ input: child.stderr as NonNullable<typeof child.stderr> }).on('line', (line) => {
      said += `${line}\n`
      if (line.startsWith('{')) logged.push(JSON.parse(line) as LogEvent)
    })
    return child
  }
  /** How it ended, once everything that it said was heard. */
  const goneOf = async (child: ChildProcess) => {
    const silent = new Promise<void>((done) => child.stderr?.once('close', done))
    const how = await new Promise<number | NodeJS.Signals>((done) => child.once('exit', (code, signal) => done(code ?? signal ?? 'SIGKILL')))
    await silent
    return how
  }

  const booth = start([...wrapper, process.execPath, boothEntry, '--config', place.config, '--data', place.data])
  const devices = start([process.execPath, deviceEntry, '--config', place.config])
  const devicesGone = goneOf(devices)
  const tell = (message: ToBooth) => void (booth.connected && booth.send(message, () => {}))
  devices.on('message', (message) => {
    if ((message as { readonly kind: string }).kind !== 'alive') tell({ kind: 'device', message })
  })
  booth.on('message', (raw) => {
    const message = raw as FromBooth
    if (message.kind === 'device' && devices.connected) devices.send(message.command as object, () => {})
    else if (message.kind === 'answer') answers.get(message.id)?.(message.answer)
    else if (message.kind === 'view') {
      push = message.push
      views.push(push.view)
      wake()
    }
  })
  // Devices never outlive their booth.
  const gone = goneOf(booth).then(async (how) => {
    if (devices.connected) devices.disconnect()
    await devicesGone
    ended = true
    push = null
    for (const answer of answers.values()) answer({ ok: false, error: { code: 'no-booth' } })
    wake()
    return how
  })

  const until = (holds: () => boolean) =>
    new Promise<void>((done, failed) => {
      const leave = () => {
        watchers.delete(look)
        cancel()
      }
      const cancel = clock.after(longestMs, () => {
        leave()
        failed(new Error(`stuck at ${JSON.stringify(push?.view).slice(0, 300)}; it said:\n${said.slice(-2000)}`))
      })
      const look = () => {
        if (!holds()) return
        leave()
        done()
      }
      watchers.add(look)
      look()
    })

  const life: Life = {
    logged,
    views,
    push: () => push,
    say(name, input) {
      if (ended) return Promise.resolve({ ok: false, error: { code: 'no-booth' } })
      lastId += 1
      const id = lastId
      return new Promise((done) => {
        answers.set(id, done)
        tell({ kind: 'request', id, role: 'resident', name, input })
      })
    },
    async shows(fits) {
      let found: View | null = null
      // The view that fitted counts: on a busy machine the next ones may be here before anybody looks.
      await until(() => ended || (push !== null && fits(push.view) && (found = push.view) !== null))
      if (!found) throw new Error(`the booth has ended; it said:\n${said.slice(-2000)}`)
      return found
    },
    changed: (revision) => until(() => ended || (push !== null && push.revision !== revision)),
    signal: (signal) => void booth.kill(signal),
    gone,
    isGone: () => ended,
    async stop() {
      tell({ kind: 'stop' })
      const cancel = clock.after(longestMs, () => booth.kill('SIGKILL'))
      await gone
      cancel()
    },
  }
  void life.say('camera', { state: 'ready' })
  return life
}
