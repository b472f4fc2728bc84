// Answers each credit poll (ccTalk header 229) at the end of a serial line, to the microsecond when the last byte of the answer would have come at 9600 baud.
import { openSync, readSync, writeSync } from 'node:fs'

const [path, commandBytes, answerBytes, byteMs] = [process.argv[2], ...process.argv.slice(3).map(Number)]
const line = openSync(path, 'r+')
const answer = Buffer.from([1, 11, 2, 0, ...new Array(11).fill(0), 242])
const command = Buffer.alloc(64)
for (let heard = 0; ; ) {
  heard += readSync(line, command)
  if (heard < commandBytes) continue
  heard = 0
  const due = performance.now() + (commandBytes + answerBytes) * byteMs
  while (performance.now() < due);
  writeSync(line, answer)
}
