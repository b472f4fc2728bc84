import type { Page } from 'playwright'
import type { TimedEvent } from './statistics.ts'

/** The shortest that an observer of events reports. */
export const thresholdMs = 16

/** What the observers of a page have seen. */
export interface Seen {
  readonly events: TimedEvent[]
  readonly longTasks: number[]
}
type Observing = Window & { seen: Seen }

/** Observes all touches on the page, and all tasks that hold up the next one (50 ms and more). */
export function observeTouches(page: Page): Promise<void> {
  return page.evaluate((durationThreshold) => {
    const seen: Seen = { events: [], longTasks: [] }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) seen.events.push({ interaction: entry.interactionId ?? 0, duration: entry.duration })
    }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
    }).observe({ type: 'longtask' })
  }, thresholdMs)
}

/** Takes what was seen since the last time, once the last touch has been told. */
export function takeSeen(page: Page): Promise<Seen> {
  return page.evaluate(
    () =>
      new Promise<Seen>((done) =>
        setTimeout(() => {
          const { events, longTasks } = (window as unknown as Observing).seen
          done({ events: events.splice(0), longTasks: longTasks.splice(0) })
        }, 200),
      ),
  )
}

/** Lets the page have its camera, or one that is being opened for ever: the same screens with neither preview nor decoder. */
export function giveCamera(page: Page, given: boolean): Promise<void> {
  return page.evaluate((real) => {
    const { mediaDevices } = navigator
    if (real) Reflect.deleteProperty(mediaDevices, 'getUserMedia')
    else mediaDevices.getUserMedia = () => new Promise(() => {})
  }, given)
}
