import { matchesGlob } from 'node:path'
import { Visitor } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { parseSource, sourceFiles, type SourceFile } from './source-files.ts'

const clock = 'hardware/clock.ts'
const timed = ['hardware/**', 'main/**', 'centre/**']
const pureRooms = ['main/{contract,session,services,rulebook,money}/**']
const within = (patterns: readonly string[]) => ({ path }: SourceFile) => patterns.some((pattern) => matchesGlob(path, pattern))

/** Names that wait or tell the time by themselves. */
const timers = new Set(['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'requestIdleCallback'])
const timeOfDay = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.uptime', 'AbortSignal.timeout', 'Temporal.Now', 'Atomics.wait'])
const timerModules = /^(?:node:)?timers(?:\/promises)?$/
/** Methods of Date that read the machine's own time zone; a rule's zone belongs to the rule. */
const zoneReaders = /^(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$|^toLocale(?:Date|Time)String$/
/** What reaches out of a pure function. */
const outside = new Set(['process', 'Buffer', 'fetch', 'console', 'globalThis', 'crypto', 'performance', 'navigator', 'window', 'document'])

/** Where `file` takes time from anything but a clock that it was given, one line each. */
function ownTimes(file: SourceFile): readonly string[] {
  const found: string[] = []
  const report = (node: { readonly start: number }, what: string) => found.push(`${file.place(node.start)} ${what}`)
  new Visitor({
    ImportDeclaration: (node) => void (timerModules.test(node.source.value) && report(node, node.source.value)),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && (timers.has(node.callee.name) || node.callee.name === 'Date')) report(node, node.callee.name)
    },
    NewExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()')
    },
    MemberExpression: (node) => {
      if (node.property.type !== 'Identifier') return
      const name = node.object.type === 'Identifier' ? `${node.object.name}.${node.property.name}` : node.property.name
      if (timeOfDay.has(name) || timers.has(node.property.name)) report(node, name)
    },
  }).visit(file.program)
  return found
}

/** Where `file` reads the time zone of the machine that it runs on. */
function ownZones(file: SourceFile): readonly string[] {
  const found: string[] = []
  new Visitor({
    CallExpression: ({ start, callee }) => {
      if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && zoneReaders.test(callee.property.name))
        found.push(`${file.place(start)} ${callee.property.name}`)
    },
  }).visit(file.program)
  return found
}

/** Where `file` reaches for chance or for anything outside of its arguments. */
function reachesOut(file: SourceFile): readonly string[] {
  const found: string[] = []
  new Visitor({
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier') return
      const chance = node.object.name === 'Math' && node.property.type === 'Identifier' && node.property.name === 'random'
      if (chance || outside.has(node.object.name)) found.push(file.place(node.start))
    },
    CallExpression: (node) => void (node.callee.type === 'Identifier' && outside.has(node.callee.name) && found.push(file.place(node.start))),
  }).visit(file.program)
  return found
}

const files = sourceFiles()

describe('time', () => {
  it('comes from the clock in hardware, main and centre', () => {
    expect(files.filter(within(timed)).filter(({ path }) => path !== clock).flatMap(ownTimes)).toEqual([])
  })

  it('is never read in the zone of the machine', () => {
    expect(files.filter(within(timed)).flatMap(ownZones)).toEqual([])
  })

  it('neither comes nor goes in the pure rooms: what they decide follows from what they are given', () => {
    expect(files.filter(within(pureRooms)).flatMap(reachesOut)).toEqual([])
  })
})

describe('the reader of clocks', () => {
  const read = (text: string) => ownTimes(parseSource('main/x.ts', text))

  it.each([
    'setTimeout(go, 5)',
    'globalThis.setInterval(go, 5)',
    'socket.setTimeout(5)',
    'setImmediate(go)',
    'Date.now()',
    'const now = Date.now',
    'new Date()',
    'Date()',
    'performance.now()',
    'process.hrtime.bigint()',
    'AbortSignal.timeout(5)',
    `import { setTimeout as wait } from 'node:timers/promises'`,
  ])('finds %s', (text) => expect(read(text)).not.toEqual([]))

  it.each(['new Date(0).toISOString()', '// Date.now()', `'setTimeout'`, 'clearTimeout(timer)', 'ports.clock.now()'])('lets %s pass', (text) => {
    expect(read(text)).toEqual([])
  })
})
