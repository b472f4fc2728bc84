import { ills, type Port } from './ills.ts'
import type { HeldIll, History } from './history.ts'

/** What must hold of every run, whatever happened in it; each answers with what is wrong, in words. */
type Invariant = (history: History) => readonly string[]

const recordsOf = <Kind extends History['records'][number]['kind']>(history: History, kind: Kind) =>
  history.records.filter((record): record is Extract<History['records'][number], { kind: Kind }> => record.kind === kind)
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const happened = (...which: readonly Port[]) => ({ ills: held }: History) => held.some(({ port }) => which.includes(port))

/** The money of each visit as its records say it, counted here once more by the shortest way. */
function moneyOfVisits(history: History) {
  const inserted = [...recordsOf(history, 'coin-credited'), ...recordsOf(history, 'note-credited')]
  const queued = recordsOf(history, 'queued')
  const answers = new Map(recordsOf(history, 'answered').map(({ body }) => [body.key, body.status]))
  return recordsOf(history, 'visit-opened').map(({ visit }) => {
    const own = <Kind extends History['records'][number]['kind']>(kind: Kind) => recordsOf(history, kind).filter((record) => record.visit === visit)
    const applications = queued.filter((record) => record.visit === visit).map(({ body }) => ({ ...body, status: answers.get(body.key) ?? 'waiting' }))
    const priceOf = (...which: readonly string[]) => sum(applications.filter(({ status }) => which.includes(status)).map(({ price }) => price))
    const delivered = own('delivered').map(({ body }) => body.price)
    return {
      visit,
      applications,
      delivered,
      inserted: sum(inserted.filter((record) => record.visit === visit).map(({ body }) => body.value)),
      earned: priceOf('received') + sum(delivered),
      parked: priceOf('waiting', 'parked'),
      owed: sum(own('claim-issued').map(({ body }) => body.claim.amount)),
      returned: sum(own('payout-settled').map(({ body }) => body.returned)),
      /** Of these pay-outs nobody knows yet. */
      open: own('payout-intended').filter(({ body }) => !own('payout-settled').some((settled) => settled.body.id === body.id)).map(({ body }) => body.id),
      outcomes: own('visit-ended').map(({ body }) => body.outcome),
    }
  })
}

/** Coins that a device says to have counted and the books do not know, kind by kind. */
const countedBeside = (history: History, device: 'acceptor' | 'hopper') =>
  (history.till?.contradictions ?? []).flatMap((found) => (found.what === device ? [found.count] : []))

/** I1: what fell into the cash box is what the journal credited, or stands there as a doubt. */
const coinsAreWhole: Invariant = (history) => {
  const wrong: string[] = []
  const moves = recordsOf(history, 'cursor-moved').map(({ body }) => body)
  // What an acceptor counted before the booth first met it is nobody's: its counter is taken as it stands.
  const before = sum(moves.filter(({ cursor }) => cursor.ordinal === 0).map(({ cursor }) => cursor.counter))
  // An acceptor that restarts or loses count forgets events; how many, nobody knows, and the journal says so.
  const doubted = moves.some(({ alarm }) => alarm !== null) ? Number.POSITIVE_INFINITY : before + sum(moves.map(({ lost }) => lost))
  const credited = recordsOf(history, 'coin-credited').map(({ body }) => body)
  let missing = 0
  history.fell.forEach((fell, index) => {
    const counted = credited.filter(({ position }) => position === index + 1)
    if (counted.length > fell) wrong.push(`position ${index + 1}: ${fell} coins fell and ${counted.length} were credited`)
    if (counted.some(({ value }) => value !== history.worth[index])) wrong.push(`position ${index + 1}: credited with another value`)
    missing += Math.max(0, fell - counted.length)
  })
  if (missing > doubted) wrong.push(`${missing} coins fell and were not credited, ${doubted} stand as a doubt`)
  const beside = sum(countedBeside(history, 'acceptor'))
  if (beside > missing) wrong.push(`the acceptor counted ${beside} coins beside the books, and ${missing} fell that were not credited`)
  return wrong
}

