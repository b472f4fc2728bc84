import { runBooth } from './booth-process.ts'

await runBooth(process.argv.slice(2))
