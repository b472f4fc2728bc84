import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const build = (path: string) => readFileSync(new URL(`../../../build/${path}`, import.meta.url), 'utf8')
const value = (text: string, name: string, separator = ' ') => new RegExp(`^${name}${separator}(.*)$`, 'm').exec(text)?.[1]

test('everything of a job lies in the folder that systemd makes in memory, never swaps, and removes', () => {
  const [files, service, booth] = [build('cups/cups-files.conf'), build('systemd/cardbooth-cups.service'), build('systemd/cardbooth.service')]
  const memory = `/run/${value(service, 'RuntimeDirectory', '=')?.split(' ')[0]}/`
  for (const name of ['RequestRoot', 'TempDir', 'CacheDir', 'StateDir', 'ErrorLog', 'AccessLog', 'PageLog']) expect(value(files, name)?.startsWith(memory), name).toBe(true)
  expect(value(build('cups/cupsd.conf'), 'Listen')?.startsWith(memory)).toBe(true)
  expect(value(build('cups/cupsd.conf'), 'PreserveJobFiles')).toBe('No')
  expect(value(service, 'MemorySwapMax', '=')).toBe('0')
  // gphoto2 speaks to the bus itself.
  expect(booth).toContain('DeviceAllow=char-usb_device rw')
})
