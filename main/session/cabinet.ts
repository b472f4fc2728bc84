import type { CabinetEvent } from '../../hardware/cabinet/events.ts'
import { change, type Draft } from './draft.ts'

/**
 * A switch of the cabinet. Doors and cash box are written down with which and when, at the start too when they stand otherwise than well; that no
 * money is taken meanwhile is their fault's doing. Buttons and presence concern nobody afterwards.
 */
export function cabinetSaid(draft: Draft, event: CabinetEvent): void {
  if (event.kind !== 'switch' || (event.role !== 'door' && event.role !== 'cash-box')) return
  const { role, name, active } = event
  const key = `${role} ${name}`
  const known = draft.state.switches[key] ?? false
  if (known === active) return
  change(draft, { switches: { ...draft.state.switches, [key]: active } })
  const visit = draft.state.visit?.visit ?? null
  if (role === 'door') draft.records.push({ kind: 'door-moved', visit, body: { name, open: active } })
  else draft.records.push({ kind: 'cash-box-moved', visit, body: { name, out: active } })
}
