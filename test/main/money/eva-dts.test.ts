import { expect, it } from 'vitest'
import { auditCsv, evaDts } from '../../../main/money/eva-dts.ts'

const counters: Readonly<Record<string, { ever: number; since: number }>> = {
  'coins-in': { ever: 9000, since: 3000 },
  'coins-to-box': { ever: 8000, since: 2500 },
  'coins-to-hoppers': { ever: 1000, since: 500 },
  'notes-in': { ever: 4000, since: 1000 },
  'paid-out': { ever: 700, since: 200 },
  'claims-redeemed': { ever: 300, since: 100 },
  refilled: { ever: 6000, since: 0 },
  sales: { ever: 8000, since: 2400 },
  'sales-number': { ever: 10, since: 3 },
}
const audit = {
  ...{ booth: 'demo*1', model: 'CARDBOOTH 0.1.0', currency: 'JPY', date: '20261122', time: '100000' },
  acceptor: { serial: '4711', model: 'SR5', revision: '1.04' },
  validator: { serial: 'i(JPN)100', model: 'UBA', revision: '' },
  counter: (name: string) => counters[name] ?? { ever: 0, since: 0 },
  contents: [
    { place: '900', id: 'JP100A', value: 100, count: 45 },
    { place: 'box', id: 'JP500A', value: 500, count: 5 },
    { place: 'removed', id: 'JP500A', value: 500, count: 7 },
    { place: 'notes', id: 'JP1000A', value: 1000, count: 4 },
  ],
  events: [
    { name: 'power-loss', date: '20261120', time: '030000', since: false },
    { name: 'note-stacker-open', date: '20261121', time: '090000', since: false },
    { name: 'door-open', date: '20261122', time: '091500', since: true },
    { name: 'cash-box-out', date: '20261122', time: '091600', since: true },
    { name: 'coin-jam', date: '20261122', time: '093000', since: true },
  ],
} as const

it('the audit as lines of EVA-DTS: since the collection and ever, and a separator never inside a field', () => {
  const lines = evaDts(audit)
  expect(lines[0]).toBe('DXS*CARDBOOTH*VA*V1/1*1')
  expect(lines).toContain('ID1*demo 1*CARDBOOTH 0.1.0*1***')
  expect(lines).toContain('VA1*8000*10*2400*3')
  // In all = to the box + to the hoppers + notes, since the reset and ever.
  expect(lines).toContain('CA3*4000*2500*500*1000*13000*8000*1000*4000*1000*4000')
  // What staff paid is paid out as well.
  expect(lines).toContain('CA4*300*100*1000*300')
  expect(lines).toContain('CA10*0*6000')
  expect(lines).toContain('ID4*0*1392*JPY')
  expect(lines).toContain('ID5*20261122*100000')
  expect(lines).toContain('VA2*0*0*0*0')
  expect(lines).toContain('VA3*0*0*0*0')
  expect(lines).toContain('CA1*4711*SR5*1.04')
  expect(lines).toContain('BA1*i(JPN)100*UBA*')
  expect(lines).toContain('CA15*4500')
  expect(lines.filter((text) => text.startsWith('CA17'))).toEqual(['CA17*0*100*45'])
  // ST to SE, both counted.
  const set = lines.slice(1, -1)
  expect(set.at(-1)).toBe(`SE*${set.length}*0001`)
  expect(set.at(-2)).toMatch(/^G85\*[0-9A-F]{4}$/)
  expect(lines.at(-1)).toBe('DXE*1*1')
})

it('events with their time, how many of each since the collection and ever, and losses of power', () => {
  expect(evaDts(audit).filter((text) => text.startsWith('EA'))).toEqual([
    'EA1*ECA*20261120*030000***power-loss',
    'EA1*ENF*20261121*090000***note-stacker',
    'EA1*EGS*20261122*091500***door-open',
    'EA1*ENF*20261122*091600***cash-box-out',
    'EA1*EAD*20261122*093000***coin-jam',
    'EA2*EAD*1*1',
    'EA2*ECA*0*1',
    'EA2*EGS*1*1',
    'EA2*ENF*1*2',
    'EA7*0*1',
  ])
  expect(evaDts({ ...audit, events: [] }).filter((text) => text.startsWith('EA'))).toEqual(['EA7*0*0'])
  expect(evaDts({ ...audit, currency: 'TWD' })).toContain('ID4*0*1901*TWD')
})

it('the same as CSV', () => {
  expect(auditCsv(audit, ['coins-in'])).toEqual([
    'kind,place,name,currency,value,count,ever,since',
    'counter,,coins-in,JPY,,,9000,3000',
    'content,900,JP100A,JPY,100,45,,',
    'content,box,JP500A,JPY,500,5,,',
    'content,removed,JP500A,JPY,500,7,,',
    'content,notes,JP1000A,JPY,1000,4,,',
  ])
})
