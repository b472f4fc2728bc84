import { crc32, deflateRawSync } from 'node:zlib'

/** Version 2.0, names in UTF-8, deflated, 1980-01-01: the same files make the same archive. */
const common = [20, 0x0800, 8, 0, 0x0021] as const
const madeOnUnix = (3 << 8) | 20
const readableFile = 0o100644 << 16

/** A zip archive of these files (APPNOTE 6.3, 4.3), each under the name that is given; nothing of it is checked. */
export function writeZip(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const { name, bytes } of files) {
    const [said, packed] = [Buffer.from(name), deflateRawSync(bytes)]
    const shared = Buffer.concat([...common.map(short), long(crc32(bytes)), long(packed.length), long(bytes.length), short(said.length), short(0)])
    const entry = Buffer.concat([long(0x04034b50), shared, said, packed])
    local.push(entry)
    central.push(Buffer.concat([long(0x02014b50), short(madeOnUnix), shared, short(0), short(0), short(0), long(readableFile), long(offset), said]))
    offset += entry.length
  }
  const directory = Buffer.concat(central)
  const end = [long(0x06054b50), short(0), short(0), short(files.length), short(files.length), long(directory.length), long(offset), short(0)]
  return Buffer.concat([...local, directory, ...end])
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value & 0xffff)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
