import type { CabinetEvent, CabinetInput } from '../../hardware/cabinet/events.ts'
import type { Say } from './device-watch.ts'

/** The wiring of a bench without a file of its own; the simulated module's. */
export const benchWiring: readonly CabinetInput[] = [
  { input: 0, role: 'door', name: 'service', active: 0 },
  { input: 1, role: 'door', name: 'cash', active: 0 },
  { input: 2, role: 'cash-box', name: 'cash-box', active: 0 },
  { input: 3, role: 'call-button', name: 'call', active: 1 },
  { input: 4, role: 'presence', name: 'presence', active: 1 },
  { input: 5, role: 'headset', name: 'headset', active: 1 },
]

/** What a switch that is active, and one that is not, is called. */
const states: Readonly<Record<CabinetInput['role'], readonly [active: string, otherwise: string]>> = {
  door: ['open', 'closed'],
  'cash-box': ['out', 'in'],
  'call-button': ['pressed', 'released'],
  presence: ['somebody', 'nobody'],
  headset: ['in', 'out'],
}

/** Tells each switch, at the start and when it changes, and the lamp. */
export function tellCabinet(event: CabinetEvent, say: Say): void {
  const device = 'cabinet'
  if (event.kind === 'lamp') return void say({ event: 'lamp', device, on: event.on })
  const { role, name, active, first } = event
  say({ event: role, device, name, state: states[role][active ? 0 : 1], first })
}
