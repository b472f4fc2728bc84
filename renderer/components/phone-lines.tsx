import type { PhoneLine } from '../../main/contract/view.ts'
import { useBooth, useView } from '../booth-context.ts'
import { Icon } from './icon.tsx'

/** Telephone numbers, large, each with what it is for, in which language, and until when it is open. */
export function PhoneLines({ lines }: { readonly lines: readonly PhoneLine[] }) {
  const { label } = useBooth()
  const { language } = useView()
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return (
    <ul className="phones">
      {lines.map((line) => (
        <li key={`${line.number} ${line.purpose} ${line.language}`} data-open={line.open || undefined}>
          <Icon name="phone" />
          <div>
            <p className="what">
              {label(`ui.phone.${line.purpose}`)} · {names.of(line.language) ?? line.language}
            </p>
            <p className="number">{line.number}</p>
            <p className="when">
              {line.open
                ? line.until
                  ? label('ui.phone.open-until', { until: line.until, usually: String(line.usually) })
                  : label('ui.phone.open-always')
                : line.until
                  ? label('ui.phone.closed-until', { until: line.until, usually: String(line.usually) })
                  : label('ui.phone.closed')}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