/** I1: what lies in the stacker is what the journal credited, or stands there as a doubt; every other note went back. */
const notesAreWhole: Invariant = (history) => {
  const wrong: string[] = []
  const { inserted, returned, boxed } = history.notes
  const credited = recordsOf(history, 'note-credited').map(({ body }) => body)
  const doubts = recordsOf(history, 'note-moved').filter(({ body }) => body.alarm !== null || body.lost > 0 || body.uncounted > 0).length
  let missing = 0
  for (const [id, count] of Object.entries(boxed)) {
    const counted = credited.filter((note) => note.id === id).length
    if (counted > count) wrong.push(`${id}: ${count} notes lie in the stacker and ${counted} were credited`)
    missing += Math.max(0, count - counted)
  }
  if (missing > doubts) wrong.push(`${missing} notes lie in the stacker and were not credited, ${doubts} stand as a doubt`)
  const inside = sum(Object.values(boxed))
  if (inserted !== returned + inside) wrong.push(`${inserted} notes went in, ${returned} came back, ${inside} lie in the stacker`)
  return wrong
}

/** I1: what left the hoppers is what the journal says that was paid, and what it never meant to pay stays in them. */
const bowlsAreWhole: Invariant = (history) => {
  const wrong: string[] = []
  const intended = recordsOf(history, 'payout-intended').map(({ body }) => body)
  const settled = recordsOf(history, 'payout-settled').map(({ body }) => body)
  if (countedBeside(history, 'hopper').length > 0 && !happened('hopper')(history)) wrong.push('a hopper is said to have paid beside the books, and nothing happened to any')
  for (const { serial, missing, inside, left } of history.bowls) {
    const own = intended.filter((payout) => payout.serial === serial)
    const asked = sum(own.map(({ coins }) => coins))
    const ends = settled.filter(({ id }) => own.some((payout) => payout.id === id))
    const paid = sum(ends.map(({ paid: coins }) => coins))
    if (left > asked) wrong.push(`hopper ${serial}: ${left} coins came out, ${asked} were meant to`)
    if (left !== paid && !ends.some(({ alarm }) => alarm === 'uncertain')) wrong.push(`hopper ${serial}: ${left} coins came out, ${paid} are known`)
    if (left > paid) wrong.push(`hopper ${serial}: ${left} coins came out, only ${paid} are known`)
    const book = history.till?.contents.find(({ place }) => place === serial)?.count
    // One that the booth never met stands in no book.
    if (left === paid && book !== undefined && book !== inside + missing) wrong.push(`hopper ${serial}: ${inside} coins are in it, ${missing} never were, the books say ${book}`)
  }
  return wrong
}

/** I1: all that came in is earned, owed, parked or went back, visit by visit, in the totals and in the books. */
const moneyIsWhole: Invariant = (history) => {
  const wrong: string[] = []
  const visits = moneyOfVisits(history)
  for (const { visit, inserted, earned, owed, parked, returned, open } of visits) {
    if (inserted !== earned + owed + parked + returned) wrong.push(`visit ${visit}: inserted ${inserted}, but earned ${earned}, owed ${owed}, parked ${parked}, returned ${returned}`)
    if (open.length > 0) wrong.push(`visit ${visit}: nobody knows what came of ${open.join()}`)
  }
  const said = history.totals ?? { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0, paying: 0, returned: 0 }
  for (const part of ['inserted', 'earned', 'owed', 'parked', 'returned'] as const) {
    const counted = sum(visits.map((visit) => visit[part]))
    if (said[part] !== counted) wrong.push(`${part}: the totals say ${said[part]}, the records ${counted}`)
  }
  if (said.credit !== 0) wrong.push(`${said.credit} is nobody's`)
  const { contradictions = [], counters = [] } = history.till ?? {}
  wrong.push(...contradictions.filter(({ what }) => what !== 'acceptor' && what !== 'hopper').map((found) => JSON.stringify(found)))
  const sales = counters.find(({ name }) => name === 'sales')?.ever ?? 0
  if (sales !== said.earned) wrong.push(`sales of ${sales} in the books, ${said.earned} were earned`)
  return wrong
}

/** I2: no event of a device counts twice. */
const nothingTwice: Invariant = (history) => {
  const names = [
    ...recordsOf(history, 'coin-credited').map(({ body }) => `coin ${body.serial}/${body.ordinal}`),
    ...recordsOf(history, 'note-credited').map(({ body }) => `note ${body.serial}/${body.ordinal}`),
    ...recordsOf(history, 'payout-settled').map(({ body }) => `pay-out ${body.id}`),
  ]
  const twice = names.filter((name, index) => names.indexOf(name) < index)
  const printed = recordsOf(history, 'slip-printed').length
  return [...twice.map((name) => `${name} twice`), ...(printed > history.slips ? [`${printed} slips are recorded, ${history.slips} came out`] : [])]
}

