import { memo } from 'react'
import type { Frame } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { sayTheSame } from '../say-the-same.ts'

/** The thin bar: where I am, who runs this booth, and that a demonstration is one. */
export const Bar = memo(function Bar({ demo, progress, operator }: Pick<Frame, 'demo' | 'progress' | 'operator'>) {
  const { label } = useBooth()
  const steps = progress ? Array.from({ length: progress.of }, (_, index) => index + 1) : []
  return (
    <header className="bar">
      {demo && (
        <p className="ribbon" data-testid="demo">
          {label('ui.demo')}
        </p>
      )}
      {progress && (
        <div className="where">
          <span>{label('ui.progress', { step: progress.step, of: progress.of })}</span>
          <ol aria-hidden="true">
            {steps.map((step) => (
              <li key={step} data-state={step < progress.step ? 'done' : step === progress.step ? 'now' : 'todo'} />
            ))}
          </ol>
        </div>
      )}
      <p className="operator">
        <b>{label('ui.operator', { name: operator.name })}</b> <span>{label('ui.operator.private')}</span>
      </p>
    </header>
  )
}, sayTheSame)
