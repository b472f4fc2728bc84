import { deviceKinds, type DeviceKind } from '../../hardware/device.ts'
import { abilitiesLeft, type Ability, type FaultCode } from '../../hardware/faults.ts'
import type { Configuration } from '../config/configuration.ts'
import { agreementNames, type AgreementName } from '../contract/agreement.ts'
import { text, type Text } from '../contract/text.ts'
import type { Service } from '../services/service.ts'
import { isFree, services } from '../services/services.ts'
import { isCardLeft, type State } from './state.ts'

/** Devices that a booth can do without: one that it does not have is missed by nobody. */
const optional: ReadonlySet<DeviceKind> = new Set(['hopper', 'bill-validator', 'cabinet'])

const lostFault: Readonly<Record<DeviceKind, FaultCode>> = {
  'coin-acceptor': 'coin-acceptor-lost',
  hopper: 'hopper-lost',
  'bill-validator': 'bill-validator-lost',
  cabinet: 'cabinet-lost',
  'qr-scanner': 'qr-scanner-lost',
  'card-reader': 'card-reader-lost',
  printer: 'printer-lost',
  'sheet-printer': 'sheet-printer-lost',
  'still-camera': 'still-camera-lost',
  camera: 'camera-missing',
}

/** The faults that somebody reported: what the journal keeps. */
export function reportedFaults(state: State): ReadonlySet<FaultCode> {
  return new Set([
    ...state.latched,
    ...state.outbox,
    ...(state.clockUnsure ? ['clock-unsure' as const] : []),
    ...(state.devicesLink === 'down' ? ['devices-lost' as const] : []),
    ...(state.touchStuck ? ['touch-stuck' as const] : []),
    ...(state.scannerTypes ? ['scanner-mode' as const] : []),
    ...(isCardLeft(state) ? ['card-left' as const] : []),
    ...Object.values(state.devices).flatMap((health) => health.faults),
  ])
}

/** The faults of one device: what it holds, or that it is not there. */
export function faultsOfDevice(state: State, kind: DeviceKind): readonly FaultCode[] {
  const { state: stands, faults } = state.devices[kind]
  const missed = stands !== 'ready' && faults.length === 0 && !(stands === 'off' && optional.has(kind))
  return missed ? [lostFault[kind]] : faults
}

/** Every fault that holds now. A device or centre that has not answered yet counts as lost: nothing is sold on hope. */
export function heldFaults(state: State): readonly FaultCode[] {
  const line = state.lineKnown ? [] : (['centre-unreachable'] as const)
  return [...new Set([...reportedFaults(state), ...line, ...deviceKinds.flatMap((kind) => faultsOfDevice(state, kind))])]
}

/** Whether applications would leave later only: the line is down, and the pack allows selling all the same (section 0, 13). */
export function sendsLater(state: State, configuration: Configuration): boolean {
  return configuration.centre.sellWhileUnreachable && (!state.lineKnown || state.outbox.includes('centre-unreachable'))
}

/** What the operator has an agreement for. */
export function agreementsOf({ agreements }: Configuration): readonly AgreementName[] {
  return agreementNames.filter((name) => agreements[name] !== undefined)
}

/** The services that the operator offers here, in the order of the menu. */
export function offeredServices(configuration: Configuration): readonly Service[] {
  const agreed = agreementsOf(configuration)
  return services.filter(({ id, agreement }) => configuration.services[id] !== undefined && (agreement === undefined || agreed.includes(agreement)))
}

/** Whether any of them can be delivered now. */
export function anythingToOffer(state: State, configuration: Configuration): boolean {
  return offeredServices(configuration).some((service) => obstacles(service, state, configuration).length === 0)
}

/** What stands in the way of delivering `service` now; empty when it can be sold. */
export function obstacles(service: Service, state: State, configuration: Configuration): readonly FaultCode[] {
  const held = heldFaults(state).filter((fault) => !(fault === 'centre-unreachable' && configuration.centre.sellWhileUnreachable))
  const missing = (faults: readonly FaultCode[]): readonly Ability[] => {
    const left = abilitiesLeft(faults)
    return service.needs.filter((ability) => !left.has(ability))
  }
  if (missing(held).length === 0) return []
  return held.filter((fault) => missing([fault]).length > 0)
}

/** What somebody reads who cannot have `service` now for this fault: of one that costs nothing no word of money. */
export function obstacleWords(fault: FaultCode, service: Service): Text {
  return text(`fault.${fault}.${isFree(service) ? 'free' : 'resident'}`)
}
