import { Visitor, type Argument, type Expression } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'

/** A message key in code: the key itself, or for a key with a part known only at run time the pattern that it fits. */
export interface AskedKey {
  readonly place: string
  readonly key: string | RegExp
  /** The values handed over with it; null when that is not known here. */
  readonly values: readonly string[] | null
}

/** The functions whose first argument is a message key. */
const askers = new Set(['text', 'label'])

/** What a key looks like. */
const shape = /^([a-z][a-z0-9-]*)(?:\.[a-zA-Z0-9-]+)+$/
const shapeOfBeginning = /^([a-z][a-z0-9-]*)\./

/**
 * Every message key in `file`: what `text(…)`, `label(…)` and `say({ key: … })` ask for, and every other string that begins with the name of a
 * family of messages, such as `ui` in `ui.back`.
 */
export function keysAskedBy(file: SourceFile, families: ReadonlySet<string>): readonly AskedKey[] {
  const asked = new Map<number, AskedKey>()
  const add = (expression: Expression, values: AskedKey['values']) => {
    for (const { start, key } of possibleKeys(expression)) if (!asked.has(start)) asked.set(start, { place: file.place(start), key, values })
  }
  const isOfFamily = (match: RegExpExecArray | null) => families.has(match?.[1] ?? '')
  new Visitor({
    CallExpression: ({ callee, arguments: [first, second] }) => {
      if (callee.type !== 'Identifier' || !first || first.type === 'SpreadElement') return
      if (askers.has(callee.name)) add(first, valuesOf(second))
      if (callee.name === 'say' && first.type === 'ObjectExpression') {
        for (const property of first.properties)
          if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'key') add(property.value, null)
      }
    },
    Literal: (node) => {
      if (typeof node.value === 'string' && isOfFamily(shape.exec(node.value))) add(node, null)
    },
    TemplateLiteral: (node) => {
      const parts = node.quasis.map(({ value }) => value.raw)
      if (isOfFamily(shapeOfBeginning.exec(parts[0] ?? '')) && !parts.some((part) => /[\s/]/.test(part))) add(node, null)
    },
  }).visit(file.program)
  return [...asked.values()]
}

function valuesOf(argument: Argument | undefined): AskedKey['values'] {
  if (!argument) return []
  if (argument.type !== 'ObjectExpression') return null
  const names = argument.properties.map((property) => (property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : null))
  return names.every((name) => name !== null) ? names : null
}

function possibleKeys(expression: Expression): readonly { readonly start: number; readonly key: string | RegExp }[] {
  const { start } = expression
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'string' ? [{ start, key: expression.value }] : []
    case 'TemplateLiteral': {
      const parts = expression.quasis.map(({ value }) => (value.cooked ?? '').replaceAll('.', '\\.'))
      return [{ start, key: parts.length === 1 ? (expression.quasis[0]?.value.cooked ?? '') : new RegExp(`^${parts.join('.+')}$`) }]
    }
    case 'ConditionalExpression':
      return [...possibleKeys(expression.consequent), ...possibleKeys(expression.alternate)]
    case 'LogicalExpression':
      return [...possibleKeys(expression.left), ...possibleKeys(expression.right)]
    default:
      return []
  }
}
