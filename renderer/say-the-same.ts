/** Whether two parts of a view, which are JSON, say the same: what is drawn from one is not drawn again for the other. */
export function sayTheSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
