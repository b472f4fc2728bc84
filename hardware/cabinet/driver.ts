import type modbusSerial from 'modbus-serial'
import type { Driver, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import type { DeviceSettings } from '../wire.ts'
import type { CabinetCommand, CabinetEvent, CabinetInput, CabinetRole } from './events.ts'
import { ModbusPort } from './modbus-port.ts'

export type CabinetSettings = NonNullable<DeviceSettings['cabinet']>

type ModbusRTU = InstanceType<typeof modbusSerial.default>

/** How long the module may take to answer. */
const replyTimeoutMs = 300
/** Questions in a row without a right answer after which the module is lost. */
const lostAfter = 5
/** A switch counts only when it reads the same so often in a row: contacts bounce, doors rattle. */
const steady = 2
/**
 * A switch that fell back so often in a minute is loose: it counts as active until it has rested for a minute. An open door keeps coins out, and what is told
 * (and journalled) does not grow with each contact.
 */
const mostReleases = 5
const minuteMs = 60_000

/** What holds while a switch is active. */
const faultOf: Partial<Record<CabinetRole, FaultCode>> = { door: 'door-open', 'cash-box': 'cash-box-out' }

/** What became of a question: its answer, an exception of the module (Modbus application protocol 1.1b3, 7), bytes that are no answer, or silence. */
type Reply<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'exception'; readonly code: number }
  | { readonly kind: 'garbage' | 'silence' }

/** One input as it is read. */
interface Reading {
  readonly input: CabinetInput
  candidate: boolean | null
  /** How often in a row it has read like that. */
  times: number
  active: boolean | null
  /** When it fell back, in the last minute, milliseconds of the monotonic clock. */
  released: readonly number[]
}

/** A driver for the cabinet's switches and lamp behind one Modbus RTU module. Wiring and quirks: README.md beside this file. */
export function makeCabinetDriver(settings: CabinetSettings): MakeDriver<CabinetCommand, CabinetEvent> {
  return (wire, { clock, emit, report, trace }): Driver<CabinetCommand> => {
    const readings: readonly Reading[] = settings.inputs.map((input) => ({ input, candidate: null, times: 0, active: null, released: [] }))
    const inputs = Math.max(0, ...settings.inputs.map(({ input }) => input + 1))
    const port = new ModbusPort({
      ...wire,
      write(bytes) {
        trace('out', bytes)
        return wire.write(bytes)
      },
      onData: (listen) =>
        wire.onData((bytes) => {
          trace('in', bytes.subarray(0, 256))
          listen(bytes)
        }),
    })
    let modbus: ModbusRTU | null = null
    let wrong = 0
    let misread = false
    let lamp = false
    let lampSet: boolean | null = null
    let stopped = false
    let failure: unknown = null
    let reported = ''

    const reportFaults = () => {
      const held = readings.filter(({ active }) => active === true).map(({ input }) => faultOf[input.role])
      const faults = [...new Set([...held.filter((fault) => fault !== undefined), ...(misread ? (['cabinet-garbled'] as const) : [])])]
      if (faults.join() === reported) return
      reported = faults.join()
      report(faults)
    }

    /** Asks one thing; the library keeps no time of its own here, and a question that is given up is forgotten with the next one. */
    const ask = async <Value>(question: (client: ModbusRTU) => Promise<Value>): Promise<Reply<Value>> => {
      const client = modbus
      if (!client) return { kind: 'silence' }
      let cancel: () => void = () => undefined
      const patience = new Promise<Reply<Value>>((done) => {
        cancel = clock.after(replyTimeoutMs, () => done({ kind: port.noise > 0 ? 'garbage' : 'silence' }))
      })
      const answered = question(client).then(
        (value): Reply<Value> => ({ kind: 'answer', value }),
        (error: { readonly modbusCode?: number }): Reply<Value> =>
          error.modbusCode === undefined ? { kind: 'garbage' } : { kind: 'exception', code: error.modbusCode },
      )
      const reply = await Promise.race([answered, patience])
      cancel()
      wrong = reply.kind === 'answer' || reply.kind === 'exception' ? 0 : wrong + 1
      misread = reply.kind === 'exception' || reply.kind === 'garbage'
      return reply
    }

    const readInputs = async () => {
      if (inputs === 0) return void (await ask((client) => client.readCoils(settings.lamp ?? 0, 1)))
      const reply = await ask((client) => client.readDiscreteInputs(0, inputs))
      if (reply.kind !== 'answer') return
      const now = clock.monotonic()
      for (const reading of readings) {
        const { input } = reading
        const active = reply.value.data[input.input] === (input.active === 1)
        if (active !== reading.candidate) {
          if (reading.candidate === true) reading.released = [...reading.released.filter((at) => now - at < minuteMs), now]
          Object.assign(reading, { candidate: active, times: 0 })
        }
        reading.times += 1
        if (reading.times < steady || reading.active === active) continue
        if (!active && reading.released.length > mostReleases && now - (reading.released.at(-1) ?? 0) < minuteMs) continue
        emit({ kind: 'switch', role: input.role, name: input.name, active, first: reading.active === null })
        reading.active = active
      }
    }

    /** Keeps the lamp as it was asked for: a module that restarts comes back dark, so it is read, and written when it is another. */
    const keepLamp = async () => {
      const { lamp: coil } = settings
      if (coil === null) return
      const read = await ask((client) => client.readCoils(coil, 1))
      if (read.kind !== 'answer') return
      const on = read.value.data[0] === true
      if (on !== lamp) await ask((client) => client.writeCoil(coil, lamp))
      else if (lampSet !== lamp) {
        lampSet = lamp
        emit({ kind: 'lamp', on })
      }
    }

    const poll = async () => {
      await readInputs()
      if (!misread) await keepLamp()
      reportFaults()
    }
    const pollOn = () => {
      if (stopped || failure !== null) return
      const begun = clock.monotonic()
      poll()
        .catch((error: unknown) => {
          failure = error
        })
        .then(() => clock.after(Math.max(0, begun + settings.pollMs - clock.monotonic()), pollOn))
    }

    return {
      async start() {
        // Loaded only where a cabinet is configured: it brings much that no booth needs.
        const { default: library } = await import('modbus-serial')
        const client = new library.default(port)
        client.open()
        client.setID(settings.address)
        modbus = client
        await readInputs()
        // An exception is a module too: which input it lacks is said as a fault.
        if (wrong > 0) await readInputs()
        if (wrong > 0) return null
        pollOn()
        return { manufacturer: '', product: 'Modbus RTU module', serial: '', software: '' }
      },
      heartbeat() {
        if (failure !== null) return Promise.reject(failure as Error)
        return Promise.resolve(wrong < lostAfter)
      },
      execute(command) {
        lamp = command.on
        return Promise.resolve()
      },
      async stop() {
        stopped = true
        const { lamp: coil } = settings
        if (coil !== null && lamp) await ask((client) => client.writeCoil(coil, false))
      },
    }
  }
}
