import { reply } from '../../cctalk/frames.ts'
import { acknowledge, asciiOf, little, say, type Replies } from '../../cctalk/simulator-core.ts'
import { positions, type Mechanism } from './simulator-mechanism.ts'

/** Option flags (CT2 3.43): stacker, escrow, accept counters. */
const optionFlags = 0b111
const mostMaskBytes = 16

/** Scaling of the countries that the validator knows (header 156): factor and decimals; of any other it says 0 0 0. */
export type Scales = Map<string, readonly [factor: number, decimals: number]>

/** What the validator answers to the headers of its kind: CT3 appendix 13, with auditing. */
export function makeReplies(mechanism: Mechanism, scales: Scales): Replies {
  const { truth, table } = mechanism
  const position = (value: number | undefined) => (value !== undefined && value >= 1 && value <= positions ? value : null)
  const country = (data: Uint8Array) => String.fromCharCode(...data)
  const stackedOf = (type: number) => truth.stacked[type] ?? 0
  const revision = '001'

  return {
    asked: {
      247: () => say([positions, 1]),
      232: () => say([mechanism.selfCheck()]),
      230: () => say(mechanism.mask),
      227: () => say([mechanism.open ? 1 : 0]),
      226: () => say(little(truth.inserted, 3)),
      225: () => say(little(Object.values(truth.stacked).reduce((sum, count) => sum + count, 0), 3)),
      213: () => say([optionFlags]),
      194: () => say(little(truth.rejected, 3)),
      193: () => say(little(truth.fraud, 3)),
      159: () => {
        mechanism.polled()
        return say([mechanism.counter, ...mechanism.results])
      },
      152: () => say([mechanism.mode]),
      145: () => say(asciiOf(revision)),
      141: () => say([0]),
      129: () => say(asciiOf(mechanism.barcode)),
    },
    told: {
      231: (data) => (data.length <= mostMaskBytes ? acknowledge(() => (mechanism.mask = [...data])) : null),
      228: ([status = 0]) => acknowledge(() => mechanism.allow((status & 1) === 1)),
      157: ([type]) => {
        const at = position(type)
        return at === null ? null : say(asciiOf(table[at - 1] ?? '.......'))
      },
      156: (data) => {
        if (data.length !== 2) return null
        const [factor, decimals] = scales.get(country(data)) ?? [0, 0]
        return say([...little(factor, 2), decimals])
      },
      155: (data) => {
        if (data.length !== 2) return null
        const bits = table.reduce((mask, id, index) => (id.startsWith(country(data)) ? mask | (1 << index) : mask), 0)
        return say(little(bits, 2))
      },
      154: (data) => {
        if (data.length !== 1) return null
        const error = mechanism.route(data[0] ?? 0)
        return { header: reply.answer, data: error === null ? [] : [error] }
      },
      153: ([mode = 0]) => acknowledge(() => (mechanism.mode = mode & 3)),
      150: ([type]) => (position(type) === null ? null : say(little(stackedOf(type ?? 0), 3))),
      145: (data) => (data.length === 2 ? say(asciiOf(scales.has(country(data)) ? revision : 'Unknown')) : null),
    },
  }
}
