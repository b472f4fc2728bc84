import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BuiltPages } from './build.ts'

/** As strict as the shell's policy: what breaks here would break there. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "require-trusted-types-for 'script'",
  'trusted-types cardbooth',
].join('; ')

/** Where built pages can be had. */
export interface Served {
  readonly origin: string
  close(): Promise<void>
}

/** Serves the pages on a free port of this machine alone. */
export async function servePages(built: BuiltPages): Promise<Served> {
  const server = createServer((request, response) => {
    const file = built.read(new URL(request.url ?? '/', 'http://pages.invalid').pathname)
    if (!file) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': file.contentType, 'content-security-policy': policy }).end(file.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
