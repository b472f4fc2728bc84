import { useBooth } from '../booth-context.ts'
import { Blocks } from '../components/blocks.tsx'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Scroller } from '../components/scroller.tsx'
import { SheetButton } from '../components/sheet-button.tsx'
import { SlipState } from '../components/slip-state.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

const signs = { good: 'check', attention: 'attention', plain: 'eye' } as const

/** The answer to what the resident came for: in one sentence, then what holds and what to do, to read here or to take along on paper. */
export function AdviceScreen({ view }: { readonly view: ViewOf<'advice'> }) {
  const { say, label, act } = useBooth()
  const { print, sheets, last, others } = view
  return (
    <Stage
      title={
        <span className="answer" data-tone={view.tone}>
          <span className="sign">
            <Icon name={signs[view.tone]} />
          </span>
          <span>{say(view.title)}</span>
        </span>
      }
      said="short"
      wide
      ticks={
        (print !== 'none' || sheets.length > 0 || (last && others)) && (
          <div className="extras">
            {print === 'possible' && (
              <Button name="print" before="print" onPress={() => act('print', { step: view.step })}>
                {label('ui.advice.print')}
              </Button>
            )}
            {print !== 'possible' && print !== 'none' && <SlipState print={print} kept="nothing" />}
            {sheets.map((sheet) => (
              <SheetButton key={sheet.id} step={view.step} sheet={sheet} />
            ))}
            {last && others && (
              <Button name="something-else" before="again" onPress={() => act('something-else', {})}>
                {label('ui.advice.something-else')}
              </Button>
            )}
          </div>
        )
      }
      left={<Back />}
      right={<Continue>{last ? label('ui.finish') : undefined}</Continue>}
    >
      <Scroller name={say(view.title)}>
        <Blocks blocks={view.blocks} />
      </Scroller>
    </Stage>
  )
}
