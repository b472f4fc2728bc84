import { commands, type Answer, type CommandName, type ErrorCode, type Role } from './contract/commands.ts'
import type { Catalogue, Language } from './contract/language.ts'
import type { View } from './contract/view.ts'
import type { Log } from './log/log.ts'
import { base64Of } from './photo/id-photo.ts'
import type { VisitCommand } from './session/events.ts'

/** Commands that change nothing and are answered beside the queue. */
const answeredBeside = ['catalogue', 'drew', 'picture', 'hand'] as const
type AnsweredBeside = (typeof answeredBeside)[number]

export interface AnswerPorts {
  readonly log: Log
  readonly catalogue: (language: Language) => Catalogue
  /** The finished photo of the visit. */
  readonly photo: () => { readonly jpeg: Uint8Array } | null
  readonly screen: () => View['screen']
  /** The demo's simulators: takes a line, answers with one. */
  readonly bench: ((line: string) => Promise<string>) | null
  /** Hands a command to the session: why it was refused, or null. */
  readonly dispatch: (command: VisitCommand) => ErrorCode | null
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

function refuse(code: ErrorCode): Answer {
  return { ok: false, error: { code } }
}

/** Answers what the page and staff ask for: only what is known, allowed to the role, and of the command's shape; what is refused for that is logged without its content. */
export function answerRequests({ log, catalogue, photo, screen, bench, dispatch }: AnswerPorts): (role: Role, name: string, input: unknown) => Promise<Answer> {
  const beside: { readonly [Name in AnsweredBeside]: (input: never) => Promise<Answer> | Answer } = {
    catalogue: ({ language }: { readonly language: Language }) => ({ ok: true, value: catalogue(language) }),
    drew: () => ({ ok: true, value: {} }),
    picture() {
      const shown = photo()
      const now = screen()
      if (!shown || (now !== 'photo-review' && now !== 'review' && now !== 'delivery')) return refuse('not-now')
      return { ok: true, value: { jpegBase64: base64Of(shown.jpeg) } }
    },
    async hand({ line }: { readonly line: string }) {
      if (!bench) return refuse('not-possible')
      return { ok: true, value: { answer: await bench(line) } }
    },
  }

  return async (role, name, input) => {
    if (!isCommand(name)) return refuse('unknown-command')
    const command = commands[name]
    const parsed = command.input.safeParse(input)
    const allowed: readonly Role[] = command.roles
    const code = !allowed.includes(role) ? 'not-allowed' : parsed.success ? null : 'bad-input'
    if (code !== null || !parsed.success) {
      log({ event: 'command-refused', command: name, code: code ?? 'bad-input' })
      return refuse(code ?? 'bad-input')
    }
    if (answeredBeside.some((other) => other === name)) return beside[name as AnsweredBeside](parsed.data as never)
    const refusal = dispatch({ kind: 'command', name, input: parsed.data } as VisitCommand)
    return refusal === null ? { ok: true, value: {} } : refuse(refusal)
  }
}
