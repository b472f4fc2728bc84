import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sayAlive } from '../hardware/alive.ts'
import { type Clock, realClock } from '../hardware/clock.ts'
import { endAtBug } from '../hardware/end-at-bug.ts'
import { outliveLog } from '../hardware/outlive-log.ts'
import { isPseudoTerminal } from '../hardware/transports/pseudo-terminal.ts'
import type { DeviceCommand, DeviceHost, HostMessage } from '../hardware/wire.ts'
import { benchLink } from './bench-link.ts'
import { createBooth, type Booth } from './booth.ts'
import type { Configuration } from './config/configuration.ts'
import { chooseRulebook, keepRulebook } from './config/choose-rulebook.ts'
import { judgeEditions } from './config/editions.ts'
import { placeOf } from './config/installed-packs.ts'
import { chooseConfiguration, keepLastGood } from './config/last-good.ts'
import { forgetRefusedInstalls, refusedInstalls } from './config/refused-installs.ts'
import { readForm } from './config/read-form.ts'
import type { SheetPage } from './contract/sheet.ts'
import type { FromBooth } from './contract/wire.ts'
import { canRemember, watchDisk } from './disk/watch-disk.ts'
import { openJournal } from './journal/open-journal.ts'
import { limitedLog } from './log/limited-log.ts'
import { jsonLog } from './log/log.ts'
import { areFaceFilesWhole } from './photo/face-files.ts'
import { civilDateAt } from './rulebook/civil-date.ts'
import { httpExchange } from './submissions/http-exchange.ts'
import type { RefusedOffer } from './session/records.ts'
import { readShellMessage } from './shell-message.ts'
import { openKeys } from './vault/keys.ts'
import { randomHex } from './vault/numbers.ts'
import { version } from './version.ts'

/** Exit code of a start that no restart can mend (sysexits EX_CONFIG): the shell gives up and shows what was said. */
const exitConfiguration = 78
/** Exit code of a second copy (sysexits EX_CANTCREAT): the shell ends with it. */
const exitInUse = 73
/** Exit code of a booth that does not know what its disk holds (sysexits EX_IOERR): the next one looks, and settles what was open. */
const exitUnsure = 74

const megabyte = 1024 * 1024
const tryDiskAgainMs = 2_000

/** Why this configuration must not be started; null when it may. In a demonstration real money is never met: every port that moves money must be a pseudo-terminal. */
function startObstacle(configuration: Configuration): string | null {
  if (configuration.mode !== 'demo') return null
  for (const device of ['coin-acceptor', 'hopper', 'bill-validator'] as const) {
    const path = configuration.devices[device]?.path
    if (path !== undefined && !isPseudoTerminal(path)) return `devices.${device}.path: ${path} is not a pseudo-terminal, and a demo booth never meets real money`
  }
  return null
}

/** What the journal keeps of what was refused: as much as tells it apart, however much of it is wrong. */
function refusedOffers(what: RefusedOffer['what'], problems: readonly Omit<RefusedOffer, 'what'>[]): readonly RefusedOffer[] {
  return problems.slice(0, 8).map(({ file, path, reason }) => ({ what, file: file.slice(0, 300), path: path.slice(0, 200), reason: reason.slice(0, 200) }))
}

/** Calls `then` once the disk under `data` keeps what is written again. */
async function onceItRemembers(data: string, clock: Clock, then: () => void): Promise<void> {
  do await new Promise<void>((done) => void clock.after(tryDiskAgainMs, done))
  while (!(await canRemember(data)))
  then()
}

/** Devices of another process, reached through the shell. */
function remoteDevices(send: (message: FromBooth) => void): DeviceHost & { heard(message: HostMessage): void } {
  let listener: (message: HostMessage) => void = () => {}
  return {
    send: (command: DeviceCommand) => send({ kind: 'device', command }),
    onMessage(listen) {
      listener = listen
    },
    heard: (message) => listener(message),
    stop: () => Promise.resolve(),
  }
}

