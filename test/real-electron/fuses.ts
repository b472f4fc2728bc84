/** The fuses of Electron in the order of their bytes in the binary (electron/fuses, version 1), and how each must stand in a packed booth. */
export const fuses = [
  { name: 'RunAsNode', key: 'runAsNode', on: false, why: 'ELECTRON_RUN_AS_NODE would make the booth a Node for anybody' },
  { name: 'EnableCookieEncryption', key: 'enableCookieEncryption', on: true, why: 'there are no cookies; should one come, it is not readable' },
  { name: 'EnableNodeOptionsEnvironmentVariable', key: 'enableNodeOptionsEnvironmentVariable', on: false, why: 'NODE_OPTIONS would load code before ours' },
  { name: 'EnableNodeCliInspectArguments', key: 'enableNodeCliInspectArguments', on: false, why: '--inspect and SIGUSR1 would open a debugger' },
  { name: 'EnableEmbeddedAsarIntegrityValidation', key: 'enableEmbeddedAsarIntegrityValidation', on: true, why: 'no effect on Linux; right where it has one' },
  { name: 'OnlyLoadAppFromAsar', key: 'onlyLoadAppFromAsar', on: true, why: 'a folder beside the archive would be run instead of it' },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', key: 'loadBrowserProcessSpecificV8Snapshot', on: false, why: 'a snapshot is code that nobody reads' },
  { name: 'GrantFileProtocolExtraPrivileges', key: 'grantFileProtocolExtraPrivileges', on: false, why: 'no page is a file' },
  { name: 'WasmTrapHandlers', key: null, on: true, why: 'the code reader is wasm' },
] as const

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Reads the fuses out of an Electron binary: true on, false off; null when there is no fuse wire of version 1. A fuse that was removed is missing. */
export function readFuses(binary: Uint8Array): ReadonlyMap<string, boolean> | null {
  const bytes = Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength)
  const at = bytes.indexOf(sentinel)
  if (at < 0) return null
  const [version = 0, length = 0] = bytes.subarray(at + sentinel.length)
  if (version !== 1) return null
  const wire = bytes.subarray(at + sentinel.length + 2, at + sentinel.length + 2 + length).toString('latin1')
  const standing = fuses.flatMap(({ name }, index): [string, boolean][] => ('01'.includes(wire[index] ?? 'r') ? [[name, wire[index] === '1']] : []))
  return new Map(standing)
}
