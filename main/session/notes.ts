import type { BillValidatorEvent, NoteCursor } from '../../hardware/bill-validator/events.ts'
import { text } from '../contract/text.ts'
import { afterMoney, openForMoney } from './coins.ts'
import { change, changeVisit, latch, visitOf, type Draft } from './draft.ts'
import { showPresence } from './flow.ts'
import { decideNote } from './money.ts'

type Moved = Extract<BillValidatorEvent, { kind: 'moved' }>

/** What the validator says: who it is, what became of a note, and what else happened. */
export function validatorSaid(draft: Draft, event: BillValidatorEvent): void {
  if (event.kind === 'identified') change(draft, { validator: draft.state.validator ?? event.serial })
  else if (event.kind === 'moved') notesMoved(draft, event)
  else if (event.kind === 'notice') noteNotice(draft, event)
}

/** Where a cursor stands: two that stand alike are the same one. */
const place = (cursor: NoteCursor | null) => (cursor ? [cursor.ordinal, cursor.held?.phase, cursor.buffer?.counter].join() : '')

/**
 * A note is held, its stacking is intended, or notes ended. All of it becomes one transaction before the validator hears of it; a report that continues
 * elsewhere than the journal ends was applied already and is only acknowledged. Only a note that lies in the box is a credit. An intent to stack that could not be
 * written before the payment was over is not written any more: the validator hears that the note is still in escrow, and gives it back.
 */
function notesMoved(draft: Draft, moved: Moved): void {
  const { to, from, ended, lost, uncounted, alarm } = moved
  const known = draft.state.noteCursors[to.serial] ?? null
  const acknowledge = (cursor: NoteCursor) => draft.effects.push({ kind: 'device', command: { device: 'bill-validator', command: { kind: 'recorded', cursor } } })
  const isOverdue = from?.held?.phase === 'escrow' && to.held?.phase === 'stacking' && decideNote(draft.state, draft.facts.configuration)?.kind === 'return'
  if (place(from) !== place(known) || isOverdue) {
    if (known) acknowledge(known)
    return
  }
  change(draft, { noteCursors: { ...draft.state.noteCursors, [to.serial]: to } })
  const stacked = ended.filter(({ outcome }) => outcome === 'stacked')
  if (stacked.length > 0) openForMoney(draft)
  draft.records.push({ kind: 'note-moved', visit: draft.state.visit?.visit ?? null, body: { cursor: to, lost, uncounted, alarm } })
  for (const { ordinal, counter, position, id, value, currency, afterPowerUp } of stacked) {
    const { visit, credit, inserted } = visitOf(draft)
    draft.records.push({ kind: 'note-credited', visit, body: { serial: to.serial, ordinal, counter, position, id, value, currency, afterPowerUp } })
    changeVisit(draft, { credit: credit + value, inserted: inserted + value })
  }
  acknowledge(to)
  // What lay in it before it was first seen is not ours to count.
  const isDoubt = uncounted > 0 || lost > 0 || alarm === 'uncounted' || alarm === 'mismatch'
  if (known && isDoubt) latch(draft, 'notes-uncounted')
  if (stacked.length > 0) return afterMoney(draft)
  if (!draft.state.visit) return
  showPresence(draft)
  const back = ended.find(({ outcome }) => outcome === 'returned')
  if (back) changeVisit(draft, { notice: { tone: 'hint', text: text('note.back', { amount: back.value, currency: back.currency }) } })
}

/** A notice of the validator in words for the resident, where notes are asked for. */
function noteNotice(draft: Draft, { group }: Extract<BillValidatorEvent, { kind: 'notice' }>): void {
  const { visit } = draft.state
  if (visit?.stage.at !== 'step') return
  changeVisit(draft, { notice: { tone: group === 'returned' || group === 'wait' ? 'hint' : 'attention', text: text(`note.${group}`) } })
}
