import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeOfficeKey } from '../../centre/office.ts'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import type { CentreStorage } from '../../centre/storage.ts'
import { virtualClock } from '../../hardware/clock.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { SerialDevice } from '../../hardware/host.ts'
import { seededRandom } from '../../main/commands/demo/random.ts'
import { makeSurroundings } from '../../main/commands/demo/surroundings.ts'
import type { View } from '../../main/contract/view.ts'
import type { JournalRecord } from '../../main/session/records.ts'
import type { HeldIll, History } from './history.ts'
import { ills, type Ill } from './ills.ts'
import { beginLife, type Kill, type Life } from './life.ts'
import { mindOf, type Mind, type Move } from './person.ts'
import type { Anchor, Plan, Trouble } from './plan.ts'
import { photoMarks, photos, portraitFile } from './portrait.ts'
import { settled } from './settled.ts'

/** What troubles are made with. */
export interface Hands {
  hand(line: string): Promise<string>
  camera(state: 'ready' | 'lost' | 'missing' | 'denied' | 'page-lost'): Promise<void>
  cutLine(cut: boolean): void
  fillDisk(full: boolean): void
  breakWire(device: SerialDevice, broken: boolean): void
  /** Sets the wall clock from what it shows; null sets it right again. */
  wall(jump: ((now: number) => number) | null): void
  kill(when: Kill): void
}

