import { z } from 'zod'
import { runDeviceHost } from './host-process.ts'

// Nearly all is checked once: compiling the checks would cost a start more than it saves.
z.config({ jitless: true })
await runDeviceHost(process.argv.slice(2))
