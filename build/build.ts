import { buildAll } from './vite.ts'

await buildAll()
process.stderr.write('built: dist/\n')
