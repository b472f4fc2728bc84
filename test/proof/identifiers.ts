/**
 * Everything that has to be proved: the rules of the pamphlets and offices (R), faults of the machine (F), and bad inputs: codes (Q), serial
 * lines (S), answers of the network (H), configuration (C), answers of cards (A), pictures (P), keys and touches (K), USB (U).
 */
const families: readonly { readonly letter: string; readonly digits: number; readonly last: number }[] = [
  { letter: 'R', digits: 3, last: 138 },
  { letter: 'F', digits: 2, last: 76 },
  { letter: 'Q', digits: 2, last: 30 },
  { letter: 'S', digits: 2, last: 19 },
  { letter: 'A', digits: 2, last: 14 },
  { letter: 'H', digits: 2, last: 19 },
  { letter: 'C', digits: 2, last: 16 },
  { letter: 'P', digits: 2, last: 11 },
  { letter: 'K', digits: 2, last: 10 },
  { letter: 'U', digits: 2, last: 3 },
]

/** All identifiers in order. R023b is the rule "any other printed item wrong or changed", added beside R023. */
export const identifiers: ReadonlySet<string> = new Set(
  families
    .flatMap(({ letter, digits, last }) => Array.from({ length: last }, (_, index) => `${letter}${String(index + 1).padStart(digits, '0')}`))
    .flatMap((id) => (id === 'R023' ? [id, 'R023b'] : [id])),
)

/** The identifiers that a test's title carries, e.g. `F26 counter wraps 255→1`; also those that nobody knows. What stands in quotes is a key or text. */
export function identifiersIn(title: string): readonly string[] {
  return title.match(/(?<![\w"'+-])(?:R\d{3}b?|[FQSHCAPKU]\d{2})(?![\w"'+-])/g) ?? []
}
