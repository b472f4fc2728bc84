import { expect, it } from 'vitest'
import { cctalkMutations, sufferingWire, type SufferingWire } from '../mutations.ts'
import { makeBench } from './bench.ts'

/** Every reply that a pay-out takes: enabling, dispense, status, count of dispensed coins, registers, serial number. */
const headers = [164, 167, 166, 168, 163, 242] as const
const forEver = 1_000_000

it.each(headers.flatMap((header) => [1, forEver].map((count) => [header, count] as const)))(
  'S02 S03 S13 S14 F32 the reply to header %i suffers everything that a line can do, %i times: what is known of the pay-out is what left the hopper',
  async (header, count) => {
    for (const mutation of cctalkMutations) {
      const wires: SufferingWire[] = []
      const bench = makeBench({
        hoppers: [{ coinMs: 50 }],
        wire(near) {
          const wire = sufferingWire(near)
          wires.push(wire)
          return wire
        },
      })
      await bench.open()
      const intent = bench.intent(3)
      wires[0]?.suffer(mutation, count, (command) => command[3] === header)
      void bench.driver.execute({ kind: 'pay', intent })
      await bench.clock.advance(30_000)
      wires[0]?.suffer(null, 0, () => false)
      await bench.clock.advance(10_000)
      const found = () => bench.events.find((event) => event.kind === 'settled')
      if (!found()) await bench.pay(intent, 'settle')
      const { left, dispenses } = await bench.truth()
      expect([found(), dispenses <= 1, left === 0 || left === 3], mutation.name).toMatchObject([{ paid: left, unpaid: 3 - left }, true, true])
      await bench.run(bench.driver.stop())
    }
  },
)
