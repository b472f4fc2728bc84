import { useEffect, useState } from 'react'
import type { Overlay } from '../../main/contract/view.ts'
import { useBooth, useView } from '../booth-context.ts'
import { Button } from './button.tsx'
import { Illustration } from './illustration.tsx'
import { PhoneLines } from './phone-lines.tsx'
import { Stage } from './stage.tsx'

type Of<Kind extends Overlay['kind']> = Extract<Overlay, { readonly kind: Kind }>

/** What lies over a screen. */
export function OverlaySheet({ overlay }: { readonly overlay: Overlay }) {
  return (
    <div className="overlay" role="dialog" aria-modal="true" data-overlay={overlay.kind}>
      {overlay.kind === 'still-there' && <StillThere overlay={overlay} />}
      {overlay.kind === 'help' && <Help overlay={overlay} />}
      {overlay.kind === 'cancel' && <Cancel overlay={overlay} />}
    </div>
  )
}

/** An amount of credit in words; null when there is none. */
function useMoneyWords(credit: number): string | null {
  const { label } = useBooth()
  const currency = useView().money?.currency ?? 'JPY'
  return credit > 0 ? label('money.amount', { amount: credit, currency }) : null
}

function StillThere({ overlay }: { readonly overlay: Of<'still-there'> }) {
  const { label, act } = useBooth()
  const credit = useMoneyWords(overlay.credit)
  const [left, setLeft] = useState(overlay.seconds)
  useEffect(() => {
    const from = performance.now()
    const timer = setInterval(() => setLeft(Math.max(0, overlay.seconds - Math.floor((performance.now() - from) / 1_000))), 250)
    return () => clearInterval(timer)
  }, [overlay.seconds])
  return (
    <Stage
      title={label('ui.still-there.title')}
      hint={credit ? label('ui.still-there.credit', { amount: credit }) : label('ui.still-there.nothing')}
      picture={<Illustration name="clock" />}
      right={
        overlay.canExtend && (
          <Button name="still-here" tone="go" className="whole" before="check" onPress={() => act('still-here', {})}>
            {label('ui.still-there.yes')}
          </Button>
        )
      }
    >
      <div className="count" role="timer">
        <p>{label('ui.still-there.ends')}</p>
        <p className="number" data-testid="seconds">
          {label('ui.seconds', { seconds: left })}
        </p>
        {!overlay.canExtend && <p>{label('ui.still-there.last')}</p>}
      </div>
    </Stage>
  )
}

function Help({ overlay }: { readonly overlay: Of<'help'> }) {
  const { label, say, act } = useBooth()
  const view = useView()
  const credit = view.money?.inserted ?? 0
  return (
    <Stage
      title={label('ui.help.title')}
      picture={<Illustration name="telephone" />}
      hint={say(overlay.text)}
      left={
        view.can.cancel && (
          <Button name="cancel" place="left" tone="attention" before="cross" onPress={() => act('cancel', { confirm: false })}>
            {label('ui.cancel')}
            {credit > 0 && <span className="under">{label('ui.cancel.money')}</span>}
          </Button>
        )
      }
      right={
        <Button name="close-help" place="right" tone="go" after="forward" onPress={() => act('help', { open: false })}>
          {label('ui.help.close')}
        </Button>
      }
    >
      <PhoneLines lines={overlay.lines} />
    </Stage>
  )
}

function Cancel({ overlay }: { readonly overlay: Of<'cancel'> }) {
  const { label, act } = useBooth()
  const credit = useMoneyWords(overlay.credit)
  const note = useMoneyWords(overlay.note)
  return (
    <Stage
      title={label('ui.cancel.title')}
      hint={credit ? label('ui.cancel.credit', { amount: credit }) : note ? label('ui.cancel.note', { amount: note }) : label('ui.cancel.nothing')}
      picture={<Illustration name={credit || note ? 'coin' : 'take-all'} />}
      left={
        <Button name="confirm-cancel" place="left" tone="attention" before="cross" onPress={() => act('cancel', { confirm: true })}>
          {label('ui.cancel.yes')}
        </Button>
      }
      right={
        <Button name="keep-going" place="right" tone="go" after="forward" onPress={() => act('keep-going', {})}>
          {label('ui.cancel.no')}
        </Button>
      }
    >
      {credit && note && <p className="plain">{label('ui.cancel.note', { amount: note })}</p>}
      <p className="plain">{label('ui.cancel.erased')}</p>
    </Stage>
  )
}
