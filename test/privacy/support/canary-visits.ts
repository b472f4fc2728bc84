import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeHeapSnapshot } from 'node:v8'
import sharp from 'sharp'
import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { startInProcessBooth, type InProcessBooth } from '../../../main/commands/demo/in-process-booth.ts'
import { play } from '../../../main/commands/demo/play.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs, type ResidentAnswers } from '../../../main/commands/demo/resident.ts'
import type { View } from '../../../main/contract/view.ts'
import { canaryOf, entered, face, kept } from './canary.ts'
import { inMidVisit, visitEnds, type VisitEnd } from './visit-ends.ts'

/*
 * A program of its own, so that nothing but booths is in its heap: `canary-visits.ts FOLDER` plays one visit to each of its ends, each at a booth of its
 * own, and leaves every booth standing 20 s after its visit's end, but one in the middle of it. Then a picture of the heap goes to FOLDER/heap.heapsnapshot; the booths' folders are
 * beside it. A resident is told by name only and forgotten with the visit.
 */

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: canary-visits.ts FOLDER')

const hour = 3_600_000
const at = (name: string) => (view: View) => view.screen === name || ('step' in view && view.step === name)
const resting = (view: View) => ['attract', 'out-of-service', 'starting'].includes(view.screen)

/** What they want to know, where a service asks for that first. */
const topics: Readonly<Record<string, ResidentAnswers>> = {
  'jp-card-care': { topic: 'validity', holder: 'other' },
  'tw-resident-certificate': { topic: 'apply', document: 'chip' },
}

/** Lets a booth's time go by, in steps that leave what takes real time its turn, until its screen is as wanted. */
async function pass(world: InProcessBooth, clock: VirtualClock, done: (view: View) => boolean): Promise<void> {
  for (let seconds = 0; !done(world.shown().view); seconds += 1) {
    if (seconds > 3_600) throw new Error(`stuck at ${world.shown().view.screen}`)
    await clock.advance(1_000)
  }
}

async function visit(world: InProcessBooth, clock: VirtualClock, { name, service, until, before = [], after = [], act: deed }: VisitEnd): Promise<void> {
  const { formId, cardNumber, residentNumber, password, newPassword, birth, stayUntil } = canaryOf(name)
  const code = `https://net.kojinbango-card.go.jp/?id=${formId}`
  const days = { birth: entered(birth), 'stay-until': entered(stayUntil), 'document-until': entered(stayUntil) }
  const numbers = { 'card-number': cardNumber, number: residentNumber }
  const answers = { ...days, ...numbers, ...(service === undefined ? {} : topics[service]), stay: 'same', need: 'status', which: 'signature' }
  const stopped = { printed: 'address' }
  const act = residentActs({
    language: 'ja',
    coins: [500, 100, 100, 100],
    code,
    answers: deed === 'stop' ? { ...answers, ...stopped } : answers,
    pins: { old: password, fresh: newPassword },
    portrait: demoPortrait,
    stopAt: deed === 'cancel' ? until : null,
  })
  const hands = async (lines: readonly string[]) => {
    for (const line of lines) if ((await world.hand(line)).startsWith('error')) throw new Error(`${name}: ${line}`)
  }
  await hands(service === 'jp-pin-change' ? [`card-reader pin signature ${password}`] : before)
  const reached = deed === 'cancel' || deed === 'end' || deed === 'stop' ? at('goodbye') : at(until)
  if (!(await play(world, clock, act, reached, hour))) throw new Error(`${name}: stuck at ${world.shown().view.screen}`)
  const say = async (command: string, input: object) => {
    const answer = await world.booth.request('resident', command, input)
    if (!answer.ok) throw new Error(`${name}: the booth refused ${command}: ${answer.error.code}`)
  }
  if (deed === 'type') {
    for (const wrong of ['61', '62', '63']) await say('codes', { codes: [wrong] })
    await say('type-id', {})
    await say('typed', { round: 1, digits: formId })
  }
  if (deed === 'photo') await say('photo', { attempt: 1, imageBase64: face().toString('base64') })
  if (deed === 'codes') await say('codes', { codes: [Buffer.from(code).toString('hex')] })
  if (service === 'jp-pin-change' && !(await world.hand('card-reader state')).includes(newPassword)) throw new Error(`${name}: the card has its old password`)
  await hands(after)
  if (deed === 'go-on' && !(await play(world, clock, act, at('goodbye'), hour))) throw new Error(`${name}: stuck at ${world.shown().view.screen}`)
  if (deed === 'reload') world.booth.pageLost()
}

/** A resident's patience and a poll are shortened, because every second of theirs takes the machine's time. */
const hurried = (file: ConfigurationFile): ConfigurationFile => ({
  ...file,
  devices: { ...file.devices, 'coin-acceptor': { path: 'coin-acceptor', ...file.devices['coin-acceptor'], pollMs: 500 } },
  times: { idleMs: 10_000, payIdleMs: 10_000, farewellMs: 3_000, sendMs: 1_000 },
})

const booths: { readonly world: InProcessBooth; readonly clock: VirtualClock }[] = []
for (const end of [...visitEnds, inMidVisit]) {
  const dir = join(folder, end.name.replaceAll(/[^a-z]+/g, '-'))
  mkdirSync(dir, { recursive: true })
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'))
  const world = await startInProcessBooth({ clock, dir, service: end.service, change: hurried })
  booths.push({ world, clock })
  await visit(world, clock, end)
  if (end === inMidVisit) break
  await pass(world, clock, resting)
  for (let seconds = 0; seconds < 20; seconds += 1) await clock.advance(1_000)
  writeFileSync(join(dir, 'log.json'), JSON.stringify(world.logged))
  writeFileSync(join(dir, 'view.json'), JSON.stringify(world.shown()))
}
// What takes real time (a photo whose visit is over) comes to its end before anything is searched.
do await new Promise((done) => setTimeout(done, 500))
while (sharp.counters().queue + sharp.counters().process > 0)
Reflect.set(globalThis, 'kept', kept().toString('base64'))
writeHeapSnapshot(join(folder, 'heap.heapsnapshot'))
process.stdout.write(`${JSON.stringify({ booths: booths.length, screens: booths.map(({ world }) => world.shown().view.screen) })}\n`)
process.exit(0)
