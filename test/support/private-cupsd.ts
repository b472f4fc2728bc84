import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './until.ts'

const execute = promisify(execFile)
const settings = new URL('../../build/cups/', import.meta.url)
const driver = new URL('../fixtures/cups/photo.ppd', import.meta.url).pathname

/** The printer: keeps each job as a file and does what the file `mood` says, until it says something else. */
const backend = (dir: string) => `#!/bin/sh
[ $# = 0 ] && exit 0
echo $$ > ${dir}/paper/pid
mood() { cat ${dir}/paper/mood; }
was=$(mood)
case $was in
  fails) exit 1 ;;
  *-error | *-warning | hangs)
    [ $was = hangs ] || echo "STATE: +$was" >&2
    case $was in *-warning) ;; *) while [ "$(mood)" = $was ]; do sleep 0.05; done; [ $was = hangs ] || echo "STATE: -$was" >&2 ;; esac ;;
  well) echo 'STATE: -media-low-warning,media-empty-error,cover-open-error,marker-supply-empty-error,media-jam-error,offline-error' >&2 ;;
esac
printf '%s' "$5" > ${dir}/paper/$1.options
cat $6 > ${dir}/paper/$1.part && mv ${dir}/paper/$1.part ${dir}/paper/$1.pdf
`

export interface PrivateCups {
  /** Its socket. */
  readonly server: string
  /** What the next job meets: `well`, `fails`, `hangs`, or a printer-state-reason such as `media-empty-error`. */
  mood(word: string): void
  /** What came out, in order: the printer's own PDF. */
  printed(): readonly { readonly file: string; readonly options: string }[]
  /** Files of jobs that lie in the spool now. */
  spooled(): readonly string[]
  /** Runs one of CUPS's programs against this one. */
  run(program: string, ...words: readonly string[]): Promise<string>
  /** Pulls the plug, and puts it in again. */
  cut(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** A CUPS of its own on a socket in a temporary folder, with the booth's settings, one queue `photo` and a printer that keeps what it prints. */
export async function privateCups(): Promise<PrivateCups> {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-cups-'))
  // What systemd makes, and no more.
  const made = /^RuntimeDirectory=(.*)$/m.exec(readFileSync(new URL('../systemd/cardbooth-cups.service', settings), 'utf8'))?.[1] ?? ''
  const memory = made.split(' ').map((folder) => folder.replace('cardbooth-cups', 'run'))
  for (const folder of [...memory, 'etc', 'bin/backend', 'paper']) mkdirSync(join(dir, folder), { recursive: true })
  // CUPS as root prints as another user; either way it looks who may write where it runs.
  for (const folder of ['paper', '.']) chmodSync(join(dir, folder), folder === 'paper' ? 0o777 : 0o755)
  for (const part of ['filter', 'daemon']) symlinkSync(join('/usr/lib/cups', part), join(dir, 'bin', part))
  writeFileSync(join(dir, 'bin/backend/booth'), backend(dir), { mode: 0o755 })
  writeFileSync(join(dir, 'paper/mood'), 'well\n')
  const own = (name: string) =>
    readFileSync(new URL(name, settings), 'utf8').replaceAll('/run/cardbooth-cups', join(dir, 'run')).replaceAll('/etc/cardbooth/cups', join(dir, 'etc'))
  writeFileSync(join(dir, 'etc/cupsd.conf'), own('cupsd.conf'))
  writeFileSync(join(dir, 'etc/cups-files.conf'), `${own('cups-files.conf')}ServerBin ${join(dir, 'bin')}\n`)

  const server = join(dir, 'run/cups.sock')
  const run = async (program: string, ...words: readonly string[]) =>
    (await execute(program, words, { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin`, CUPS_SERVER: server, LC_ALL: 'C' } })).stdout
  let daemon: ReturnType<typeof spawn> | null = null
  const start = async () => {
    daemon = spawn('/usr/sbin/cupsd', ['-f', '-c', join(dir, 'etc/cupsd.conf'), '-s', join(dir, 'etc/cups-files.conf')], { stdio: 'ignore' })
    await until(async () => {
      if (!(await run('lpstat', '-r')).includes('is running')) throw new Error('cupsd does not answer')
    }, 50)
  }
  const cut = async () => {
    const ended = new Promise((done) => daemon?.once('exit', done))
    daemon?.kill('SIGKILL')
    await ended
    // CUPS gives each printer's process a group of its own; without power it is gone as well.
    try {
      process.kill(Number(readFileSync(join(dir, 'paper/pid'), 'utf8')), 'SIGKILL')
    } catch {
      // Nothing was being printed.
    }
  }
  await start()
  await run('lpadmin', '-p', 'photo', '-E', '-v', 'booth:/', '-P', driver)

  return {
    server,
    run,
    start,
    cut,
    mood: (word) => writeFileSync(join(dir, 'paper/mood'), `${word}\n`),
    printed: () =>
      readdirSync(join(dir, 'paper'))
        .filter((name) => name.endsWith('.pdf'))
        .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
        .map((name) => ({ file: join(dir, 'paper', name), options: readFileSync(join(dir, 'paper', name.replace('.pdf', '.options')), 'utf8') })),
    spooled: () => readdirSync(join(dir, 'run/spool')).filter((name) => name.startsWith('d')),
    async remove() {
      writeFileSync(join(dir, 'paper/mood'), 'well\n')
      await cut()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
