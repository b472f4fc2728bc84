import { useBooth } from '../booth-context.ts'
import { westernYear } from '../date-parts.ts'
import type { DateDraft, DatePart } from '../date-draft.ts'

interface DateFieldsProps {
  readonly draft: DateDraft
  /** The parts that there are: no era where there is only one. */
  readonly parts: readonly DatePart[]
  readonly onPart: (part: DatePart) => void
}

/** The day as far as it is entered; a touch on a part enters it anew. */
export function DateFields({ draft, parts, onPart }: DateFieldsProps) {
  const { label } = useBooth()
  const written: Readonly<Record<DatePart, string | null>> = {
    era: draft.era && label(`ui.era.${draft.era}`),
    year: draft.year === '' ? null : label('ui.date.year', { year: draft.year }),
    month: draft.month === null ? null : label('ui.date.month', { month: draft.month }),
    day: draft.day === null ? null : label('ui.date.day', { day: draft.day }),
  }
  return (
    <div className="date-fields">
      <ol>
        {parts.map((part) => (
          <li key={part} data-part={part}>
            <button
              type="button"
              className="date-field"
              aria-current={draft.part === part ? 'step' : undefined}
              data-testid={`part-${part}`}
              onClick={() => onPart(part)}
            >
              <span className="under">{label(`ui.date.part.${part}`)}</span>
              <span className="value number">{written[part] ?? '–'}</span>
            </button>
          </li>
        ))}
      </ol>
      {draft.era && draft.era !== 'western' && (
        <p className="western">{draft.year === '' ? '' : label('ui.date.western', { year: String(westernYear(draft.era, Number(draft.year))) })}</p>
      )}
    </div>
  )
}