/** The shell's browser engine, which draws sheets as PDF: a question a number, an answer each. */
function remotePress(send: (message: FromBooth) => void): { draw(page: SheetPage): Promise<Uint8Array | null>; drawn(id: number, pdfBase64: string | null): void } {
  const waiting = new Map<number, (pdf: Uint8Array | null) => void>()
  let lastId = 0
  return {
    draw(page) {
      lastId += 1
      const id = lastId
      send({ kind: 'draw-sheet', id, page })
      return new Promise((done) => waiting.set(id, done))
    },
    drawn(id, pdfBase64) {
      waiting.get(id)?.(pdfBase64 === null ? null : Buffer.from(pdfBase64, 'base64'))
      waiting.delete(id)
    },
  }
}

/**
 * The booth process: `--config FILE --data DIR`, spoken to in JSON over its parent's channel. It ends in order (coins inhibited, the running record
 * finished, the journal's head signed) at `stop`, SIGTERM, or the end of that channel. `--pages DIR` says which built pages its parent shows, `--electron` and `--chromium`
 * in which versions. With `--choose` it only prints which file it would run on.
 */
export async function runBooth(words: readonly string[]): Promise<void> {
  const options = { config: { type: 'string' }, data: { type: 'string' }, pages: { type: 'string' }, electron: { type: 'string' }, chromium: { type: 'string' }, choose: { type: 'boolean' } } as const
  const { values } = parseArgs({ args: [...words], options })
  const { config, data } = values
  if (config === undefined || data === undefined) throw new Error('usage: booth-entry --config FILE --data DIR [--pages DIR] [--electron VERSION] [--chromium VERSION] [--choose]')
  if (values.choose) {
    process.stdout.write(`${(await chooseConfiguration(config, data)).file}\n`)
    return
  }
  const clock = realClock()
  const log = limitedLog(jsonLog(clock.now, (line) => void process.stderr.write(line)), clock)
  outliveLog()
  endAtBug((stack) => log({ event: 'process-failed', stack }), process.exit)
  const refuse = (reason: string, code = exitConfiguration) => {
    log({ event: 'start-refused', reason })
    process.exit(code)
  }

  const { read, refused, signed, refusedPacks } = await chooseConfiguration(config, data)
  for (const problem of read.ok ? refused : read.problems) log({ event: 'configuration-refused', ...problem })
  for (const problem of read.ok ? refusedPacks : []) log({ event: 'pack-refused', ...problem })
  if (!read.ok) return refuse('configuration')
  const { configuration, pack } = read
  const obstacle = startObstacle(configuration)
  if (obstacle) return refuse(obstacle)
  if (refused.length === 0) {
    try {
      keepLastGood(config, data, read.texts)
    } catch (error) {
      log({ event: 'effect-failed', effect: 'keep-configuration', code: (error as NodeJS.ErrnoException).code ?? 'error' })
    }
  }
  if (signed) log({ event: 'pack', version: signed.manifest.version, issued: signed.manifest.issued })
  const place = placeOf(config, signed)
  const keys = openKeys(join(data, 'keys'), { demo: configuration.mode === 'demo' })
  if (!keys.ok) return refuse(`${keys.file}: ${keys.reason}`)
  const unsure = () => process.exit(exitUnsure)
  const opened = (await canRemember(data))
    ? openJournal({ file: join(data, 'journal.db'), keys: keys.keys, clock })
    : ({ ok: false, fault: 'disk-failing', reason: 'no-access', detail: 'what is written to the disk cannot be read back' } as const)
  if (!opened.ok) {
    log({ event: 'journal-refused', reason: opened.reason, detail: opened.detail })
    if (opened.reason === 'in-use') return refuse('another booth has this data folder', exitInUse)
  }

  const chosen = await chooseRulebook(configuration, place, data, civilDateAt(clock.now(), 'Asia/Tokyo'))
  if (chosen.refused) log({ event: 'rulebook-refused', ...chosen.refused })
  try {
    if (chosen.toKeep !== null) keepRulebook(data, chosen.toKeep)
  } catch (error) {
    log({ event: 'effect-failed', effect: 'keep-rulebook', code: (error as NodeJS.ErrnoException).code ?? 'error' })
  }
  log({ event: 'rulebook', version: chosen.rulebook.version, issued: chosen.rulebook.issued, from: chosen.from })

  // What was refused already has said which one is missing.
  const editions = judgeEditions(opened.ok ? opened.journal.newestEditions() : { pack: 0, rulebook: 0 }, {
    ...(configuration.packs && refused.length + refusedPacks.length === 0 && { pack: signed?.manifest.version ?? 0 }),
    ...(configuration.rulebook && !chosen.refused && { rulebook: chosen.rulebook.version }),
  })
  for (const { what, file, path, reason } of editions.gone) log({ event: `${what}-refused`, file, path, reason, refusal: 'older' })

  const send = (message: FromBooth) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
  }
  const devices = remoteDevices(send)
  const press = remotePress(send)
  const booth: Booth = createBooth({
    clock,
    configuration,
    pack,
    version,
    engine: values.electron === undefined ? undefined : { electron: values.electron, chromium: values.chromium ?? '' },
    log,
    rulebook: chosen.rulebook,
    faults: [
      ...(refused.length > 0 ? ['configuration-last-good' as const] : []),
      ...(refusedPacks.length > 0 ? ['pack-refused' as const] : []),
      ...chosen.faults,
      ...editions.gone.map(({ what }) => `${what}-refused` as const),
      ...((await areFaceFilesWhole(values.pages ?? null)) ? [] : ['photo-models-altered' as const]),
    ],
    refused: [
      ...refusedOffers('configuration', refused),
      ...refusedOffers('pack', refusedPacks),
      ...refusedOffers('pack', refusedInstalls(data)),
      ...refusedOffers('rulebook', chosen.refused ? [chosen.refused] : []),
      ...editions.gone.map(({ what, file, path, reason }) => ({ what, file, path, reason })),
    ],
    editions: editions.fresh,
    journal: opened,
    keys: keys.keys,
    disk: watchDisk(data, { reserveBytes: configuration.disk.reserveMb * megabyte, lowBytes: configuration.disk.lowMb * megabyte }, clock),
    onUnsure: unsure,
    onRestart: () => void end(),
    sealedDir: join(data, 'sealed'),
    devices,
    exchange: httpExchange(configuration.centre.address, configuration.centre.tls),
    chance: () => randomHex(32),
    drawSheet: press.draw,
    form: (name) => readForm(place, configuration.forms, name),
    bench: configuration.bench ? benchLink(configuration.bench.socket, clock) : null,
  })
  if (opened.ok) forgetRefusedInstalls(data)
  sayAlive(clock)
  if (!opened.ok && opened.reason === 'no-access') void onceItRemembers(data, clock, unsure)

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await booth.stop()
    log({ event: 'booth-stopped' })
    process.exit(0)
  }
  const heard = async (said: unknown) => {
    const message = readShellMessage(said)
    if (!message) return log({ event: 'message-refused' })
    if (message.kind === 'device') devices.heard(message.message)
    else if (message.kind === 'page-lost') booth.pageLost()
    else if (message.kind === 'screen-fault') booth.screenFault(message.held)
    else if (message.kind === 'keys-typed') booth.keysTyped()
    else if (message.kind === 'devices-lost') booth.devicesLost()
    else if (message.kind === 'sheet-drawn') press.drawn(message.id, message.pdfBase64)
    else if (message.kind === 'stop') await end()
    else send({ kind: 'answer', id: message.id, answer: await booth.request(message.role, message.name, message.input) })
  }
  let summary = ''
  booth.subscribe((push) => send({ kind: 'view', push }))
  booth.onDevices((summaries) => {
    const next = JSON.stringify(summaries)
    if (next !== summary) send({ kind: 'devices', devices: summaries })
    summary = next
  })
  process.on('message', (message) => void heard(message))
  process.on('disconnect', () => void end())
  process.on('SIGTERM', () => void end())
  // Said last: whoever hears it may end the process in order.
  log({ event: 'booth-started', version, mode: configuration.mode })
}
