import type { CoinAcceptorEvent } from '../../hardware/coin-acceptor/events.ts'
import { text } from '../contract/text.ts'
import { coinCounted } from './coin-counts.ts'
import { change, changeVisit, latch, visitOf, type Draft } from './draft.ts'
import { endVisit, enter, forward, openVisit, showPresence } from './flow.ts'
import { isPaying, priceOf } from './money.ts'

type Moved = Extract<CoinAcceptorEvent, { kind: 'moved' }>

/**
 * The acceptor's buffer moved. Cursor and coins become one transaction; a report that continues elsewhere than the journal ends was applied already and is
 * only acknowledged (F28). A coin that falls without a visit is held for whoever comes (F35).
 */
export function coinsMoved(draft: Draft, moved: Moved): void {
  const known = draft.state.cursors[moved.to.serial] ?? null
  const acknowledge = (cursor: Moved['to']) =>
    draft.effects.push({ kind: 'device', command: { device: 'coin-acceptor', command: { kind: 'recorded', cursor } } })
  if ((moved.from?.ordinal ?? null) !== (known?.ordinal ?? null) || (known && moved.from?.counter !== known.counter)) {
    if (known) acknowledge(known)
    return
  }
  change(draft, { cursors: { ...draft.state.cursors, [moved.to.serial]: moved.to } })
  if (moved.coins.length > 0) openForMoney(draft)
  const visit = draft.state.visit
  draft.records.push({
    kind: 'cursor-moved',
    visit: visit?.visit ?? null,
    body: { cursor: moved.to, lost: moved.lost, unknown: moved.unknown, alarm: moved.alarm },
  })
  for (const coin of moved.coins) {
    const current = visitOf(draft)
    const { counter, ordinal, position, id, value, currency, path } = coin
    const hopper = hopperFedBy(draft, path, id)
    const body = { serial: moved.to.serial, ordinal, counter, position, id, value, currency, ...(hopper === null ? {} : { hopper }) }
    draft.records.push({ kind: 'coin-credited', visit: current.visit, body })
    coinCounted(draft, moved.to.serial, coin)
    const { hopperCoins } = draft.state
    if (hopper !== null) change(draft, { hopperCoins: { ...hopperCoins, [hopper]: (hopperCoins[hopper] ?? 0) + 1 } })
    const pieces = { ...current.pieces, [value]: (current.pieces[value] ?? 0) + 1 }
    // What was said of a coin before it is over.
    changeVisit(draft, { credit: current.credit + value, inserted: current.inserted + value, pieces, notice: null })
  }
  acknowledge(moved.to)
  if (moved.lost > 0 || moved.alarm === 'mismatch') latch(draft, 'coins-uncounted')
  if (moved.coins.length > 0) afterMoney(draft)
}

/** The hopper that a sorter path leads into, by serial number; null for the cash box. */
function hopperFedBy({ state, facts }: Draft, path: number, coin: string): string | null {
  const fed = facts.configuration.devices.hopper?.hoppers.find((hopper) => path > 0 && hopper.fedBy === path && hopper.coin === coin)
  return fed ? (state.hopperAt[fed.address] ?? null) : null
}

/** Money that comes while nobody asked for it, or after a visit is over, begins a visit of its own: what was settled stays settled. */
export function openForMoney(draft: Draft): void {
  const { visit } = draft.state
  const isOver = visit?.stage.at === 'leave' || visit?.stage.at === 'goodbye'
  if (isOver) endVisit(draft)
  if (!visit || isOver) openVisit(draft, { at: 'held' }, visit?.language)
}

/** Goes where the money leads: on from the payment when the price is there, to the held credit when nobody asked for it. */
export function afterMoney(draft: Draft): void {
  const visit = visitOf(draft)
  showPresence(draft)
  if (['languages', 'menu', 'offer'].includes(visit.stage.at)) enter(draft, { at: 'held' })
  else if (isPaying(visit) && visit.credit >= priceOf(visit.service, draft.facts.configuration)) forward(draft)
}

/** A notice of the acceptor about one coin, in words for the resident. */
export function coinNotice(draft: Draft, event: Extract<CoinAcceptorEvent, { kind: 'notice' }>): void {
  const visit = draft.state.visit
  if (!visit || visit.stage.at !== 'step') return
  changeVisit(draft, { notice: { tone: event.group === 'returned' || event.group === 'slower' ? 'hint' : 'attention', text: text(`coin.${event.group}`) } })
}
