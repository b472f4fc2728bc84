import { useBooth } from '../booth-context.ts'

/** The thin bar: where I am, who runs this booth, and that a demonstration is one. */
export function Bar() {
  const { view, label } = useBooth()
  const { progress } = view
  const steps = progress ? Array.from({ length: progress.of }, (_, index) => index + 1) : []
  return (
    <header className="bar">
      {view.demo && (
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
        <b>{label('ui.operator', { name: view.operator.name })}</b> <span>{label('ui.operator.private')}</span>
      </p>
    </header>
  )
}
