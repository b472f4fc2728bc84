import { deviceKinds } from '../../hardware/device.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { Configuration } from '../config/configuration.ts'
import type { Block } from '../contract/block.ts'
import type { BoothReport, Contradiction } from '../contract/staff.ts'
import { text, type Text } from '../contract/text.ts'
import { faultsOfDevice, reportedFaults } from './availability.ts'
import type { Staff, State } from './state.ts'

const heading = (words: Text): Block => ({ kind: 'heading', text: words })
const field = (label: Text, value: Text): Block => ({ kind: 'field', label, value })
const line = (words: Text): Block => ({ kind: 'paragraph', text: words })
const warning = (words: Text): Block => ({ kind: 'paragraph', text: words, tone: 'attention' })
/** A name or number of the booth's own, the same in every language. */
const plain = (value: string | number) => text('staff.plain', { value: String(value) })
const count = (pieces: number) => text('staff.count', { count: pieces })

/** What a technician reads from top to bottom: what wants a hand, every device, the money, what waits, the last start, and which booth this is. */
export function staffBlocks(state: State, staff: Staff, configuration: Configuration): readonly Block[] {
  const devices = deviceKinds.filter((kind) => state.devices[kind].state !== 'off').map((kind) => ({ kind, faults: faultsOfDevice(state, kind) }))
  const ofDevices = new Set(devices.flatMap(({ faults }) => faults))
  const others = [...reportedFaults(state)].filter((code) => !ofDevices.has(code))
  return [
    ...(staff.wrong > 0 ? [warning(text('staff.wrong', { count: staff.wrong }))] : []),
    heading(text('staff.booth')),
    ...(others.length + ofDevices.size === 0 ? [line(text('staff.well'))] : []),
    ...others.flatMap(fault),
    ...devices
      // What wants a hand stands first.
      .toSorted((one, other) => Number(other.faults.length > 0) - Number(one.faults.length > 0))
      .flatMap(({ kind, faults }): readonly Block[] => {
        const { state: stands, identity } = state.devices[kind]
        return [
          heading(text(`staff.device.${kind}`)),
          field(text('staff.state'), text(`staff.state.${stands}`)),
          ...(identity ? [line(plain(Object.values(identity).filter(Boolean).join(' · ')))] : []),
          ...faults.flatMap(fault),
          ...(kind === 'hopper' ? state.hoppers.map(({ serial, level }) => field(text('staff.place.hopper', { serial }), text(`staff.level.${level}`))) : []),
        ]
      }),
    ...(staff.report ? [...till(staff.report, configuration.cash.currency), ...work(staff.report, configuration)] : []),
  ]
}

function fault(code: FaultCode): readonly Block[] {
  return [warning(text(`fault.${code}.technician`)), line(text(`fault.${code}.action`)), field(text('staff.fault'), plain(code))]
}

const placeName = (place: string) =>
  place === 'box' || place === 'notes' || place === 'removed' ? text(`staff.place.${place}`) : text('staff.place.hopper', { serial: place })

function contradiction(found: Contradiction): Block {
  if ('currency' in found) {
    const { what, currency, one, other } = found
    return field(text(`staff.till.wrong.${what}`), text('staff.till.both', { one, other, currency }))
  }
  const pieces = text('staff.till.pieces', { id: found.id, count: found.count })
  return field(found.what === 'below-nothing' ? placeName(found.place) : text(`staff.till.wrong.${found.what}`, { serial: found.serial }), pieces)
}

/** What lies where, what was counted, and whether that adds up. */
function till({ contents, counters, contradictions, collectedAt }: BoothReport, currency: string): readonly Block[] {
  const places = [...new Set(contents.map(({ place }) => place))]
  const amount = (value: number) => text('money.amount', { amount: value, currency })
  return [
    heading(text('staff.till')),
    ...(contradictions.length === 0 ? [line(text('staff.till.adds-up'))] : [warning(text('staff.till.wrong')), ...contradictions.map(contradiction)]),
    field(text('staff.till.since'), plain(collectedAt ?? '—')),
    ...places.flatMap((place): readonly Block[] => {
      const own = contents.filter((content) => content.place === place)
      return [
        heading(placeName(place)),
        ...own.map(({ id, count: pieces }) => field(plain(id), count(pieces))),
        field(text('staff.till.sum'), amount(own.reduce((sum, { value, count: pieces }) => sum + value * pieces, 0))),
      ]
    }),
    ...(counters.length > 0 ? [heading(text('staff.counters'))] : []),
    ...counters.map(({ name, since, ever }) => field(text(`staff.counter.${name}`), text('staff.counted', { since, ever }))),
  ]
}

function work({ waiting, parked, claims, recovery, version, engine, rulebook }: BoothReport, { booth, cash }: Configuration): readonly Block[] {
  return [
    heading(text('staff.work')),
    field(text('staff.waiting'), count(waiting)),
    field(text('staff.parked'), count(parked)),
    field(text('staff.claims'), count(claims.count)),
    ...(claims.count > 0 ? [field(text('staff.claims.amount'), text('money.amount', { amount: claims.amount, currency: cash.currency }))] : []),
    ...(recovery
      ? [
          heading(text('staff.recovery')),
          field(text('staff.recovery.at'), plain(recovery.at)),
          line(text('staff.recovery.decided', { decided: recovery.decided })),
          ...(recovery.credit > 0 ? [field(text('staff.recovery.credit'), text('money.amount', { amount: recovery.credit, currency: cash.currency }))] : []),
          ...(recovery.payouts > 0 ? [field(text('staff.recovery.payouts'), count(recovery.payouts))] : []),
          ...(recovery.notes > 0 ? [field(text('staff.recovery.notes'), count(recovery.notes))] : []),
        ]
      : []),
    heading(text('staff.about')),
    field(text('staff.about.booth'), plain(`${booth.id} · ${booth.place}`)),
    field(text('staff.about.version'), plain(version)),
    ...(engine ? browser(engine) : []),
    field(text('staff.about.rulebook'), plain(`${rulebook.version} · ${rulebook.issued}`)),
  ]
}

/** What draws the screens, and how old its last fixes are. */
function browser({ name, fixes }: NonNullable<BoothReport['engine']>): readonly Block[] {
  return [
    field(text('staff.about.engine'), plain(name)),
    field(text('staff.about.fixes'), fixes ? text('staff.about.fixes.of', { day: fixes.day, days: fixes.days }) : text('staff.about.fixes.unknown')),
    ...(fixes?.old ? [warning(text('staff.about.fixes.old'))] : []),
  ]
}
