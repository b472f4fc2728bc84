import { Illustration } from './components/illustration.tsx'

/** Said before any catalogue is there, so these three stand in the page itself. */
const moments = [
  ['ja', '少々お待ちください'],
  ['en', 'One moment'],
  ['zh-Hant', '請稍候'],
] as const

/** Drawn until the first view arrives, and whenever the booth is gone for a while. */
export function OneMoment() {
  return (
    <main className="moment" data-screen="starting">
      <Illustration name="booth" />
      {moments.map(([language, words]) => (
        <p key={language} lang={language}>
          {words}
        </p>
      ))}
    </main>
  )
}
