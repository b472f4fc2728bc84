import type { Calibration, CameraCheck } from '../../../main/contract/camera-check.ts'
import type { BoothReport } from '../../../main/contract/staff.ts'
import type { Screen } from '../../../main/contract/view.ts'
import { describeEngine, releasedEngine } from '../../../main/diagnostics/browser-engine.ts'
import { cameraBlocks } from '../../../main/session/camera-blocks.ts'
import { configured } from '../../support/booth-facts.ts'
import { Session } from '../../support/session.ts'

const counter = (name: string, ever: number, since = ever) => ({ name, currency: 'JPY', ever, since })

/** A booth that has been in use. */
export const report: BoothReport = {
  contents: [
    { place: '1003', id: 'JP100A', value: 100, currency: 'JPY', count: 41 },
    { place: 'box', id: 'JP500A', value: 500, currency: 'JPY', count: 118 },
    { place: 'box', id: 'JP500B', value: 500, currency: 'JPY', count: 12 },
    { place: 'notes', id: 'JP1000B', value: 1000, currency: 'JPY', count: 37 },
  ],
  counters: [counter('coins-in', 69_100), counter('notes-in', 37_000), counter('sales', 98_400, 40_800), counter('sales-number', 123, 51)],
  collectedAt: '2026-11-14 18:05',
  contradictions: [],
  waiting: 2,
  parked: 1,
  claims: { count: 1, amount: 300 },
  recovery: { at: '2026-11-21 06:00', visit: true, credit: 600, payouts: 1, notes: 0, decided: 'held' },
  version: '0.1.0',
  engine: describeEngine({ ...releasedEngine, chromium: '150.0.7871.3' }, Date.parse('2026-11-22T12:00:00+09:00')),
  rulebook: { version: 12, issued: '2026-11-01' },
}

/** The screen of somebody who has signed in at a booth with these faults. */
function signedIn(spoil: (session: Session) => void, read: BoothReport): Screen {
  const session = new Session({ configuration: configured() }).ready()
  spoil(session)
  session.do('staff-door', {}).do('staff-sign-in', { who: 'DEMO-1', pin: '000000' })
  session.dispatch({ kind: 'pin-checked', who: 'DEMO-1', right: true })
  session.dispatch({ kind: 'reported', report: read })
  const { view } = session
  if (view.screen !== 'staff') throw new Error(view.screen)
  return { screen: 'staff', who: view.who, closed: view.closed, camera: view.camera, blocks: view.blocks }
}

const line = (id: Calibration['id'], value: number, from: number, to: number): Calibration => ({ id, value, from, to, ok: true })

const goodCamera = {
  ok: true,
  lines: [
    line('face', 1, 1, 1),
    line('framing-height', 0.583, 0.4, 0.75),
    line('framing-middle', -0.021, -0.08, 0.08),
    line('eye-distance', 148.2, 90, 10_000),
    line('exposure', 0.472, 0.31, 0.64),
    line('over-exposed', 0.004, 0, 0.05),
    line('focus', 131.7, 40, 10_000),
    line('delay', 412, 0, 5_000),
  ],
  window: { left: 96, top: 118, width: 648, height: 833 },
  beyond: { left: 0, right: 0, top: 0, bottom: 0 },
} as const satisfies CameraCheck

const checked = (check: CameraCheck): Screen => ({ screen: 'staff-camera', step: 'found', working: false, blocks: cameraBlocks(check) })

const door = { screen: 'staff-sign-in', people: ['DEMO-1'], until: null } as const

/** The screens of staff, by name. */
export const staffScreens: Readonly<Record<string, Screen>> = {
  'staff-sign-in': { ...door, state: 'ready' },
  'staff-sign-in-wrong': { ...door, people: ['MT', 'KS', 'NIGHT-1', 'NIGHT-2', 'SUB-01', 'SUB-02', 'A', 'B'], state: 'wrong' },
  'staff-sign-in-locked': { ...door, state: 'locked', until: '14:33' },
  'staff-camera': { screen: 'staff-camera', step: 'aim', working: false, blocks: [] },
  'staff-camera-found': checked(goodCamera),
  'staff-camera-wrong': checked({ ...goodCamera, lines: goodCamera.lines.map((line) => ({ ...line, ok: false })), window: null, beyond: { left: 0, right: 3.4, top: 12, bottom: 0 } }),
  staff: signedIn(() => {}, report),
  'staff-faults': signedIn(
    (session) => {
      session.health('printer', 'limited', ['printer-paper-out'])
      session.health('qr-scanner', 'lost')
      session.dispatch({ kind: 'outbox', fault: 'application-parked', held: true })
    },
    { ...report, engine: describeEngine({ ...releasedEngine, chromium: '150.0.7871.3' }, Date.parse('2027-04-01T12:00:00+09:00')), contradictions: [
        { what: 'inside', currency: 'JPY', one: 142_100, other: 142_000 },
        { what: 'acceptor', serial: '1001', id: 'JP100A', count: 1 },
        { what: 'below-nothing', place: '1003', id: 'JP100A', count: -1 },
      ] },
  ),
}