/** I3: every visit ends, once; one that was paid for ends as received, given back, or parked under a number that was given out. */
const everyVisitEnds: Invariant = (history) => {
  const claims = recordsOf(history, 'claim-issued')
  // The line and the centre may do much in this world, but nothing after which a person would have to look at an application.
  const parked = recordsOf(history, 'answered').filter(({ body }) => body.status === 'parked')
  const stuck = parked.map(({ body }) => `${body.key} was parked for ${body.reason}`)
  const endings = moneyOfVisits(history).flatMap(({ visit, applications, delivered, outcomes, owed, earned, parked: keeps }) => {
    const wrong: string[] = []
    if (outcomes.length !== 1) wrong.push(`visit ${visit} ended ${outcomes.length} times`)
    if (delivered.length > 0 && outcomes.some((outcome) => outcome === 'abandoned' || outcome === 'cancelled')) wrong.push(`visit ${visit} delivered and ended as ${outcomes.join()}`)
    const live = applications.filter(({ status }) => status !== 'refused')
    if (live.length > 1) wrong.push(`visit ${visit} has ${live.length} applications for one price`)
    // Whoever gets change back after a restart may buy once more with it, at its full price.
    if (live.length > 0 && delivered.length > 0) wrong.push(`visit ${visit} has an application and a delivery`)
    if (live.length + delivered.length === 0 && earned + keeps > 0) wrong.push(`visit ${visit} keeps money for nothing`)
    if (live.some(({ number, code }) => number === '' || code === '')) wrong.push(`visit ${visit} has an application without a number`)
    const slips = history.records.filter((record) => record.visit === visit && (record.kind === 'slip-printed' || record.kind === 'slip-failed')).length
    // Refused after the resident left: the slip in their hand, with its number and code, is the claim.
    const numbers = [...applications, ...recordsOf(history, 'payout-left-open').filter((record) => record.visit === visit).map(({ body }) => body)].map(({ number }) => number)
    const late = claims.filter((record) => record.visit === visit && numbers.includes(record.body.claim.number)).length
    if (owed > 0 && slips === 0 && late === 0) wrong.push(`visit ${visit} is owed ${owed}, and no slip was ever tried`)
    return wrong
  })
  return [...stuck, ...endings]
}

/** I4: the centre has each application once, only such as were queued, and the booth's word on each is the centre's. */
const centreHasEachOnce: Invariant = (history) => {
  const wrong: string[] = []
  const queued = new Set(recordsOf(history, 'queued').map(({ body }) => body.key))
  const kept = new Map<string, string>()
  for (const { key, isNew, status } of history.arrivals) {
    if (isNew && kept.has(key)) wrong.push(`${key} was applied twice`)
    if (!queued.has(key)) wrong.push(`${key} was sent and never queued`)
    kept.set(key, status)
  }
  const answered = new Map(recordsOf(history, 'answered').map(({ body }) => [body.key, body.status]))
  for (const [key, status] of answered) if (status !== 'parked' && kept.get(key) !== status) wrong.push(`${key} is ${status} here and ${kept.get(key) ?? 'unknown'} at the centre`)
  for (const key of kept.keys()) if (!answered.has(key)) wrong.push(`${key} is at the centre, and the booth never heard`)
  return wrong
}

/** So often an application fails before another may be tried in its stead. */
const doubtedAfter = 3

/** I4: applications leave in their order; before an older one goes only that of a resident who is still there, or any while the oldest fails again and again. */
const leaveInOrder: Invariant = ({ tries }) =>
  tries.flatMap(({ life, key, isVisitOpen, older: [oldest] }, index) => {
    const failed = tries.slice(0, index).filter((one) => one.life === life && one.key === oldest).length
    return isVisitOpen || oldest === undefined || failed > doubtedAfter ? [] : [`${key} was tried before ${oldest}, which is older`]
  })

/** I5: nothing personal on the resting screen, in the log, or in clear on the disk. */
const nothingLeaks: Invariant = ({ leaks }) => leaks

/** How long after the screen stopped asking a coin may still go the way of the money: the inhibits are on their way. */
const inhibitedWithinMs = 3_000
/** After so long a device that could not be seen is seen again: the longest pause between two tries, and a poll. */
const seenAgainMs = 15_000

