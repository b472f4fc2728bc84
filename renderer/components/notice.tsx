import { useBooth, useView } from '../booth-context.ts'
import { Icon } from './icon.tsx'

const signs = { attention: 'cross', hint: 'eye', done: 'check' } as const

/** One sentence about what just happened, where the eye already is. */
export function Notice() {
  const { say } = useBooth()
  const { notice } = useView()
  return (
    <div className="notice-place" role="status">
      {notice && <NoticeLine tone={notice.tone}>{say(notice.text)}</NoticeLine>}
    </div>
  )
}

/** The same for what this page itself has to say. */
export function NoticeLine({ tone, children }: { readonly tone: keyof typeof signs; readonly children: string }) {
  return (
    <p className="notice" data-tone={tone} data-testid="notice">
      <span className="sign">
        <Icon name={signs[tone]} />
      </span>
      <span>{children}</span>
    </p>
  )
}
