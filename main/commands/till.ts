import { join } from 'node:path'
import { realClock } from '../../hardware/clock.ts'
import type { DeviceKind } from '../../hardware/device.ts'
import { chooseConfiguration } from '../config/last-good.ts'
import { openJournal } from '../journal/open-journal.ts'
import { cashBox, noteBox, removedBox } from '../journal/till.ts'
import { auditCsv, evaDts, type Audit, type AuditedDevice } from '../money/eva-dts.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import type { TillCount } from '../session/records.ts'
import { signClaim } from '../vault/claim-signature.ts'
import { openKeys } from '../vault/keys.ts'
import { version } from '../version.ts'
import { commandLine, here, stopWith } from './command-line.ts'

/**
 * `till show|refill|collect|export|redeem`: the money in a stopped booth by its books. What was counted stands beside what was expected; both are kept for ever.
 */
const usage = `usage: npm run till -- show|refill|collect|export|redeem --config FILE --data DIR [options]
  show                                              what lies where, counters, and whether the books add up; exit code 1 when they do not
  refill   --place SERIAL --coin ID --count N       coins were filled into a hopper, or (--place box) into the cash box
  collect  [--place box|removed|notes|SERIAL] --counted ID=N,...  everything was taken out of that place and counted (a box that was taken out: removed); counters "since" begin anew with the box
  export   --format eva-dts|csv                     the audit, as lines
  redeem   NUMBER CODE                              a claim slip of this booth was paid to whoever brought it; once
  --by NAME   who did it (refill, collect, redeem)
the booth must be stopped; a hopper's place is its serial number`

const string = { type: 'string' } as const
const options = { config: string, data: string, place: string, coin: string, count: string, counted: string, by: string, format: string } as const

