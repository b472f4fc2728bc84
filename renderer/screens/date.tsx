import { useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { DateFields } from '../components/date-fields.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { finished, startDraft, yearDigits, type DateDraft, type DatePart } from '../date-draft.ts'
import { datePartsOf, eraYears, longestMonth } from '../date-parts.ts'
import { Keypad } from '../keyboard/keypad.tsx'
import type { ViewOf } from './view-of.ts'

/** A day, part by part with the biggest keys that fit: era, year, month, day. */
export function DateScreen({ view }: { readonly view: ViewOf<'date'> }) {
  const { label, say, act } = useBooth()
  const [draft, setDraft] = useState(() => startDraft(view.chosen === null ? null : datePartsOf(view.chosen, view.eras), view.eras))
  const change = (changes: Partial<DateDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const parts: readonly DatePart[] = view.eras.length > 1 ? ['era', 'year', 'month', 'day'] : ['year', 'month', 'day']
  const whole = finished(draft)
  const typeYear = (digit: string) => {
    const year = (draft.year.length >= yearDigits(draft.era) ? '' : draft.year) + digit
    change({ year, part: year.length === yearDigits(draft.era) ? 'month' : 'year' })
  }
  return (
    <Stage
      title={say(view.title)}
      hint={view.hint && say(view.hint)}
      picture={<Illustration name="calendar" />}
      aside={<DateFields draft={draft} parts={parts} onPart={(part) => change({ part })} />}
      left={<Back />}
      right={<Forward off={!whole} onPress={() => whole && act('date', { step: view.step, ...whole })} />}
    >
      {draft.part === 'era' && (
        <div className="era-choice" role="group" aria-label={label('ui.date.part.era')}>
          {view.eras.map((era) => (
            <Button
              free
              key={era}
              name={`era-${era}`}
              chosen={era === draft.era}
              onPress={() => change({ era, part: 'year', ...(era === draft.era ? {} : { year: '' }) })}
            >
              <b>{label(`ui.era.${era}`)}</b>
              <span className="under number">
                {era === 'western'
                  ? label('ui.era.western.hint')
                  : eraYears(era)
                      .map((year) => year ?? '')
                      .join('–')}
              </span>
            </Button>
          ))}
        </div>
      )}
      {draft.part === 'year' && (
        <Keypad
          onDigit={typeYear}
          onErase={() => change({ year: draft.year.slice(0, -1) })}
          done={{ words: label('ui.date.next'), off: draft.year === '', onPress: () => draft.year !== '' && change({ part: 'month' }) }}
        />
      )}
      {draft.part === 'month' && (
        <div className="months" role="group" aria-label={label('ui.date.part.month')}>
          {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
            <Button
              free
              key={month}
              name={`month-${month}`}
              className="number"
              chosen={month === draft.month}
              onPress={() => change({ month, part: 'day', ...((draft.day ?? 0) > longestMonth(month) ? { day: null } : {}) })}
            >
              {label('ui.date.month', { month })}
            </Button>
          ))}
        </div>
      )}
      {draft.part === 'day' && (
        <div className="days" role="group" aria-label={label('ui.date.part.day')}>
          {Array.from({ length: longestMonth(draft.month) }, (_, index) => index + 1).map((day) => (
            <Button free key={day} name={`day-${day}`} className="number" chosen={day === draft.day} onPress={() => change({ day })}>
              {day}
            </Button>
          ))}
        </div>
      )}
    </Stage>
  )
}
