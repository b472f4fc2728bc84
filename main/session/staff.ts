import type { Configuration } from '../config/configuration.ts'
import type { CameraCheck } from '../contract/camera-check.ts'
import type { BoothReport, StaffScreen } from '../contract/staff.ts'
import { timeOfDayAt } from '../rulebook/civil-date.ts'
import { zoneOfMoney } from '../rulebook/zoned-time.ts'
import { cameraBlocks } from './camera-blocks.ts'
import { change, type Draft } from './draft.ts'
import type { VisitCommand } from './events.ts'
import { lockOutMs } from './lock-out.ts'
import type { RecoveredDoor, StaffRecord } from './records.ts'
import { staffBlocks } from './staff-blocks.ts'
import type { Staff, State } from './state.ts'

/** Says of a booth out of service that it is because staff closed it. */
const closedFault = 'closed-by-staff'

/** The booth starts: nobody is signed in any more, and what was tried in vain before it started still counts (K07, F58). */
export function openStaffDoor(draft: Draft, { tries, lastTry, signedIn, closed }: RecoveredDoor): void {
  const { now, monotonic, configuration } = draft.facts
  const lasts = lockOutMs(tries)
  // A clock that was set back makes a lock-out no shorter, and no longer than it was.
  const left = lastTry === null || now < lastTry ? lasts : Math.max(0, lasts - (now - lastTry))
  if (signedIn !== null) draft.records.push({ kind: 'staff-signed-out', visit: null, body: { who: signedIn, why: 'restart' } })
  // Without anybody who could open it the door stays shut, and the booth is not closed by anybody.
  if (configuration.staff.length === 0) return
  if (closed) change(draft, { latched: [...draft.state.latched, closedFault] })
  change(draft, { door: { tries, lock: left > 0 ? { monotonic: monotonic + left, wall: now + left } : null } })
}

/** Whether it is staff who say this. */
export function isOfStaff(command: VisitCommand): command is Extract<VisitCommand, { readonly name: `staff-${string}` }> {
  return command.name.startsWith('staff-')
}

/** Carries out a command while staff are at the booth, or one of theirs; false when it has no place there. */
export function staffCommanded(draft: Draft, command: VisitCommand): boolean {
  const { phase, visit, staff, door } = draft.state
  if (command.name === 'staff-door') {
    if (phase !== 'open' || visit || staff || !door) return false
    const [language = 'ja'] = draft.facts.configuration.languages
    change(draft, { staff: { language, low: false, contrast: false, who: null, check: 'none', wrong: 0, report: null, camera: null, until: 0 } })
  } else if (!staff || !done(draft, staff, command)) return false
  stay(draft)
  return true
}

function done(draft: Draft, staff: Staff, command: VisitCommand): boolean {
  switch (command.name) {
    case 'touch':
      return true
    case 'choose-language':
      if (!draft.facts.configuration.languages.includes(command.input.language)) return false
      return changeStaff(draft, { language: command.input.language })
    case 'display':
      return changeStaff(draft, command.input)
    case 'staff-leave':
      return leave(draft, 'asked')
    case 'staff-sign-in':
      return signIn(draft, staff, command.input)
    case 'staff-camera':
      return staff.who !== null && hasCamera(draft.state) && changeStaff(draft, { camera: command.input.open ? { at: 'aim' } : null })
    case 'staff-still':
      return staff.camera?.at === 'aim' && judge(draft, command.input)
    case 'staff-service':
      return staff.who !== null && serve(draft, staff.who, command.input.open)
    default:
      return false
  }
}

/** Each try is on the disk before it is judged: a booth that is killed meanwhile has counted it (K07). */
function signIn(draft: Draft, staff: Staff, { who, pin }: { readonly who: string; readonly pin: string }): boolean {
  const { door } = draft.state
  const { configuration, now, monotonic } = draft.facts
  if (!door || door.lock || staff.who !== null || staff.check === 'running' || !configuration.staff.some(({ id }) => id === who)) return false
  const tries = door.tries + 1
  const lasts = lockOutMs(tries)
  draft.records.push({ kind: 'staff-tried', visit: null, body: { who } })
  draft.effects.push({ kind: 'check-pin', who, pin })
  change(draft, { door: { tries, lock: lasts > 0 ? { monotonic: monotonic + lasts, wall: now + lasts } : null } })
  return changeStaff(draft, { check: 'running' })
}

