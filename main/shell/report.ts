import type { DeviceSummary, ViewPush } from '../contract/wire.ts'

/** What whoever started the shell may want to know: which screen was last drawn, and how the devices are. */
export interface ShellReport {
  readonly drawn: string | null
  readonly devices: readonly DeviceSummary[]
}

/** Follows what passes through the shell, and calls `changed` with each new state of things. */
export function followDrawing(changed: (report: ShellReport) => void) {
  let report: ShellReport = { drawn: null, devices: [] }
  /** Screens pushed and not yet drawn, by revision. */
  const pushed = new Map<number, string>()
  const change = (next: ShellReport) => {
    report = next
    changed(report)
  }
  return {
    pushed(push: ViewPush | null): void {
      if (push) pushed.set(push.revision, push.view.screen)
    },
    /** The page says that it drew a revision. */
    drew(input: unknown): void {
      if (typeof input !== 'object' || input === null) return
      const revision: unknown = Reflect.get(input, 'revision')
      const screen = typeof revision === 'number' ? pushed.get(revision) : undefined
      if (screen === undefined) return
      for (const old of pushed.keys()) if (old <= (revision as number)) pushed.delete(old)
      if (screen !== report.drawn) change({ ...report, drawn: screen })
    },
    devices(devices: readonly DeviceSummary[]): void {
      change({ ...report, devices })
    },
  }
}
