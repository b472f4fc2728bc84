import type { FaultCode } from '../faults.ts'

/** How a queue is, as `lpstat -l -p QUEUE` tells it. */
export interface QueueState {
  /** False for a queue that was stopped: by hand, or by CUPS after a job that failed. */
  readonly isEnabled: boolean
  /** Keywords of the attribute printer-state-reasons (RFC 8011, 5.4.12), with their severity, e.g. `media-empty-error`. */
  readonly reasons: readonly string[]
  /** What the operator calls it. */
  readonly description: string
}

/** Reads what `lpstat -l -p QUEUE` says in English; null when it is not about this queue. */
export function readQueueState(text: string, queue: string): QueueState | null {
  const [first = '', ...lines] = text.split('\n')
  if (!first.startsWith(`printer ${queue} `)) return null
  const field = (name: string) => lines.find((line) => line.startsWith(`\t${name}: `))?.slice(name.length + 3) ?? ''
  const reasons = field('Alerts').split(/[ ,]+/)
  return {
    isEnabled: !/^printer \S+ disabled since /.test(first),
    reasons: reasons.filter((reason) => reason !== '' && reason !== 'none'),
    description: field('Description'),
  }
}

/** Whether `lpstat -o` lists this job. */
export function listsJob(text: string, id: string): boolean {
  return text.split('\n').some((line) => line.startsWith(`${id} `))
}

/** Whether `lpstat -l -W completed -o` says that this job ended and that nobody ended it. */
export function cameToItsEnd(text: string, id: string): boolean {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`${id} `))
  const alerts = lines.slice(at + 1, at + 4).find((line) => line.startsWith('\tAlerts: '))
  return at >= 0 && alerts !== undefined && !/cancel|abort|errors/.test(alerts)
}

/** What the first words of a reason mean; PWG 5100.9 and RFC 8011, 5.4.12. A warning about these is no reason to stop. */
const troubles: readonly (readonly [RegExp, FaultCode])[] = [
  [/^(?:offline|shutdown|timed-out|connecting-to-device)/, 'sheet-printer-lost'],
  [/^media-(?:empty|needed)/, 'sheet-printer-paper-out'],
  [/^(?:cover|door|interlock)-open/, 'sheet-printer-cover-open'],
  [/^(?:marker-supply-empty|marker-waste-full|toner-empty|developer-empty|opc-life-over)/, 'sheet-printer-supply-out'],
]

/** The faults in a queue's state, none for a queue that prints. */
export function faultsOf({ isEnabled, reasons }: QueueState): readonly FaultCode[] {
  const held = reasons.flatMap((reason): readonly FaultCode[] => {
    if (/-(?:report|warning)$/.test(reason)) return /^(?:media|marker-supply|toner)-low/.test(reason) ? ['sheet-printer-low'] : []
    const trouble = troubles.find(([pattern]) => pattern.test(reason))?.[1]
    if (trouble) return [trouble]
    if (/^(?:media|marker-supply|toner)-low/.test(reason)) return ['sheet-printer-low']
    return reason.endsWith('-error') || /^(?:media-jam|paused|stopped)/.test(reason) ? ['sheet-printer-failed'] : []
  })
  return [...new Set([...held, ...(isEnabled ? [] : ['sheet-printer-failed' as const])])]
}
