import type { Frame } from '../main/contract/view.ts'
import { Illustration } from './components/illustration.tsx'

/** Said before any catalogue is there, so these three stand in the page itself. */
const moments = [
  ['ja', '少々お待ちください'],
  ['en', 'One moment'],
  ['zh-Hant', '請稍候'],
] as const

/** Drawn until the first view arrives, and whenever the booth is gone for a while; `known` is what was last heard of it. */
export function OneMoment({ known }: { readonly known: Frame | null }) {
  return (
    <main className="moment" data-screen="starting">
      {known?.demo && (
        <p className="ribbon" data-testid="demo">
          DEMO
        </p>
      )}
      <div className="words">
        <Illustration name="booth" />
        {moments.map(([language, words]) => (
          <p key={language} lang={language}>
            {words}
          </p>
        ))}
      </div>
      <p className="operator">{known?.operator.name}</p>
    </main>
  )
}
