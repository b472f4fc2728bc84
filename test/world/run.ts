import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeOfficeKey } from '../../centre/office.ts'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import type { CentreStorage } from '../../centre/storage.ts'
import { virtualClock } from '../../hardware/clock.ts'
import { faults as faultTable, type FaultCode } from '../../hardware/faults.ts'
import type { SerialDevice } from '../../hardware/host.ts'
import { demoHoppers } from '../../main/commands/demo/hopper-bus.ts'
import { seededRandom } from '../../main/commands/demo/random.ts'
import { makeSurroundings } from '../../main/commands/demo/surroundings.ts'
import type { View } from '../../main/contract/view.ts'
import type { JournalRecord } from '../../main/session/records.ts'
import { memoryFolder } from '../support/memory-folder.ts'
import type { History } from './history.ts'
import type { Hands } from './ills.ts'
import { beginLife, type Life } from './life.ts'
import { makePeople } from './people.ts'
import { isNote, type Move } from './person.ts'
import type { Anchor, Plan } from './plan.ts'
import { photoMarks, photos } from './portrait.ts'
import { settled } from './settled.ts'
import { watchTries } from './tries.ts'
import { makeTroubles } from './troubles.ts'
import { boothOf, truthOf } from './truth.ts'

const begins = Date.parse('2026-11-21T10:00:00+09:00')
const lookMs = 250
/** A killed process is started anew after at least this long. */
const reviveMs = 1_000
/** How long the booth may take to serve again, and how long everything may take to come to rest, once nothing is wrong any more. */
const backMs = 120_000
const restMs = 3_600_000
const birth = '1989-03-31'
const office = makeOfficeKey('DEMO-office')

