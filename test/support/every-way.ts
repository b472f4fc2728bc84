import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import type { Judgement, Service, Situation, Step } from '../../main/services/service.ts'

/** Days that decide differently: passed, near, short, far; of an infant, a child, somebody just of age and a grown-up. */
const days = ['2026-11-20', '2026-12-21', '2027-01-10', '2030-01-01', '2026-05-05', '2015-05-05', '2008-05-05', '1980-05-05']

/** What may be typed: nothing that fits, and what a field could want. */
export const typed = ['0', 'ZZZZ', 'AB12345678', 'A123456789', 'A800000014', 'AA12345678901234', '12345678901234567890123']

/** What sees a walk: each step that a visit can come to, and each stop. */
interface Witness {
  step(step: Step, here: Situation): void
  stop?(judgement: Extract<Judgement, { result: 'stop' }>): void
}

/** The ways in which `step` can be answered: by a resident, or by an authority's system. */
function waysOn(step: Step, here: Situation): readonly Situation[] {
  const answered = (values: readonly string[]) => values.map((value) => ({ ...here, answers: { ...here.answers, [step.id]: value } }))
  switch (step.kind) {
    case 'choice':
      return answered(step.options)
    case 'date': {
      const { from, to } = step.range(here.today)
      return answered([...new Set([...days, from, to])].filter((day) => from <= day && day <= to))
    }
    case 'field':
      return [...(step.optional ? [here] : []), ...answered(typed.map((entered) => step.read(entered, here)).flatMap((read) => (read.ok ? [read.value] : [])))]
    case 'ask':
      return (['not-offered', 'unreachable', 'not-found', 'refused'] as const).map((code) => ({ ...here, replies: { ...here.replies, [step.id]: { ok: false, code } } }))
    default:
      return [here]
  }
}

/** Walks through every way that a visit of `service` can take from `here`. */
export function walkEveryWay(service: Service, here: Situation, witness: Witness, index = 0): void {
  const step = service.steps[index]
  if (!step) return
  if (step.when && !step.when(here)) return walkEveryWay(service, here, witness, index + 1)
  witness.step(step, here)
  for (const next of waysOn(step, here)) {
    const judgement = service.judge?.(next.answers, here.today, builtInRulebook)
    if (judgement?.result === 'stop') witness.stop?.(judgement)
    else walkEveryWay(service, next, witness, index + 1)
  }
}
