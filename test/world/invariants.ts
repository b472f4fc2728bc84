import { ills } from './ills.ts'
import type { History } from './history.ts'

/** What must hold of every run, whatever happened in it; each answers with what is wrong, in words. */
type Invariant = (history: History) => readonly string[]

const recordsOf = <Kind extends History['records'][number]['kind']>(history: History, kind: Kind) =>
  history.records.filter((record): record is Extract<History['records'][number], { kind: Kind }> => record.kind === kind)
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** The money of each visit as its records say it, counted here once more by the shortest way. */
function moneyOfVisits(history: History) {
  const credited = recordsOf(history, 'coin-credited')
  const queued = recordsOf(history, 'queued')
  const answers = new Map(recordsOf(history, 'answered').map(({ body }) => [body.key, body.status]))
  return recordsOf(history, 'visit-opened').map(({ visit }) => {
    const applications = queued.filter((record) => record.visit === visit).map(({ body }) => ({ ...body, status: answers.get(body.key) ?? 'waiting' }))
    const priceOf = (...which: readonly string[]) => sum(applications.filter(({ status }) => which.includes(status)).map(({ price }) => price))
    return {
      visit,
      applications,
      inserted: sum(credited.filter((record) => record.visit === visit).map(({ body }) => body.value)),
      earned: priceOf('received'),
      parked: priceOf('waiting', 'parked'),
      owed: sum(recordsOf(history, 'claim-issued').filter((record) => record.visit === visit).map(({ body }) => body.claim.amount)),
      ended: recordsOf(history, 'visit-ended').filter((record) => record.visit === visit).length,
    }
  })
}

/** I1: what fell into the cash box is what the journal credited, or stands there as a doubt; and all of it is earned, owed or parked. */
const moneyIsWhole: Invariant = (history) => {
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
  const visits = moneyOfVisits(history)
  for (const { visit, inserted, earned, owed, parked } of visits)
    if (inserted !== earned + owed + parked) wrong.push(`visit ${visit}: inserted ${inserted}, but earned ${earned}, owed ${owed}, parked ${parked}`)
  const said = history.totals ?? { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0 }
  for (const part of ['inserted', 'earned', 'owed', 'parked'] as const) {
    const counted = sum(visits.map((visit) => visit[part]))
    if (said[part] !== counted) wrong.push(`${part}: the totals say ${said[part]}, the records ${counted}`)
  }
  if (said.credit !== 0) wrong.push(`${said.credit} is nobody's`)
  return wrong
}

/** I2: no event of a device counts twice. */
const nothingTwice: Invariant = (history) => {
  const names = recordsOf(history, 'coin-credited').map(({ body }) => `${body.serial}/${body.ordinal}`)
  const twice = names.filter((name, index) => names.indexOf(name) < index)
  const printed = recordsOf(history, 'slip-printed').length
  return [...twice.map((name) => `coin ${name} twice`), ...(printed > history.slips ? [`${printed} slips are recorded, ${history.slips} came out`] : [])]
}

/** I3: every visit ends, once; one that was paid for ends as received, given back, or parked under a number that was given out. */
const everyVisitEnds: Invariant = (history) => {
  const claims = recordsOf(history, 'claim-issued')
  // The line and the centre may do much in this world, but nothing after which a person would have to look at an application.
  const parked = recordsOf(history, 'answered').filter(({ body }) => body.status === 'parked')
  const stuck = parked.map(({ body }) => `${body.key} was parked for ${body.reason}`)
  const endings = moneyOfVisits(history).flatMap(({ visit, applications, ended, owed, earned, parked: keeps }) => {
    const wrong: string[] = []
    if (ended !== 1) wrong.push(`visit ${visit} ended ${ended} times`)
    const live = applications.filter(({ status }) => status !== 'refused')
    if (live.length > 1) wrong.push(`visit ${visit} has ${live.length} applications for one price`)
    if (live.length === 0 && earned + keeps > 0) wrong.push(`visit ${visit} keeps money for nothing`)
    if (live.some(({ number, code }) => number === '' || code === '')) wrong.push(`visit ${visit} has an application without a number`)
    const slips = history.records.filter((record) => record.visit === visit && (record.kind === 'slip-printed' || record.kind === 'slip-failed')).length
    // Refused after the resident left: the slip in their hand, with its number and code, is the claim.
    const late = claims.filter((record) => record.visit === visit && applications.some(({ number }) => number === record.body.claim.number)).length
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

/** I5: nothing personal on the resting screen, in the log, or in clear on the disk. */
const nothingLeaks: Invariant = ({ leaks }) => leaks

/** How long after the screen stopped asking a coin may still go the way of the money: the inhibits are on their way. */
const inhibitedWithinMs = 3_000

/** I6: it takes money only while it asks for it, and not while something is wrong that it needs for what it sells. */
const takesOnlyWhatItCanEarn: Invariant = (history) =>
  history.drops
    .filter(({ accepted }) => accepted > 0)
    .flatMap(({ at, askedAgo }) => {
      if (askedAgo > inhibitedWithinMs) return [`${at} ms: coins were taken ${askedAgo} ms after they were asked for`]
      const inTheWay = history.ills.filter(({ port, ill, from, to }) => {
        const { closesWithin } = ills[port][ill] ?? {}
        return closesWithin !== undefined && from + closesWithin < at && at <= to
      })
      return inTheWay.map(({ port, ill, from }) => `${at} ms: coins were taken although ${port} was ${ill} since ${from} ms`)
    })

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
const mendedByHand: Readonly<Record<string, (history: History) => boolean>> = {
  'coins-uncounted': (history) => recordsOf(history, 'cursor-moved').some(({ body }) => body.lost > 0 || body.alarm === 'mismatch'),
  'journal-write-failed': ({ ills: held }) => held.some(({ port }) => port === 'disk'),
  'clock-unsure': ({ ills: held }) => held.some(({ port }) => port === 'clock'),
}

/** I8: once nothing is wrong it serves again by itself; after what only a hand can mend, once a technician started it again. */
const comesBack: Invariant = (history) => {
  const { screen, reasons, waiting, restartedFor } = history.end
  const inexplicable = restartedFor.filter((code) => !mendedByHand[code]?.(history))
  return [
    ...(screen === 'attract' ? [] : [`it ends at ${screen} (${reasons.join()})`]),
    ...(waiting > 0 ? [`${waiting} applications still wait`] : []),
    ...inexplicable.map((code) => `a technician had to start it again for ${code}, and nothing had happened that needs one`),
  ]
}

/** The invariants by name. */
export const invariants = {
  I1: moneyIsWhole,
  I2: nothingTwice,
  I3: everyVisitEnds,
  I4: centreHasEachOnce,
  I5: nothingLeaks,
  I6: takesOnlyWhatItCanEarn,
  I7: everyFaultIsNamed,
  I8: comesBack,
} as const satisfies Record<string, Invariant>

/** Everything that is wrong with a run; empty when all is well. */
export function violations(history: History): readonly string[] {
  return Object.entries(invariants).flatMap(([name, holds]) => holds(history).map((wrong) => `${name} ${wrong}`))
}
