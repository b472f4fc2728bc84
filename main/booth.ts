import type { Clock } from '../hardware/clock.ts'
import { deviceKinds } from '../hardware/device.ts'
import type { FaultCode } from '../hardware/faults.ts'
import type { DeviceHost } from '../hardware/wire.ts'
import { answerRequests } from './answer-requests.ts'
import type { Configuration } from './config/configuration.ts'
import type { BrowserEngine } from './diagnostics/browser-engine.ts'
import { makeReport } from './diagnostics/report.ts'
import { packMessages, type OperatorPack } from './config/operator-pack.ts'
import type { Answer, Role } from './contract/commands.ts'
import type { Catalogue, Language } from './contract/language.ts'
import type { SheetPage } from './contract/sheet.ts'
import type { SendResult } from './contract/submission.ts'
import type { DeviceSummary, ViewPush } from './contract/wire.ts'
import type { Disk } from './disk/watch-disk.ts'
import { createEffects, type MakePhoto } from './effects.ts'
import { handOverPhotos } from './hand-over-photos.ts'
import { catalogueOf } from './i18n/catalogue.ts'
import { faultWords } from './i18n/fault-words.ts'
import type { Journal } from './journal/journal.ts'
import { keepJournal } from './keep-journal.ts'
import type { Log } from './log/log.ts'
import { checkCamera, leastEyesOf } from './photo/calibration.ts'
import { createPhotographer } from './photo/photographer.ts'
import { civilDateAt } from './rulebook/civil-date.ts'
import type { Rulebook } from './rulebook/rulebook.ts'
import type { Inquiry, Reply } from './services/service.ts'
import type { Edition, Recovered, RefusedOffer } from './session/records.ts'
import { createRunner } from './session/runner.ts'
import { initialState, type State } from './session/state.ts'
import { view } from './session/view.ts'
import { cardClient } from './submissions/card-client.ts'
import { centreClient } from './submissions/centre-client.ts'
import { listenToCentre } from './listen-to-centre.ts'
import type { OutboxItem } from './submissions/envelope.ts'
import type { Exchange } from './submissions/exchange.ts'
import { createOutbox } from './submissions/outbox.ts'
import { inquiryClient } from './submissions/inquiry-client.ts'
import { receiptCheck } from './submissions/receipt-check.ts'
import { signClaim } from './vault/claim-signature.ts'
import type { BoothKeys } from './vault/keys.ts'
import { madeAt } from './version.ts'
import { readSealed, sweepSealed } from './vault/sealed-files.ts'
import { verifyWhileIdle } from './verify-while-idle.ts'

/** What a booth is built on. */
export interface BoothPorts {
  readonly clock: Clock
  readonly configuration: Configuration
  readonly pack: OperatorPack
  readonly rulebook: Rulebook
  readonly version: string
  /** What draws the screens; nobody says where there are none. */
  readonly engine?: BrowserEngine | undefined
  readonly log: Log
  /** What is wrong from the start and stays so. */
  readonly faults?: readonly FaultCode[]
  /** What was offered and is not used, for the journal. */
  readonly refused?: readonly RefusedOffer[]
  /** What is in force for the first time, for the journal. */
  readonly editions?: readonly Edition[]
  /** The opened journal, or the fault that keeps the booth out of service. */
  readonly journal: { readonly ok: true; readonly journal: Journal } | { readonly ok: false; readonly fault: FaultCode }
  readonly keys: BoothKeys
  /** Nothing is reserved or measured without. */
  readonly disk?: Disk
  /** Nobody can say what the disk holds of the last records: only a booth that opens and verifies the journal anew may go on. */
  readonly onUnsure?: () => void
  /** Folder of the sealed applications. */
  readonly sealedDir: string
  readonly devices: DeviceHost
  /** Asks an authority's system; through the centre when not given. */
  readonly ask?: (inquiry: Inquiry) => Promise<Reply>
  /** The wire to the centre. */
  readonly exchange: Exchange
  /** 64 fresh hexadecimal digits a call. */
  readonly chance: () => string
  /** Makes the photo out of a still; the imaging library when not given. */
  readonly makePhoto?: MakePhoto
  /** The browser engine, which draws sheets of A4 as PDF (null: it cannot now). */
  readonly drawSheet?: (page: SheetPage) => Promise<Uint8Array | null>
  /** The authority's own form in the place of a sheet (`service.sheet`), as PDF; null where the operator has put none there. */
  readonly form?: (name: string) => Promise<Uint8Array | null>
  /** The booth process ends in order, to be started again. */
  readonly onRestart?: () => void
  /** The demo's simulators: takes a line, answers with one. */
  readonly bench: ((line: string) => Promise<string>) | null
}

