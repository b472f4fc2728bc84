import type { Block } from '../../main/contract/block.ts'
import { calendarFile } from '../../main/contract/calendar.ts'
import { useBooth } from '../booth-context.ts'
import { Code } from './code.tsx'
import { NoticeLine } from './notice.tsx'
import { PhoneLines } from './phone-lines.tsx'
import { Sentence } from './sentence.tsx'

/** What stands on slips and paper as well, on the glass. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Piece key={index} block={block} />
      ))}
    </div>
  )
}

function Piece({ block }: { readonly block: Block }) {
  const { say } = useBooth()
  switch (block.kind) {
    case 'heading':
      return <h2>{say(block.text)}</h2>
    case 'paragraph':
      return block.tone ? <NoticeLine tone={block.tone}>{say(block.text)}</NoticeLine> : <p>{say(block.text)}</p>
    case 'steps':
      return (
        <ol className="steps">
          {block.texts.map((step, index) => (
            <li key={index}>{say(step)}</li>
          ))}
        </ol>
      )
    case 'field':
      return (
        <dl className="fact">
          <dt>{say(block.label)}</dt>
          <dd>{say(block.value)}</dd>
        </dl>
      )
    case 'number':
      return (
        <dl className="fact">
          <dt>{say(block.label)}</dt>
          <dd className="number">{block.value}</dd>
        </dl>
      )
    case 'sentence':
      return <Sentence text={block.text} language={block.language} />
    case 'line':
      return <PhoneLines lines={[block.line]} />
    case 'code':
      return <Code payload={block.payload} caption={say(block.caption)} />
    case 'calendar':
      return <Code payload={calendarFile(block.days.map(({ title, ...day }) => ({ ...day, title: say(title) })), block.made)} caption={say(block.caption)} />
    case 'rule':
      return <hr />
  }
}