/** Whether the PIN was right. */
export function pinChecked(draft: Draft, who: string, right: boolean): void {
  const { staff, door } = draft.state
  if (staff?.check !== 'running' || !door) return
  if (!right) return void changeStaff(draft, { check: 'wrong' })
  draft.records.push({ kind: 'staff-signed-in', visit: null, body: { who } })
  change(draft, { door: { tries: 0, lock: null } })
  changeStaff(draft, { who, check: 'none', wrong: door.tries - 1 })
}

const hasCamera = ({ devices }: State) => devices.camera.state !== 'off'

/** Gives a still away to be judged; the state never holds it. */
function judge(draft: Draft, { imageBase64, ms }: { readonly imageBase64: string; readonly ms: number }): boolean {
  const { monotonic: asked } = draft.facts
  draft.effects.push({ kind: 'check-camera', asked, imageBase64, ms })
  return changeStaff(draft, { camera: { at: 'working', asked } })
}

/** What the still of `asked` says of the camera; nobody waits any more for one of before. */
export function cameraChecked(draft: Draft, asked: number, check: CameraCheck): void {
  const camera = draft.state.staff?.camera
  if (camera?.at === 'working' && camera.asked === asked) changeStaff(draft, { camera: { at: 'found', check } })
}

/** The journal was read for whoever is signed in. */
export function reported(draft: Draft, report: BoothReport): void {
  if (draft.state.staff?.who) changeStaff(draft, { report })
}

/** Puts the booth out of service, or back into it; a restart changes nothing of that. */
function serve(draft: Draft, who: string, open: boolean): boolean {
  const others = draft.state.latched.filter((fault) => fault !== closedFault)
  if (open === (others.length === draft.state.latched.length)) return false
  draft.records.push({ kind: open ? 'booth-opened' : 'booth-closed', visit: null, body: { by: who } })
  change(draft, { latched: open ? others : [...others, closedFault] })
  return true
}

/** Staff are gone: asked to, by time (F58), or because the page went away or a coin fell. */
export function leave(draft: Draft, why: Extract<StaffRecord, { kind: 'staff-signed-out' }>['body']['why']): boolean {
  const { staff } = draft.state
  if (staff?.who) draft.records.push({ kind: 'staff-signed-out', visit: null, body: { who: staff.who, why } })
  if (staff) change(draft, { staff: null })
  return true
}

/** Somebody is there: the time-out begins anew. */
function stay(draft: Draft): void {
  const { monotonic, configuration } = draft.facts
  if (draft.state.staff) changeStaff(draft, { until: monotonic + configuration.times.staffIdleMs })
}

function changeStaff(draft: Draft, patch: Partial<Staff>): true {
  const { staff } = draft.state
  if (!staff) throw new Error('no staff')
  change(draft, { staff: { ...staff, ...patch } })
  return true
}

/** When time has something to do with staff next, in monotonic milliseconds. */
export function staffDues({ staff, door }: State): readonly number[] {
  return [...(staff ? [staff.until] : []), ...(door?.lock ? [door.lock.monotonic] : [])]
}

/** A lock-out is over, or nobody touched the screen for too long. */
export function staffTicked(draft: Draft): void {
  const { staff, door } = draft.state
  const { monotonic } = draft.facts
  if (door?.lock && door.lock.monotonic <= monotonic) change(draft, { door: { ...door, lock: null } })
  if (staff && staff.until <= monotonic) leave(draft, 'idle')
}

/** What staff see. */
export function staffScreen(state: State, staff: Staff, { configuration }: { readonly configuration: Configuration }): StaffScreen {
  const { door } = state
  if (staff.who === null) {
    const judged = staff.check === 'none' ? 'ready' : staff.check === 'wrong' ? 'wrong' : 'checking'
    const locked = door?.lock && judged !== 'checking' ? door.lock : null
    // On the minute, and never too early.
    const until = locked && timeOfDayAt(Math.ceil(locked.wall / 60_000) * 60_000, zoneOfMoney(configuration.cash.currency)).slice(0, 5)
    return { screen: 'staff-sign-in', people: configuration.staff.map(({ id }) => id), state: locked ? 'locked' : judged, until }
  }
  const { camera } = staff
  if (camera) return { screen: 'staff-camera', step: camera.at === 'found' ? 'found' : 'aim', working: camera.at === 'working', blocks: camera.at === 'found' ? cameraBlocks(camera.check) : [] }
  return { screen: 'staff', who: staff.who, closed: state.latched.includes(closedFault), camera: hasCamera(state), blocks: staffBlocks(state, staff, configuration) }
}
