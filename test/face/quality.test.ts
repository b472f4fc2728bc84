import { expect, it } from 'vitest'
import { qualityComponents, qualityValue, type QualityComponent } from '../../face/quality.ts'
import { fixture } from './support/engine.ts'

it('maps native scores to the values of ISO/IEC 29794-5 exactly as its reference implementation: 28 components of 28 pictures', () => {
  const [head = [], ...rows] = fixture('ofiq-expected-results.csv').toString('utf8').trim().split(/\r?\n/).map((line) => line.split(';'))
  const components = Object.keys(qualityComponents) as readonly QualityComponent[]
  const column = (row: readonly string[], name: string) => Number(row[head.indexOf(name)])
  const values = rows.flatMap((row) => components.map((component) => [component, qualityValue(component, column(row, component)), column(row, `${component}.scalar`)]))
  expect(values).toHaveLength(784)
  expect(values.filter(([, ours, theirs]) => ours !== theirs)).toEqual([])
})
