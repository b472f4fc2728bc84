import { applicationKey } from '../main/contract/submission.ts'
import type { ReferenceAuthorities } from './authorities/reference.ts'
import { type Answers, answersHelp, readAnswers } from './answers.ts'
import { journalHelp } from './journal-heads.ts'
import { type RemoteCommands, remoteHelp } from './remote-commands.ts'
import type { CentreStorage, StoredApplication } from './storage.ts'

const help = `answers ${answersHelp} · pass-on <key|number> · decide <key|number> approved|declined · list [count] · authority help · ${remoteHelp} · ${journalHelp} · help`

/** What an operator can do, as lines: one in, one out. */
export function createHands(options: {
  readonly storage: CentreStorage
  readonly reference: Pick<ReferenceAuthorities, 'hand'> | null
  readonly remote: Pick<RemoteCommands, 'hand' | 'heads'> | null
  readonly setAnswers: (answers: Answers) => void
}): (line: string) => Promise<string> {
  const { storage } = options

  /** The one application that a key or a slip's number names. */
  const named = async (name: string): Promise<StoredApplication | string> => {
    if (applicationKey.safeParse(name).success) return (await storage.find(name)) ?? 'error: no application has this key'
    const [first, ...more] = await storage.findByNumber(name)
    if (!first) return 'error: no application has this number'
    return more.length > 0 ? 'error: several applications have this number; use a key' : first
  }

  return async (line) => {
    const [verb = '', ...words] = line.trim().split(/\s+/)
    const [name = ''] = words
    switch (verb) {
      case 'help':
        return help
      case 'answers': {
        const answers = readAnswers(words)
        if (!answers) return `error: answers ${answersHelp}`
        options.setAnswers(answers)
        return `answers ${words.join(' ')}`
      }
      case 'pass-on':
      case 'decide': {
        const found = await named(name)
        if (typeof found === 'string') return found
        const decision = (['approved', 'declined'] as const).find((one) => one === words[1])
        if (verb === 'decide' && !decision) return 'error: decide <key|number> approved|declined'
        const { key } = found.envelope
        const done = decision ? await storage.decide(key, decision) : await storage.passOn(key)
        if (!done) return `error: ${key} is ${found.stage}`
        const note = found.envelope.demo ? ' (a demonstration: nothing leaves this centre)' : ''
        return `${key} ${decision ? `decided: ${decision}` : 'passed on'}${note}`
      }
      case 'command':
        return options.remote?.hand(words) ?? 'error: this centre commands no booths'
      case 'journal':
        return options.remote?.heads.hand(words) ?? 'error: this centre hears no reports'
      case 'authority':
        return options.reference?.hand(words) ?? 'error: this centre has no authorities of its own'
      case 'list': {
        const count = /^[1-9][0-9]{0,3}$/.test(name) ? Number(name) : 20
        const found = await storage.list(count)
        return found.length === 0 ? 'nothing here' : found.map(inOneLine).join(' · ')
      }
      default:
        return `error: not understood; ${help}`
    }
  }
}

function inOneLine({ envelope, stage, answer, decision }: StoredApplication): string {
  const detail = answer.status === 'refused' ? ` (${answer.reason})` : decision ? ` (${decision})` : ''
  return `${envelope.number} ${envelope.key} ${envelope.booth} ${stage}${detail}`
}
