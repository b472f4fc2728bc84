import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readJsonFile } from '../config/read-json-file.ts'
import { readSignedRulebook, rulebookType } from '../config/signed-rulebook.ts'
import { writeFileDurably } from '../disk/durable-file.ts'
import { builtInContent } from '../rulebook/built-in.ts'
import { readRulebook, type RulebookProblem } from '../rulebook/rulebook.ts'
import { type PrivateVendorKey, publicHalf, readVendorKeys, signAs } from './vendor-keys.ts'

/** What of a rulebook's head the vendor says anew with each edition. */
export interface EditionHead {
  readonly version: number
  readonly vendor: string
  readonly booths: 'all' | readonly string[]
  readonly issued: string
  readonly expires: string | null
}

/** The release's rulebook under another head: what a vendor begins with. */
export function rulebookContent(head: Partial<EditionHead>): object {
  return { ...builtInContent, ...head }
}

/** Signs any content as a rulebook; nothing of it is checked. */
export function signRulebook(content: unknown, keys: readonly PrivateVendorKey[], typ: string = rulebookType): Promise<string> {
  return signAs(typ, content, keys)
}

/** The parts of a rulebook as they lie in a folder like main/rulebook/data. */
function contentOf(folder: string): { readonly ok: true; readonly content: object } | { readonly ok: false; readonly problem: string } {
  const problems: string[] = []
  const part = (name: string): object => {
    const read = readJsonFile(join(folder, `${name}.json`))
    if (read.ok && typeof read.content === 'object' && read.content !== null) return read.content
    problems.push(`${join(folder, `${name}.json`)} ${read.ok ? 'is no object' : read.reason}`)
    return {}
  }
  const content = {
    ...part('edition'),
    sources: part('sources'),
    conflicts: part('conflicts'),
    groups: ['japan', 'taiwan-foreigners', 'taiwan-citizens'].map(part),
    closedDays: part('closed-days'),
    applicationCode: part('application-code'),
  }
  return problems.length === 0 ? { ok: true, content } : { ok: false, problem: problems.join('\n') }
}

const inWords = (problems: readonly RulebookProblem[]) => problems.map(({ path, reason }) => `${path}: ${reason}`).join('\n')
const from = (path: string) => join(process.env['INIT_CWD'] ?? '.', path)
const absolute = (path: string) => (path.startsWith('/') ? path : from(path))

/** `rules sign --data DIR --key FILE --out FILE`: checks a vendor's folder of rules and signs it. An answer for standard output, or what is wrong. */
export async function sign(words: readonly string[]): Promise<{ readonly line: object } | { readonly problem: string }> {
  const { values } = parseArgs({ args: [...words], options: { data: { type: 'string' }, key: { type: 'string', multiple: true }, out: { type: 'string' } } })
  if (values.out === undefined) return { problem: 'usage: npm run rules -- sign [--data DIR] [--key FILE]... --out FILE' }
  const written = values.data === undefined ? { ok: true as const, content: builtInContent } : contentOf(absolute(values.data))
  if (!written.ok) return written
  const checked = readRulebook(written.content)
  if (!checked.ok) return { problem: inWords(checked.problems) }
  const keys = readVendorKeys((values.key ?? []).map(absolute))
  writeFileDurably(absolute(values.out), Buffer.from(await signRulebook(written.content, keys)))
  const { version, vendor, expires } = checked.rulebook
  return { line: { file: values.out, version, vendor, expires, signedBy: keys.map(({ id }) => id) } }
}

/** `rules check FILE [--vendor NAME] [--booth ID] [--key FILE]`: whether a booth would believe it. */
export async function check(words: readonly string[]): Promise<{ readonly line: object; readonly ok: boolean } | { readonly problem: string }> {
  const options = { vendor: { type: 'string' }, booth: { type: 'string' }, key: { type: 'string', multiple: true } } as const
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [file] = positionals
  if (file === undefined) return { problem: 'usage: npm run rules -- check FILE [--vendor NAME] [--booth ID] [--key FILE]...' }
  const keys = readVendorKeys((values.key ?? []).map(absolute)).map(publicHalf)
  const trust = { file: 'rulebook.json', vendor: values.vendor ?? 'cardbooth', keys, threshold: 1 }
  const read = await readSignedRulebook(absolute(file), trust, values.booth ?? 'any')
  if (!read.ok) return { line: { file, ok: false, refusal: read.refusal, path: read.path, reason: read.reason }, ok: false }
  const { version, vendor, issued, expires, rules } = read.rulebook
  return { line: { file, ok: true, version, vendor, issued, expires, rules: rules.size }, ok: true }
}
