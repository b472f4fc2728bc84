import { useBooth, useView } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import { invitations } from '../invitations.ts'
import { languageNames } from '../language-names.ts'

/** The languages, each in its own words. */
export function LanguagesScreen() {
  const { act } = useBooth()
  const view = useView()
  return (
    <Stage
      title={view.languages.map((language) => (
        <span className="line" key={language} lang={language}>
          {invitations[language].choose}
        </span>
      ))}
      picture={<Illustration name="languages" />}
      left={<Back />}
    >
      <div className="choices" data-few>
        {view.languages.map((language) => (
          <Button
            key={language}
            name={`language-${language}`}
            lang={language}
            className="choice tongue"
            after="forward"
            onPress={() => act('choose-language', { language })}
          >
            {languageNames[language]}
          </Button>
        ))}
      </div>
    </Stage>
  )
}
