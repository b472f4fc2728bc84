import { IntlMessageFormat } from 'intl-messageformat'
import { matchesGlob } from 'node:path'
import type { Language } from '../../main/contract/language.ts'
import { readText, repositoryFiles } from './source-files.ts'

/** One message where it stands. */
export interface Message {
  readonly file: string
  readonly key: string
  readonly text: string
}

/** Every message of a language, file by file; a key that stands twice is there twice. */
export function messagesOf(language: Language, files: readonly string[] = repositoryFiles()): readonly Message[] {
  const patterns = [`main/i18n/messages/${language}/*.json`, `main/services/*/messages/${language}.json`]
  return files
    .filter((file) => patterns.some((pattern) => matchesGlob(file, pattern)))
    .flatMap((file) => Object.entries(JSON.parse(readText(file)) as Record<string, string>).map(([key, text]) => ({ file, key, text })))
}

interface Node {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>
  readonly children?: readonly Node[]
}

/** The values that a message takes, each once and in alphabetical order; throws when the message is no ICU message. */
export function placeholders(text: string, language: Language): readonly string[] {
  const literal = 0
  const pound = 7
  const names = (nodes: readonly Node[]): readonly string[] =>
    nodes.flatMap((node) => [
      ...(node.type === literal || node.type === pound ? [] : [node.value ?? '']),
      ...Object.values(node.options ?? {}).flatMap((option) => names(option.value)),
      ...names(node.children ?? []),
    ])
  return [...new Set(names(new IntlMessageFormat(text, language).getAst() as readonly Node[]))].sort()
}