const begins = Date.parse('2026-11-21T10:00:00+09:00')
const lookMs = 250
/** A killed process is started anew after at least this long. */
const reviveMs = 1_000
/** How long somebody waits for a booth that is not free, and how long they stay at most. */
const patienceMs = 240_000
const stayMs = 300_000
/** How long everything may take to come to rest, once nothing is wrong any more. */
const restMs = 1_800_000
const birth = '1989-03-31'
/** A folder in memory where there is one: a flush of the disk is not what is tried here. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const office = makeOfficeKey('DEMO-office')

/** Runs the world once. */
export async function runPlan(plan: Plan, seed: number): Promise<History> {
  const dir = mkdtempSync(join(place, 'cardbooth-world-'))
  try {
    return await runIn(dir, plan, seed)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function runIn(dir: string, plan: Plan, seed: number): Promise<History> {
  const random = seededRandom(seed)
  const byte = () => Math.floor(random.next() * 256)
  const chance = () => Array.from({ length: 32 }, () => byte().toString(16).padStart(2, '0')).join('')
  const clock = virtualClock(begins, settled)
  const now = () => clock.monotonic()
  const arrivals: { key: string; isNew: boolean; status: string }[] = []
  const surroundings = await makeSurroundings({
    clock,
    dir,
    office: await office,
    storage: noting(sqliteStorage(':memory:'), arrivals),
    keepSlips: false,
    chance: (count) => Uint8Array.from({ length: count }, byte),
    change: (file) => ({
      ...file,
      devices: { ...file.devices, 'coin-acceptor': { ...file.devices['coin-acceptor'], path: '/coins', pollMs: 200 } },
      centre: { ...file.centre, sellWhileUnreachable: plan.sellsLater },
    }),
  })

  const lives: { from: number; to: number; end: 'killed' | 'stopped' }[] = []
  const faults: { at: number; fault: FaultCode; held: boolean }[] = []
  const screens: { at: number; screen: View['screen'] }[] = []
  const drops: { at: number; accepted: number; askedAgo: number }[] = []
  const held: HeldIll[] = []
  const leaks: string[] = []
  const secrets = new Map<string, string>([['birth date', birth], ...(await photoMarks())])
  const seen = new Map<Anchor, number>([['start', 0]])
  const opened: Life[] = []
  let view: View | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  let lineCut = false
  let diskFull = false
  const broken = new Set<SerialDevice>()
  let camera: 'ready' | 'lost' | 'missing' | 'denied' | 'page-lost' = 'ready'
  let revivesAt = Number.POSITIVE_INFINITY
  let downMs = 0
  let homes = 0

  const showed = (next: View) => {
    if (view?.screen === 'payment' && view.open) askedAt = now()
    view = next
    if (screens.at(-1)?.screen !== next.screen) screens.push({ at: now(), screen: next.screen })
    const anchor = next.screen as Anchor
    if (!seen.has(anchor)) seen.set(anchor, now())
    if (next.screen === 'attract' || next.screen === 'out-of-service' || next.screen === 'goodbye') lookForSecrets(JSON.stringify(next), next.screen)
  }
  const lookForSecrets = (text: string, where: string) => {
    for (const [name, secret] of secrets) if (text.includes(secret)) leaks.push(`${name} in ${where}`)
  }
  const home = () => join(dir, `booth-${homes}`)
  const lookOnDisk = (folder: string) => {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) lookForSecrets(readFileSync(join(entry.parentPath, entry.name)).toString('latin1'), `the file ${entry.name}`)
  }
  let bornAt = 0
  const begin = async (): Promise<Life> => {
    const from = (bornAt = now())
    let mine: { from: number; to: number; end: 'killed' | 'stopped' } | null = null
    const life = await beginLife({
      surroundings,
      clock,
      dir: home(),
      heirDir: join(dir, `booth-${homes + 1}`),
      chance,
      makePhoto: photos,
      isDiskFull: () => diskFull,
      isLineCut: () => lineCut,
      isBroken: (device) => broken.has(device),
      onFault: (fault, isHeld) => void faults.push({ at: now(), fault, held: isHeld }),
      onKilled() {
        homes += 1
        revivesAt = now() + Math.max(reviveMs, downMs)
        lives.push((mine = { from, to: now(), end: 'killed' }))
        lookOnDisk(home())
      },
    })
    opened.push(life)
    if (mine) return life
    life.booth.subscribe((push) => void (life.isAlive() && showed(push.view)))
    if (camera === 'page-lost') life.booth.pageLost()
    else if (camera !== 'ready') await life.booth.request('resident', 'camera', { state: camera })
    return life
  }
  const hands: Hands = {
    hand: (line) => surroundings.hand(line),
    async camera(state) {
      camera = state
      if (!life?.isAlive()) return
      if (state === 'page-lost') life.booth.pageLost()
      else await life.booth.request('resident', 'camera', { state })
    },
    cutLine(cut) {
      lineCut = cut
    },
    fillDisk(full) {
      diskFull = full
    },
    breakWire: (device, isBroken) => void (isBroken ? broken.add(device) : broken.delete(device)),
    wall: (jump) => clock.setWall(jump ? jump(clock.now()) : begins + now()),
    kill(when) {
      if (life?.isAlive()) life.kill(when)
    },
  }
  const stopLife = async () => {
    if (!life?.isAlive()) return
    const totals = life.journal.totals()[0] ?? null
    const waiting = life.journal.waiting().length
    const from = bornAt
    // A device that does not answer is given time to.
    let stopping = true
    void life.stop().finally(() => {
      stopping = false
    })
    while (stopping) await clock.advance(100)
    lives.push({ from, to: now(), end: 'stopped' })
    return { totals, waiting }
  }

  let life: Life | null = null
  life = await begin()

  /* Troubles: each begins when its time has come, and ends again if it lasts. */
  const pending = new Set<Trouble>(plan.troubles)
  const lasting = new Map<Trouble, { readonly ill: Ill; readonly from: number }>()
  const endOf = async (trouble: Trouble) => {
    const { ill, from } = lasting.get(trouble) ?? {}
    lasting.delete(trouble)
    await ill?.end?.(hands)
    // What else is wrong at the same place was mended along with it: it is put back.
    for (const [other, { ill: still }] of lasting) if (other.port === trouble.port && ill?.end) await still.begin(hands)
    held.push({ port: trouble.port, ill: trouble.ill, from: from ?? now(), to: now() })
  }
  const trouble = async () => {
    for (const one of pending) {
      const from = seen.get(one.from)
      if (from === undefined || from + one.after > now()) continue
      pending.delete(one)
      const ill = ills[one.port][one.ill]
      if (!ill) throw new Error(`no ill ${one.port} ${one.ill}`)
      if (one.port === 'booth') downMs = one.lasts
      await ill.begin(hands)
      lasting.set(one, { ill, from: now() })
    }
    for (const [one, { from, ill }] of lasting) if (!ill.end || from + one.lasts <= now()) await endOf(one)
  }

  /* People: one after another. */
  const does = async (mind: Mind, move: Move): Promise<boolean> => {
    if (!life?.isAlive()) return true
    if (move.kind === 'say') return (await life.booth.request('resident', move.name, move.input)).ok
    if (move.kind === 'hand') await surroundings.hand(`${move.device} ${move.line}`)
    if (move.kind !== 'insert') return true
    const shown = life.shown().view
    const askedAgo = shown.screen === 'payment' && shown.open ? 0 : now() - askedAt
    const fates = (await surroundings.hand(`coin-acceptor insert ${move.coins.join(' ')}`)).split(/, (?=accepted|rejected)/)
    const back = move.coins.filter((_, index) => !fates[index]?.startsWith('accepted'))
    if (back.length > 0) mind.returned(back)
    drops.push({ at: now(), accepted: move.coins.length - back.length, askedAgo })
    return true
  }
  const people = plan.people.map((person, index) => {
    const id = `2026${createHash('sha256').update(`${seed} ${index}`).digest('hex').replaceAll(/[a-f]/g, '7').slice(0, 19)}`
    secrets.set(`the ID of person ${index}`, id)
    return { person, mind: mindOf(person, `https://net.kojinbango-card.go.jp/?id=${id}`, portraitFile) }
  })
  let here = people.shift()
  let comesAt = here ? here.person.comesAfter : 0
  let actsAt = comesAt
  let hasBegun = false
  let refusals = 0
  const goes = () => {
    here = people.shift()
    if (here) comesAt = now() + here.person.comesAfter
    actsAt = comesAt
    hasBegun = false
    refusals = 0
  }
  const act = async () => {
    if (!here || now() < actsAt) return
    actsAt = now() + here.person.pace
    if (now() - comesAt > (hasBegun ? stayMs : patienceMs)) return goes()
    if (!life?.isAlive()) return
    const { view: shown } = life.shown()
    const free = shown.screen === 'attract' && shown.services.some(({ available }) => available)
    if (hasBegun && (shown.screen === 'attract' || shown.screen === 'out-of-service')) return goes()
    if (!hasBegun && !free) return
    hasBegun = true
    const move = here.mind.act(shown)
    if (move.kind === 'leaves') return goes()
    if (await does(here.mind, move)) refusals = 0
    else if ((refusals += 1) > 8) goes()
  }

  const revive = async () => {
    if (now() < revivesAt) return
    revivesAt = Number.POSITIVE_INFINITY
    life = await begin()
  }
  const pass = async (until: number) => {
    await clock.advance(Math.max(1, until - now()))
    await revive()
  }

  // What has no screen to wait for any more once all people are gone never happens.
  const nothingDue = () => !here && lasting.size === 0 && ![...pending].some((one) => seen.has(one.from))
  while (!nothingDue() || !life.isAlive()) {
    await trouble()
    await act()
    const dues = [...pending].map((one) => (seen.get(one.from) ?? Number.POSITIVE_INFINITY) + one.after)
    const ends = [...lasting].map(([one, { from }]) => from + one.lasts)
    await pass(Math.min(now() + lookMs, revivesAt, here ? actsAt : Number.POSITIVE_INFINITY, ...dues, ...ends))
  }
  for (const line of ['coin-acceptor clear', 'printer clear', 'printer load-paper', 'centre answers received']) await surroundings.hand(line)
  hands.wall(null)
  life.spare()

  const isQuiet = () => life?.isAlive() === true && life.journal.waiting().length === 0 && (view?.screen === 'attract' || view?.screen === 'out-of-service')
  const rest = async (limitMs: number) => {
    for (const end = now() + limitMs; now() < end && !(isQuiet() && isFree()); ) await pass(now() + 1_000)
  }
  const isFree = () => view?.screen === 'attract' && view.services.some(({ available }) => available)
  await rest(120_000)
  // What only a hand can mend, a hand mends: the technician starts the booth again.
  const reasonsOf = (shown: View | null) => (shown?.screen === 'out-of-service' ? shown.reasons.map(({ code }) => code) : [])
  const restartedFor = isQuiet() && !isFree() ? reasonsOf(view) : []
  if (!isQuiet()) await rest(restMs)
  if (isQuiet() && !isFree()) {
    await stopLife()
    life = await begin()
    await rest(120_000)
  }
  const last = life.shown().view
  const { totals = null, waiting = 0 } = (await stopLife()) ?? {}
  for (const one of opened) if (!one.isAlive()) one.journal.close()
  lookOnDisk(home())
  for (const entry of opened.flatMap(({ logged }) => logged)) lookForSecrets(JSON.stringify(entry), 'the log')
  const counters = JSON.parse(await surroundings.hand('coin-acceptor counters')) as { byPosition: number[] }
  const [, slips = '0'] = /(\d+) slips cut/.exec(await surroundings.hand('printer state')) ?? []
  await surroundings.stop()
  return {
    price: surroundings.configuration.services['jp-mynumber-application']?.price ?? 0,
    maximumCredit: surroundings.configuration.cash.maximumCredit,
    records: recordsIn(join(home(), 'journal.db')),
    totals,
    fell: counters.byPosition,
    worth: [10, 50, 100, 500, 500],
    drops,
    slips: Number(slips),
    arrivals,
    ills: held,
    lives,
    faults,
    screens,
    leaks: [...new Set(leaks)],
    end: { at: now(), screen: last.screen, reasons: reasonsOf(last), waiting, restartedFor },
  }
}

/** A storage that notes what arrives. */
function noting(storage: CentreStorage, arrivals: { key: string; isNew: boolean; status: string }[]): CentreStorage {
  return {
    ...storage,
    async keep(arrival) {
      const kept = await storage.keep(arrival)
      arrivals.push({ key: arrival.envelope.key, isNew: kept.isNew, status: kept.kept.answer.status })
      return kept
    },
  }
}

function recordsIn(file: string): readonly (JournalRecord & { readonly seq: number })[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT seq, visit, kind, body FROM journal ORDER BY seq').all()
  database.close()
  return rows.map((row) => ({ ...row, body: JSON.parse(String(row['body'])) as unknown }) as unknown as JournalRecord & { readonly seq: number })
}