const { values, positionals } = commandLine({ options, allowPositionals: true }, usage)
const [act = 'show', ...others] = positionals
const [number = '', code = ''] = others
if (others.length !== (act === 'redeem' ? 2 : 0) || !['show', 'refill', 'collect', 'export', 'redeem'].includes(act)) stopWith(usage)
const data = here(values.data ?? stopWith(usage))
const { read } = await chooseConfiguration(here(values.config ?? stopWith(usage)), data)
if (!read.ok) stopWith(read.problems.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n'))
const { configuration } = read
const { currency } = configuration.cash

/** `ID=N,...` as coins of the operator's table. */
function readCounted(text: string): readonly TillCount[] {
  return text.split(',').filter(Boolean).map((part) => {
    const [, id = '', digits = ''] = /^([^=]+)=(\d{1,6})$/.exec(part.trim()) ?? []
    return coinOf(id, Number(digits), part)
  })
}

function coinOf(id: string, count: number, said: string): TillCount {
  const approved = place === noteBox ? configuration.cash.notes : configuration.cash.coins
  const coin = approved.find((own) => own.id === id) ?? stopWith(`${said}: not one of ${approved.map((own) => own.id).join(', ')}`)
  return { id, value: coin.value, currency, count }
}

const place = act === 'refill' ? (values.place ?? stopWith(usage)) : (values.place ?? cashBox)
if (place !== cashBox && place !== noteBox && place !== removedBox && !/^\d{1,10}$/.test(place)) stopWith('--place: expected box, removed, notes or the serial number of a hopper')
const counted = act === 'collect' ? readCounted(values.counted ?? stopWith(usage)) : []
const count = Number(values.count)
if (act === 'refill' && (!Number.isInteger(count) || count < 1 || count > 10_000)) stopWith('--count: expected 1..10000')
const refill = act === 'refill' ? coinOf(values.coin ?? stopWith(usage), count, values.coin ?? '') : null
const by = (values.by ?? 'staff').slice(0, 40)
const format = values.format ?? 'eva-dts'
if (act === 'export' && format !== 'eva-dts' && format !== 'csv') stopWith('--format: expected eva-dts or csv')

const keys = openKeys(join(data, 'keys'), { demo: configuration.mode === 'demo' })
if (!keys.ok) stopWith(`${keys.file}: ${keys.reason}`)
const clock = realClock()
const opened = openJournal({ file: join(data, 'journal.db'), keys: keys.keys, clock })
if (!opened.ok) stopWith(opened.reason === 'in-use' ? 'the booth is running; stop it first' : `${opened.reason}: ${opened.detail}`)
const { journal } = opened
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const sum = (counts: readonly TillCount[]) => counts.reduce((total, coin) => total + coin.value * coin.count, 0)

const acts = {
  show() {
    const till = journal.till()
    for (const content of till.contents) say({ event: 'content', ...content })
    for (const counter of till.counters) say({ event: 'counter', ...counter })
    for (const { currency: own, ...money } of journal.totals()) say({ event: 'money', currency: own, ...money })
    // Its code stays on the slip: whoever brings it proves that it is theirs.
    for (const { code: _secret, visit: _visit, ...claim } of journal.openClaims()) say({ event: 'claim', ...claim })
    say({
      event: 'books',
      ok: till.contradictions.length === 0,
      contradictions: till.contradictions,
      collectedAt: till.collectedAt === null ? null : new Date(till.collectedAt).toISOString(),
    })
    return till.contradictions.length === 0
  },
  refill() {
    if (!refill) return false
    journal.append([{ kind: 'till-refilled', visit: null, body: { ...refill, place, by } }])
    say({ event: 'refilled', place, ...refill, by })
    return true
  },
  collect() {
    const expected = journal.till().contents.filter((content) => content.place === place).map(({ place: _place, ...coin }) => coin)
    const difference = sum(counted) - sum(expected)
    journal.append([{ kind: 'till-collected', visit: null, body: { place, expected, counted, difference, by } }])
    journal.signHead('collection')
    say({ event: 'collected', place, currency, expected: sum(expected), counted: sum(counted), difference, by })
    return true
  },
  redeem() {
    const known = journal.claim(number, code)
    const refuse = (reason: string) => {
      say({ event: 'refused', number, reason })
      return false
    }
    if (!known) return refuse('unknown')
    if (known.state === 'unsettled') return refuse('unsettled')
    const { claim, signature } = known
    if (signature !== signClaim(keys.keys, claim)) return refuse('signature')
    if (known.state === 'redeemed') return refuse('redeemed')
    const { amount, currency: own, visit } = claim
    journal.append([{ kind: 'claim-redeemed', visit, body: { number, code, amount, currency: own, by } }])
    say({ event: 'redeemed', number, amount, currency: own, issuedAt: claim.issuedAt, reason: claim.reason, by })
    return true
  },
  export() {
    const till = journal.till()
    const { cursors, notes, seen } = journal.recover()
    /** The one that was there last; `otherwise` stands for the number of one that tells none. */
    const audited = (device: DeviceKind, otherwise: string): AuditedDevice => {
      const { serial = '', product = '', software = '' } = seen?.[device] ?? {}
      return { serial: serial || otherwise, model: product, revision: software }
    }
    const local = (at: number) => {
      const iso = isoTimeAt(at, zoneOfMoney(currency))
      return { date: iso.slice(0, 10).replaceAll('-', ''), time: iso.slice(11, 19).replaceAll(':', '') }
    }
    const audit: Audit = {
      booth: configuration.booth.id,
      model: `CARDBOOTH ${version}`,
      acceptor: audited('coin-acceptor', cursors[0]?.serial ?? ''),
      validator: notes[0] ? audited('bill-validator', notes[0].serial) : null,
      currency,
      ...local(clock.now()),
      counter: (name) => till.counters.find((counter) => counter.name === name && counter.currency === currency) ?? { ever: 0, since: 0 },
      contents: till.contents,
      events: journal.auditEvents().map(({ name, at }) => ({ name, ...local(at), since: at >= (till.collectedAt ?? 0) })),
    }
    const lines = format === 'csv' ? auditCsv(audit, [...new Set(till.counters.map(({ name }) => name))]) : evaDts(audit)
    process.stdout.write(`${lines.join('\r\n')}\r\n`)
    return true
  },
}
const done = acts[act as keyof typeof acts]()
journal.close()
process.exitCode = done ? 0 : 1