/** A booth: commands in, views out. */
export interface Booth {
  request(role: Role, name: string, input: unknown): Promise<Answer>
  /** Calls `listen` with the current view and each later one. */
  subscribe(listen: (push: ViewPush) => void): () => void
  /** Calls `listen` with the state of the devices now and whenever something changed. */
  onDevices(listen: (devices: readonly DeviceSummary[]) => void): void
  /** The page is gone: the camera with it. */
  pageLost(): void
  /** No page stays on the resident's glass, or one has drawn again. */
  screenFault(held: boolean): void
  /** Something typed into the page as only a machine does. */
  keysTyped(): void
  /** The device process is gone; it is back with its first message. */
  devicesLost(): void
  /** Inhibits coins, signs the journal's head, closes it. */
  stop(): Promise<void>
}

/** How often the screen is looked at again, on the whole and half minutes of the wall clock, because what it says can depend on the time of day: a line opens or closes. */
const refreshMs = 30_000

const nothingRecovered: Recovered = { cursors: [], notes: [], payouts: [], hoppers: [], tillWrong: false, visit: null }

function summaries(state: State): readonly DeviceSummary[] {
  return deviceKinds.map((kind) => ({ id: kind, kind, state: state.devices[kind].state }))
}

/** Builds a booth and starts it: the only place where its parts meet. */
export function createBooth(ports: BoothPorts): Booth {
  const { clock, configuration, log, rulebook } = ports
  const journal = ports.journal.ok ? ports.journal.journal : null
  const listeners = new Set<(push: ViewPush) => void>()
  const deviceListeners = new Set<(devices: readonly DeviceSummary[]) => void>()
  let revision = 0
  let shown = ''
  let push: ViewPush

  const logFault = (event: 'fault-raised' | 'fault-cleared', fault: FaultCode) => {
    if (event === 'fault-cleared') return log({ event, fault })
    const { technician, action } = faultWords(fault, configuration.languages[0] ?? 'ja')
    log({ event, fault, technician, action })
  }
  /** A disk or journal in trouble is told to the log, because the journal may not be able to take it. */
  const storage = (fault: FaultCode, held: boolean) => {
    logFault(held ? 'fault-raised' : 'fault-cleared', fault)
    runner.dispatch({ kind: 'storage', fault, held })
  }

  const kept = keepJournal({
    journal,
    clock,
    disk: ports.disk,
    log,
    logFault,
    onRefused: () => storage('journal-write-failed', true),
    onUnsure: ports.onUnsure,
  })
  const today = () => civilDateAt(clock.now(), 'Asia/Tokyo')

  const show = (state: State) => {
    const next = view(state, { now: clock.now(), configuration, rulebook })
    const text = JSON.stringify(next)
    if (text === shown) return
    shown = text
    revision += 1
    push = { revision, view: next }
    for (const listen of listeners) listen(push)
  }

  const runner = createRunner(initialState(configuration, ports.faults), {
    clock,
    append: kept.append,
    changed(state) {
      show(state)
      for (const listen of deviceListeners) listen(summaries(state))
    },
    perform: (effect) => effects.perform(effect),
    facts: () => ({
      now: clock.now(),
      monotonic: clock.monotonic(),
      configuration,
      rulebook,
      version: ports.version,
      chance: ports.chance(),
      signClaim: (claim) => signClaim(ports.keys, claim),
    }),
  })
  const asking = {
    exchange: ports.exchange,
    clock,
    isSigned: receiptCheck(configuration.centre.receiptKeys),
    booth: configuration.booth.id,
    number: () => ports.chance().slice(0, 32),
  }
  const inquire = inquiryClient({
    ...asking,
    patienceMs: configuration.times.askMs,
    subjects: configuration.centre.inquiries,
  })
  const signInCard = cardClient(asking)
  const photographer = createPhotographer(ports)
  const effects = createEffects({
    clock,
    configuration,
    devices: ports.devices,
    journal,
    sealedDir: ports.sealedDir,
    disk: ports.disk,
    submit: (key) => outbox?.submitNow(key),
    ask: (inquiry) => (inquiry.subject === 'card' ? signInCard(inquiry) : (ports.ask ?? inquire)(inquiry)),
    checkpoint: kept.checkpoint,
    makePhoto: photographer.makePhoto,
    checkCamera: (image, ms) => checkCamera(image, ms, leastEyesOf(configuration.photo.thresholds)),
    handOver: handOverPhotos(ports),
    drawSheet: ports.drawSheet,
    form: ports.form,
    restart: ports.onRestart,
    report: () => journal && makeReport({ ...{ journal, rulebook, version: ports.version, engine: ports.engine ?? null }, currency: configuration.cash.currency, now: clock.now() }),
    dispatch: (event) => void runner.dispatch(event),
    log,
  })
  show(runner.state())

  const sendResult = (item: OutboxItem, result: SendResult) => {
    const { key, visit, number, code, price } = item
    runner.dispatch({ kind: 'sent', application: { key, visit, number, code, price }, result })
  }
  const random = () => Number.parseInt(ports.chance().slice(0, 8), 16) / 2 ** 32
  const outbox = journal
    ? createOutbox({
        journal,
        readSealed: ({ file, sha256 }) => readSealed(ports.sealedDir, file, sha256),
        client: centreClient({ exchange: ports.exchange, clock, receiptKeys: configuration.centre.receiptKeys }),
        clock,
        random,
        booth: { id: configuration.booth.id, demo: configuration.mode === 'demo' },
        limits: configuration.centre,
        onResult: sendResult,
        onFault: (fault, held) => void runner.dispatch({ kind: 'outbox', fault, held }),
      })
    : null

  const catalogues = new Map<Language, Catalogue>()
  const catalogue = (language: Language): Catalogue => {
    const known = catalogues.get(language) ?? { ...catalogueOf(language), ...packMessages(ports.pack, language) }
    catalogues.set(language, known)
    return known
  }

  const earliest = Math.max(madeAt, journal?.lastAt() ?? 0)
  const lookAtClock = () => {
    const unsure = clock.now() < earliest
    if (unsure !== runner.state().clockUnsure) runner.dispatch({ kind: 'clock', unsure })
  }

  /** A rulebook whose time runs out while the booth runs stays in force, and says so (freeze). */
  let isStale = ports.faults?.includes('rulebook-stale') ?? false
  const lookAtRulebook = () => {
    if (isStale || rulebook.expires === null || today() <= rulebook.expires) return
    isStale = true
    storage('rulebook-stale', true)
  }

  let cancelRefresh = () => {}
  const refresh = () => {
    lookAtRulebook()
    if (!runner.state().visit) {
      // A visit that is open was judged on the day on which it began (F71), and goes on.
      lookAtClock()
      kept.checkpointRest()
    }
    show(runner.state())
    kept.signAtMidnight()
    cancelRefresh = clock.after(refreshMs - (clock.now() % refreshMs), refresh)
  }

  ports.devices.onMessage((message) => void (photographer.heard(message) || runner.dispatch({ kind: 'device', message })))
  lookAtClock()
  const recovered = journal?.recover() ?? nothingRecovered
  runner.dispatch({ kind: 'started', refused: ports.refused ?? [], editions: ports.editions ?? [], recovered, door: journal?.staffDoor(), remote: journal?.remote() })
  if (recovered.visit) {
    const { credit, queued, claims } = recovered.visit
    log({ event: 'visit-settled', credit, application: queued?.status ?? null, claims: claims.length })
  }
  if (journal) {
    const { deleted, missing } = sweepSealed(ports.sealedDir, journal.sealedFiles())
    if (deleted.length + missing.length > 0) log({ event: 'sealed-files-swept', deleted: deleted.length, missing: missing.length })
  }
  if (outbox) outbox.start()
  // Nobody asks for the centre without a journal.
  else runner.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held: true })
  const remote = journal && listenToCentre(ports, journal, runner, random)
  remote?.start()
  if (!ports.journal.ok) storage(ports.journal.fault, true)
  let diskFault: FaultCode | null = null
  ports.disk?.watch((fault) => {
    const before = diskFault
    diskFault = fault
    if (before) storage(before, false)
    if (fault) storage(fault, true)
  })
  const endVerifying =
    journal &&
    verifyWhileIdle({
      clock,
      journal,
      isIdle: () => runner.state().visit === null,
      onAltered(row, detail) {
        log({ event: 'journal-refused', reason: 'chain', detail: `row ${row}: ${detail}` })
        storage('journal-altered', true)
      },
    })
  refresh()

  return {
    request: answerRequests({
      log,
      catalogue,
      photo: effects.photo,
      screen: () => push.view.screen,
      bench: ports.bench,
      dispatch(command) {
        if (command.name === 'begin') ports.disk?.measure()
        return runner.dispatch(command)
      },
    }),
    subscribe(listen) {
      listeners.add(listen)
      listen(push)
      return () => listeners.delete(listen)
    },
    onDevices(listen) {
      deviceListeners.add(listen)
      listen(summaries(runner.state()))
    },
    pageLost: () => void runner.dispatch({ kind: 'page-lost' }),
    screenFault: (held) => void runner.dispatch({ kind: 'screen-fault', held }),
    keysTyped: () => void runner.dispatch({ kind: 'keys-typed' }),
    devicesLost: () => void runner.dispatch({ kind: 'devices-lost' }),
    async stop() {
      ports.devices.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: [] } })
      cancelRefresh()
      endVerifying?.()
      ports.disk?.stop()
      remote?.stop()
      await outbox?.stop()
      runner.stop()
      listeners.clear()
      kept.close()
    },
  }
}
