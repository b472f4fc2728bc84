import { runDeviceHost } from './host-process.ts'

await runDeviceHost(process.argv.slice(2))
