import { expect, it } from 'vitest'
import { cctalkMutations, id003Mutations, sufferingWire, type SufferingWire } from '../mutations.ts'
import { credit, inside, makeBench } from './bench.ts'

const code = (frame: Uint8Array) => frame[2] ?? 0
const header = (frame: Uint8Array) => frame[3] ?? 0
/** What is said while a note goes its way: statuses and acknowledgements of ID-003, headers of ccTalk. */
const cases = [
  ...[0x11, 0x13, 0x14, 0x15, 0x50].map((meant) => ['id003', meant] as const),
  ...[159, 154, 230].map((meant) => ['cctalk', meant] as const),
]

it.each(cases)('S02 S03 S13 S14 %s: the replies of %i suffer everything that a line can do while a note is taken: it counts once, and never without an alarm not at all', async (protocol, meant) => {
  for (const mutation of protocol === 'id003' ? id003Mutations : cctalkMutations)
    for (const count of [1, 12]) {
      const wires: SufferingWire[] = []
      const bench = makeBench({
        settings: { protocol },
        wire(near) {
          const wire = sufferingWire(near)
          wires.push(wire)
          return wire
        },
      })
      await bench.open()
      wires[0]?.suffer(mutation, count, (command, reply) => (protocol === 'id003' ? code(reply) : header(command)) === meant)
      await bench.insert()
      wires[0]?.suffer(null, 0, () => false)
      bench.kill()
      const next = await bench.again()
      await next.polls(30)
      const truth = await bench.state()
      const name = `${mutation.name}, ${count} times: ${JSON.stringify(truth)}`
      expect(credit(bench.journal), name).toBeLessThanOrEqual(1000 * inside(truth))
      if (bench.journal.alarms.length === 0) expect(credit(bench.journal), name).toBe(1000 * inside(truth))
    }
})
