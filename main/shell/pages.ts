import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { origins, ownerOf, pages, responseHeaders, troublePage, troubles } from './security.ts'
import { troublePageBody, type Standing } from './trouble-page.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.tflite': 'application/octet-stream',
  '.binarypb': 'application/octet-stream',
  '.data': 'application/octet-stream',
}

/** The files of the built pages, by the path under which they may be asked for: what is not listed does not exist. */
export function listPages(folder: string, at = ''): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
    const path = `${at}/${entry.name}`
    if (entry.isDirectory()) for (const [name, file] of listPages(folder, path)) files.set(name, file)
    else if (entry.isFile() && contentTypes[extname(entry.name)]) files.set(path, join(folder, path))
  }
  return files
}

/** Answers `app://...` from the listed files; a window's page exists under its own origin only. */
export function servePages(files: ReadonlyMap<string, string>, standing: Standing): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    const address = url.replace(/[?#].*$/, '')
    const owner = ownerOf(address)
    const path = owner ? address.slice(origins[owner].length) : ''
    const isTrouble = troubles.some((trouble) => url === troublePage(trouble))
    const isOther = owner !== null && path.endsWith('.html') && address !== pages[owner] && !isTrouble
    const file = files.get(path)
    if (!file || isOther || method !== 'GET') return new Response(null, { status: 404, headers: responseHeaders(address, 'text/plain') })
    const content = await readFile(file)
    const body = isTrouble ? troublePageBody(content.toString('utf8'), url, standing) : new Uint8Array(content)
    return new Response(body, { headers: responseHeaders(address, contentTypes[extname(file)] ?? '') })
  }
}
