import { z } from 'zod'
import { runBooth } from './booth-process.ts'

// Nearly all is checked once: compiling the checks would cost a start more than it saves.
z.config({ jitless: true })
await runBooth(process.argv.slice(2))
