import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { launchBooth } from '../e2e/support/launch.ts'
import { touchesOn } from '../e2e/support/touches.ts'
import { measurement, type Measurement } from './measurement.ts'
import { familyOf, usageOf } from './processes.ts'

/** Visits before the first look (at least), and between it and the last; a look in between shows a slope. */
const warmUp = Number(process.env['CARDBOOTH_WARM_UP'] ?? 50)
const visits = Number(process.env['CARDBOOTH_VISITS'] ?? 500)
const looks = 5
/** The stand-in's Chromium opens databases of its own a minute after its start, and starts a service after three: neither comes of a visit. */
const warmUpMs = 200_000

/** What grows, if anything does. */
interface Size {
  readonly heapMb: number
  readonly nodes: number
  readonly openFiles: number
  readonly residentMb: number
}

/** Whole visits to the slip, one after another, as fast as the booth answers: what the page's heap (after collection), its nodes, the open files and the resident memory of all processes of the booth do. */
export async function* measureVisit(): AsyncGenerator<Measurement> {
  const booth = await launchBooth({ config: (demo) => ({ ...demo, services: { 'jp-mynumber-application': { price: 500 } } }) })
  try {
    const { page, app } = booth
    const touches = touchesOn(booth, 'ja')
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    const look = async (): Promise<Size> => {
      await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
      const { openFiles, residentMb } = usageOf(familyOf(app.process().pid ?? 0))
      return { heapMb: metric('JSHeapUsedSize') / 2 ** 20, nodes: metric('Nodes'), openFiles, residentMb }
    }
    const times: number[] = []
    let count = 0
    const visit = async () => {
      const began = performance.now()
      // Another paper each time: the reader says the same code once in two seconds, and these visits are shorter.
      count += 1
      await touches.hurryTo('receipt', demoFormCode.replace(/\d{5}$/, String(count).padStart(5, '0')))
      await touches.leave()
      times.push(performance.now() - began)
    }
    await touches.at('attract')
    const began = performance.now()
    for (let done = 0; done < warmUp || performance.now() - began < warmUpMs; done += 1) await visit()
    times.length = 0
    const sizes = [await look()]
    for (let done = 1; done <= visits; done += 1) {
      await visit()
      if (done % Math.ceil(visits / looks) !== 0 && done !== visits) continue
      sizes.push(await look())
      process.stderr.write(`  … ${done} of ${visits} visits: ${JSON.stringify(sizes.at(-1))}\n`)
    }
    yield measurement('visit', 'one visit', times)
    const [first, last] = [sizes[0], sizes.at(-1)]
    if (!first || !last) return
    const grew = (key: keyof Size) => [sizes.map((size) => size[key] - first[key]).at(-1) ?? Number.NaN]
    yield measurement('visit', 'heap after collection grew by', grew('heapMb'), null, 'MB')
    yield measurement('visit', 'nodes grew by', grew('nodes'), null, 'nodes')
    yield measurement('visit', 'open files grew by', grew('openFiles'), null, 'files')
    yield measurement('visit', 'resident memory', sizes.map((size) => size.residentMb), { peer: 'after warming up', ratio: last.residentMb / first.residentMb }, 'MB')
  } finally {
    await booth.close()
  }
}
