import { useBooth } from '../booth-context.ts'

/** Number and code of a slip, as large as they must be to be written down. */
export function SlipNumber({ number, code }: { readonly number: string; readonly code: string }) {
  const { label } = useBooth()
  return (
    <dl className="slip-number">
      <div>
        <dt>{label('slip.number')}</dt>
        <dd className="number" data-testid="slip-number">
          {number}
        </dd>
      </div>
      <div>
        <dt>{label('slip.code')}</dt>
        <dd className="number" data-testid="slip-code">
          {code}
        </dd>
      </div>
    </dl>
  )
}
