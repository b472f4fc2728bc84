/*
 * Chromium cannot be taught a scheme over its protocol, so `app://name/path` is served to it as `https://name.app.invalid/path` and
 * mapped back wherever the main process sees an address.
 */

const servedAs = /^https:\/\/([^/]+)\.([a-z]+)\.invalid(?=\/|$)/

export function toServed(address: string): string {
  return address.replace(/^([a-z]+):\/\/([^/]+)/, (whole, scheme: string, host: string) =>
    ['http', 'https', 'data', 'blob'].includes(scheme) ? whole : `https://${host}.${scheme}.invalid`,
  )
}

export function fromServed(address: string): string {
  return address.replace(servedAs, (_whole, host: string, scheme: string) => `${scheme}://${host}`)
}

/** The scheme of an address as the main process sees it. */
export const schemeOf = (address: string): string => /^([a-z]+):/.exec(address)?.[1] ?? ''