/** What should have closed the slot at `at`: it began long enough before, could be seen, and the booth was up. */
function inTheWay({ ills: all, lives }: History, at: number): readonly HeldIll[] {
  const born = lives.find(({ from, to }) => from <= at && at <= to)?.from ?? at
  return all.filter(({ port, ill, from, to }) => {
    const { closesWithin } = ills[port][ill] ?? {}
    const isSeen = all.every((other) => other.port !== port || !ills[port][other.ill]?.blinds || other.to + seenAgainMs < from || other.from > at)
    return closesWithin !== undefined && isSeen && Math.max(from, born) + closesWithin < at && at <= to
  })
}

/** I6: it takes money only while it asks for it, and not while something is wrong that it needs for what it sells. */
const takesOnlyWhatItCanEarn: Invariant = (history) =>
  [...history.drops.filter(({ accepted }) => accepted > 0).map((drop) => ({ ...drop, what: 'coins' })), ...history.stackings.map((stacking) => ({ ...stacking, what: 'notes' }))].flatMap(
    ({ at, askedAgo, what }) =>
      askedAgo > inhibitedWithinMs
        ? [`${at} ms: ${what} were taken ${askedAgo} ms after they were asked for`]
        : inTheWay(history, at).map(({ port, ill, from }) => `${at} ms: ${what} were taken although ${port} was ${ill} since ${from} ms`),
  )

const saidWithinMs = 60_000

/** I7: whatever is wrong for a minute has a name by then. */
const everyFaultIsNamed: Invariant = (history) =>
  history.ills.flatMap(({ port, ill, from, to }) => {
    const codes = ills[port][ill]?.codes
    const at = from + saidWithinMs
    const isAlone = history.ills.every((other) => other.port !== port || (other.from === from && other.ill === ill) || other.to < from || other.from > at)
    const isWatched = history.lives.some((life) => life.from <= from && life.to >= at)
    const isRecorded = history.ills.every((other) => other.port !== 'disk' || other.to < from || other.from > at)
    if (!codes || to < at || !isAlone || !isWatched || !isRecorded) return []
    const named = codes.some((code) => history.faults.findLast((one) => one.fault === code && one.at <= at)?.held)
    return named ? [] : [`${port} was ${ill} from ${from} ms and nobody said so within a minute`]
  })

/** What only a hand can mend, and what of a run explains it. */
const mendedByHand: Partial<Record<string, (history: History) => boolean>> = {
  'coins-uncounted': (history) => recordsOf(history, 'cursor-moved').some(({ body }) => body.lost > 0 || body.alarm === 'mismatch'),
  'notes-uncounted': (history) => recordsOf(history, 'note-moved').some(({ body }) => body.lost > 0 || body.uncounted > 0 || body.alarm !== null),
  'journal-write-failed': happened('disk'),
  'clock-unsure': happened('clock'),
}

/** I8: once nothing is wrong it serves again by itself; after what only a hand can mend, once a technician started it again. */
const comesBack: Invariant = (history) => {
  const { screen, reasons, waiting, restartedFor } = history.end
  const inexplicable = restartedFor.filter((code) => !mendedByHand[code]?.(history))
  return [
    ...(screen === 'attract' && reasons.length === 0 ? [] : [`it ends at ${screen} (${reasons.join()})`]),
    ...(waiting > 0 ? [`${waiting} applications still wait`] : []),
    ...inexplicable.map((code) => `a technician had to start it again for ${code}, and nothing had happened that needs one`),
  ]
}

/** The invariants by name. */
export const invariants = {
  I1: (history) => [coinsAreWhole, notesAreWhole, bowlsAreWhole, moneyIsWhole].flatMap((holds) => holds(history)),
  I2: nothingTwice,
  I3: everyVisitEnds,
  I4: (history) => [centreHasEachOnce, leaveInOrder].flatMap((holds) => holds(history)),
  I5: nothingLeaks,
  I6: takesOnlyWhatItCanEarn,
  I7: everyFaultIsNamed,
  I8: comesBack,
} as const satisfies Record<string, Invariant>

/** Everything that is wrong with a run; empty when all is well. */
export function violations(history: History): readonly string[] {
  return Object.entries(invariants).flatMap(([name, holds]) => holds(history).map((wrong) => `${name} ${wrong}`))
}
