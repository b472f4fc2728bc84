import { describe, expect, it } from 'vitest'
import { compareProof, type ProofMap } from '../proof/compare.ts'
import { identifiers, identifiersIn } from '../proof/identifiers.ts'
import { readText } from './source-files.ts'

const everythingLater = (except: readonly string[] = []): ProofMap => ({
  later: Object.fromEntries([...identifiers].filter((id) => !except.includes(id)).map((id) => [id, 'another day'])),
  cannot: {},
})

describe('the proof map', () => {
  it('knows 139 rules, 76 faults and 122 bad inputs', () => {
    const count = (letters: string) => [...identifiers].filter((id) => letters.includes(id[0] ?? '')).length
    expect([count('R'), count('F'), count('QSHCAPKU')]).toEqual([139, 76, 122])
  })

  it('in the repository names only what is known, once, with a reason, in order', () => {
    const map = JSON.parse(readText('test/proof.json')) as ProofMap
    const problems = compareProof(map, []).problems.filter((problem) => !problem.includes('no passed test'))
    expect(problems).toEqual([])
    for (const listed of [Object.keys(map.later), Object.keys(map.cannot)]) {
      expect(listed).toEqual([...identifiers].filter((id) => listed.includes(id)))
    }
  })

  it('is true when every identifier is either proved or listed', () => {
    const comparison = compareProof(everythingLater(['F26', 'R047']), ['coins F26 counter wraps 255→1', 'R047: 23 digits'])
    expect(comparison).toEqual({ proved: 2, later: 335, cannot: 0, problems: [] })
  })

  it('fails on an identifier without a passed test and without an entry', () => {
    expect(compareProof(everythingLater(['F26']), []).problems).toEqual(['F26 has no passed test and no entry in proof.json'])
  })

  it('fails on an entry that a test has overtaken', () => {
    expect(compareProof(everythingLater(), ['F26 wraps']).problems).toEqual(['F26 is proved, take it out of proof.json: F26 wraps'])
  })

  it('fails on names that nobody knows, in titles and in the map', () => {
    const map: ProofMap = { ...everythingLater(), cannot: { Z99: 'because' } }
    expect(compareProof(map, ['F77 flood']).problems).toEqual([
      'F77 is no identifier, but a test carries it: F77 flood',
      'Z99 is no identifier, but stands in proof.json',
    ])
  })

  it('fails on an entry without a reason, and on one that stands twice', () => {
    const later = { ...everythingLater().later, F26: ' ' }
    expect(compareProof({ later, cannot: { R001: 'because' } }, []).problems).toEqual([
      'F26 stands in proof.json without a reason',
      'R001 stands in proof.json under later and under cannot',
    ])
  })

  it('reads identifiers out of titles, and nothing else', () => {
    expect(identifiersIn('Q25 Q26: a 12-digit number; R023b, (F02)')).toEqual(['Q25', 'Q26', 'R023b', 'F02'])
    expect(identifiersIn('A4 paper, CRC-16, U+FF10, COPY-Q25X, C 12, F265, UTF-16, 2026-A01, the key "F12", Control+F11')).toEqual([])
  })
})