/** Runs the world once. */
export async function runPlan(plan: Plan, seed: number): Promise<History> {
  const dir = memoryFolder('world')
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
    change: boothOf(plan),
  })
  /** A hand that means nothing is a slip of this house. */
  const hand = async (line: string) => {
    const told = await surroundings.hand(line)
    if (told.startsWith('error')) throw new Error(`${line}: ${told}`)
    return told
  }
  for (const [index, { filled, missing }] of plan.bowls.entries()) await hand(`hopper-${demoHoppers[index]?.address} take ${Math.min(missing, filled)}`)

  const lives: { from: number; to: number; end: 'killed' | 'stopped' }[] = []
  const faults: { at: number; fault: FaultCode; held: boolean }[] = []
  const screens: { at: number; screen: View['screen'] }[] = []
  const drops: { at: number; accepted: number; askedAgo: number }[] = []
  const stackings: { at: number; askedAgo: number }[] = []
  const leaks: string[] = []
  const seen = new Map<Anchor, number>([['start', 0]])
  const opened: Life[] = []
  let view: View | null = null
  const asked = { coins: Number.NEGATIVE_INFINITY, notes: Number.NEGATIVE_INFINITY }
  let lineCut = false
  let diskFull = false
  const broken = new Set<SerialDevice>()
  let camera: Parameters<Hands['camera']>[0] = 'ready'
  let revivesAt = Number.POSITIVE_INFINITY
  let downMs = 0
  let homes = 0

  const asksFor = (shown: View | null) => {
    const pays = shown?.screen === 'payment' ? shown : null
    return { coins: pays?.open === true, notes: pays !== null && (pays.notes.length > 0 || pays.note !== null) }
  }
  const askedAgo = (what: 'coins' | 'notes') => (asksFor(view)[what] ? 0 : now() - asked[what])
  const showed = (next: View) => {
    for (const what of ['coins', 'notes'] as const) if (asksFor(view)[what]) asked[what] = now()
    view = next
    if (screens.at(-1)?.screen !== next.screen) screens.push({ at: now(), screen: next.screen })
    const anchor = next.screen as Anchor
    if (!seen.has(anchor)) seen.set(anchor, now())
    if (next.screen === 'payment' && next.note && !seen.has('note')) seen.set('note', now())
    if (next.screen === 'attract' || next.screen === 'out-of-service' || next.screen === 'goodbye') lookForSecrets(JSON.stringify(next), next.screen)
  }
  const secrets = new Map<string, string>([['birth date', birth], ...(await photoMarks())])
  const lookForSecrets = (text: string, where: string) => {
    for (const [name, secret] of secrets) if (text.includes(secret)) leaks.push(`${name} in ${where}`)
  }
  const home = () => join(dir, `booth-${homes}`)
  const lookOnDisk = (folder: string) => {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) lookForSecrets(readFileSync(join(entry.parentPath, entry.name)).toString('latin1'), `the file ${entry.name}`)
  }
  const seenTries = watchTries()
  const recorded = (record: JournalRecord) => {
    seenTries.recorded(record)
    if (record.kind === 'fault-raised' || record.kind === 'fault-cleared') faults.push({ at: now(), fault: record.body.fault, held: record.kind === 'fault-raised' })
    if (record.kind === 'note-moved' && record.body.cursor.held?.phase === 'stacking') stackings.push({ at: now(), askedAgo: askedAgo('notes') })
  }
  let bornAt = 0
  const begin = async (): Promise<Life> => {
    const from = (bornAt = now())
    let isOver = false
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
      onAsked: (request) => seenTries.asked(request, lives.length),
      onRecord: recorded,
      onKilled() {
        homes += 1
        revivesAt = now() + Math.max(reviveMs, downMs)
        lives.push({ from, to: now(), end: 'killed' })
        isOver = true
        lookOnDisk(home())
      },
    })
    opened.push(life)
    if (isOver) return life
    life.booth.subscribe((push) => void (life.isAlive() && showed(push.view)))
    if (camera === 'page-lost') life.booth.pageLost()
    else if (camera !== 'ready') await life.booth.request('resident', 'camera', { state: camera })
    return life
  }
  const hands: Hands = {
    notes: plan.notes,
    hand,
    tearCard: () => surroundings.hand('card-reader remove'),
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
    staysDown(ms) {
      downMs = ms
    },
  }
  const stopLife = async () => {
    if (!life?.isAlive()) return
    const totals = life.journal.totals()[0] ?? null
    const waiting = life.journal.waiting().length
    const till = life.journal.till()
    const from = bornAt
    // A device that does not answer is given time to.
    let stopping = true
    void life.stop().finally(() => {
      stopping = false
    })
    while (stopping) await clock.advance(100)
    lives.push({ from, to: now(), end: 'stopped' })
    return { totals, waiting, till }
  }

  let life: Life | null = null
  life = await begin()

  const does = async (move: Move, returned: (money: readonly number[]) => void): Promise<boolean> => {
    if (!life?.isAlive()) return true
    if (move.kind === 'say') return (await life.booth.request('resident', move.name, move.input)).ok
    if (move.kind === 'hand') await surroundings.hand(`${move.device} ${move.line}`)
    if (move.kind !== 'insert') return true
    const { money } = move
    if (isNote(money[0])) {
      if ((await hand(`bill-validator insert ${money[0]}`)).startsWith('refused')) returned(money)
      return true
    }
    const ago = askedAgo('coins')
    const fates = (await hand(`coin-acceptor insert ${money.join(' ')}`)).split(/, (?=accepted|rejected)/)
    const back = money.filter((_, index) => !fates[index]?.startsWith('accepted'))
    if (back.length > 0) returned(back)
    drops.push({ at: now(), accepted: money.length - back.length, askedAgo: ago })
    return true
  }
  const troubles = makeTroubles(plan.troubles, hands, now, seen)
  const people = makePeople(plan.people, seed, now, does)
  for (const [index, id] of people.ids.entries()) secrets.set(`the ID of person ${index}`, id)

  const pass = async (until: number) => {
    await clock.advance(Math.max(1, until - now()))
    if (now() < revivesAt) return
    revivesAt = Number.POSITIVE_INFINITY
    life = await begin()
  }
  // What has no screen to wait for any more once all people are gone never happens.
  while (!people.isOver() || !troubles.isOver() || !life.isAlive()) {
    await troubles.look()
    await people.look(life.isAlive() ? life.shown().view : null)
    await pass(Math.min(now() + lookMs, revivesAt, people.next(), troubles.next()))
  }
  for (const line of ['coin-acceptor clear', 'printer clear', 'printer load-paper', 'centre answers received']) await hand(line)
  hands.wall(null)
  life.spare()

  /* Everything comes to rest. */
  const rests = () => life?.isAlive() === true && life.journal.waiting().length === 0 && (view?.screen === 'attract' || view?.screen === 'out-of-service')
  /** What is wrong by the word of the booth, and takes something away. */
  const held = () => {
    const states = new Map(faults.filter(({ at }) => at >= bornAt).map(({ fault, held: isHeld }) => [fault, isHeld]))
    return [...states].flatMap(([fault, isHeld]) => (isHeld && faultTable[fault].removes.length > 0 ? [fault] : []))
  }
  const serves = () => rests() && view?.screen === 'attract' && view.services.every(({ available }) => available) && held().length === 0
  /** At least a second: what happened last is asked for with the next poll. */
  const rest = async (limitMs: number, isOver = serves) => {
    const end = now() + limitMs
    do await pass(now() + 1_000)
    while (now() < end && !isOver())
  }
  await rest(backMs)
  if (!rests()) {
    await rest(restMs, rests)
    await rest(backMs)
  }
  // What only a hand can mend, a hand mends: the technician starts the booth again.
  const restartedFor = rests() && !serves() ? held() : []
  if (rests() && !serves()) {
    await stopLife()
    life = await begin()
    await rest(backMs)
  }
  const last = life.shown().view
  const reasons = held()
  const { totals = null, waiting = 0, till = null } = (await stopLife()) ?? {}
  for (const one of opened) if (!one.isAlive()) one.journal.close()
  lookOnDisk(home())
  for (const entry of opened.flatMap(({ logged }) => logged)) lookForSecrets(JSON.stringify(entry), 'the log')
  const truth = await truthOf(plan, hand)
  await surroundings.stop()
  return {
    maximumCredit: surroundings.configuration.cash.maximumCredit,
    records: recordsIn(join(home(), 'journal.db')),
    totals,
    till,
    ...truth,
    drops,
    stackings,
    tries: seenTries.tries,
    arrivals,
    ills: troubles.held,
    lives,
    faults,
    screens,
    leaks: [...new Set(leaks)],
    end: { at: now(), screen: last.screen, reasons, waiting, restartedFor },
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
