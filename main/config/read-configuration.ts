import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { configuration, type Configuration } from './configuration.ts'
import { operatorPack, type OperatorPack } from './operator-pack.ts'
import { type JsonFile, readJsonBytes, readJsonFile } from './read-json-file.ts'
import { offerName, type SignedPack } from './signed-pack.ts'

/** What is wrong with a file, in the words of whoever has to mend it. */
export interface ConfigurationProblem {
  readonly file: string
  /** Where in the file, e.g. `cash.coins[2].value`; empty for the file itself. */
  readonly path: string
  readonly reason: string
}

/** The files as they were read, word for word, and what a signed pack said in place of the first one's keys. */
export interface ConfigurationTexts {
  readonly configuration: string
  readonly offer: object
  readonly pack: string
}

export type ReadConfiguration =
  | { readonly ok: true; readonly configuration: Configuration; readonly pack: OperatorPack; readonly texts: ConfigurationTexts }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }

/**
 * What a signed pack may say in place of the booth's own file: what is offered. Which booth it is, what it is made of, who runs it and whom it believes is said at
 * the booth alone.
 */
export const packKeys = ['languages', 'pack', 'services', 'photo', 'agreements', 'forms', 'cash', 'centre', 'times'] as const satisfies readonly (keyof Configuration)[]

/** How a file inside a pack is named where something is wrong with it. */
const inPack = (name: string, { manifest }: SignedPack) => `pack ${manifest.version}: ${name}`

/** Whether it is the pack that has to be mended. */
export const isOf = (pack: SignedPack, { file }: ConfigurationProblem) => file.startsWith(inPack('', pack))

/** Writes a zod path as people write it: `cash.coins[2].value`. */
function readablePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), '')
}

function readObject(file: string, read: JsonFile): { readonly ok: true; readonly content: object; readonly text: string } | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] } {
  if (!read.ok) return { ok: false, problems: [{ file, path: '', reason: read.reason }] }
  const { content, text } = read
  return typeof content === 'object' && content !== null && !Array.isArray(content) ? { ok: true, content, text } : { ok: false, problems: [{ file, path: '', reason: 'is no object' }] }
}

/** What a pack says in place of the booth's own keys; nothing where it carries no such file. */
function readOffer(signed: SignedPack | null): { readonly ok: true; readonly content: object } | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] } {
  const bytes = signed?.bytesOf(offerName)
  if (!signed || !bytes) return { ok: true, content: {} }
  const file = inPack(offerName, signed)
  const read = readObject(file, readJsonBytes(bytes))
  const own = read.ok ? Object.keys(read.content).filter((key) => !packKeys.some((one) => one === key)) : []
  return own.length > 0 ? { ok: false, problems: own.map((path) => ({ file, path, reason: 'is not for a pack to say' })) } : read
}

function problemsOf(error: z.ZodError, fileOf: (key: PropertyKey | undefined) => string): readonly ConfigurationProblem[] {
  return error.issues.map((issue) => ({ file: fileOf(issue.path[0]), path: readablePath(issue.path), reason: issue.message }))
}

/**
 * Reads a booth's configuration and the operator's pack, with what a signed pack says and carries in place of both; every problem is named with its exact path.
 * `kept`: the file is a last good copy, into which a signed pack was written once.
 */
export function readConfiguration(file: string, { signed = null, kept = false }: { readonly signed?: SignedPack | null; readonly kept?: boolean } = {}): ReadConfiguration {
  const own = readObject(file, readJsonFile(file))
  if (!own.ok) return own
  const offer = readOffer(signed)
  if (!offer.ok) return offer
  const parsed = configuration.safeParse({ ...own.content, ...offer.content })
  const fileOf = (key: PropertyKey | undefined) => (signed && key !== undefined && Object.hasOwn(offer.content, key) ? inPack(offerName, signed) : file)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, fileOf) }
  const { data } = parsed
  if (data.mode === 'production' && !kept && Object.keys(Reflect.get(own.content, 'agreements') ?? {}).length > 0)
    return { ok: false, problems: [{ file, path: 'agreements', reason: 'a production booth has its agreements from a signed pack' }] }

  const carried = signed?.bytesOf(data.pack)
  const packFile = signed && carried ? inPack(data.pack, signed) : join(dirname(file), data.pack)
  const texts = carried ? readJsonBytes(carried) : readJsonFile(packFile, { plain: true })
  if (!texts.ok) return { ok: false, problems: [{ file: packFile, path: '', reason: texts.reason }] }
  const pack = operatorPack(data.languages).safeParse(texts.content)
  if (!pack.success) return { ok: false, problems: problemsOf(pack.error, () => packFile) }
  return { ok: true, configuration: data, pack: pack.data, texts: { configuration: own.text, offer: offer.content, pack: texts.text } }
}
