/*
 * Loaded before every command of ours (`node --import`). Whoever reads what it prints may stop reading (`npm run faults | head`): it ends then without a word, as other
 * programs of a pipe do, with the exit code that it has so far. One that ends in an order of its own, or goes on without a reader, listens itself.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (stream.listenerCount('error') > 1) return
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
