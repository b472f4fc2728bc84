/** What this host lacks must fail where it is used: silence would let a test pass that proves nothing. */
export function notImplemented(what: string): never {
  throw new Error(`not implemented: ${what}`)
}

/** Names that the language, Node's inspector and promises look for on any object. */
const harmless: ReadonlySet<PropertyKey> = new Set(['then', 'toJSON', 'constructor', 'domain', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof'])

/** `target`, with every property that it does not have made to throw by its name. */
export function strict<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, property) {
      if (!(property in object || typeof property === 'symbol' || harmless.has(property) || property.startsWith('_')))
        return notImplemented(`${name}.${property}`)
      const value: unknown = Reflect.get(object, property, object)
      // Bound, because private fields do not reach through a proxy.
      return typeof value === 'function' ? value.bind(object) : value
    },
  })
}

/** Checks that only settings that this host honours (or lists as no-ops) are given. */
export function onlyKnown(name: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given)) if (!known.includes(key)) notImplemented(`${name}: ${key}`)
}
