import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What a program said until it ended. */
export interface Ended {
  readonly code: number | null
  readonly out: Buffer
  readonly errors: string
}

/**
 * A pcscd of one test alone, with vpcd as its only reader driver, in namespaces of its own: no other pcscd is disturbed, nobody else can reach
 * vpcd's ports, and many run side by side. Needs root or a machine that lets an ordinary user make namespaces.
 */
export interface PrivatePcscd {
  /** Where vpcd waits for cards, inside only; the second slot is the next number. */
  readonly port: number
  /** What the readers' names begin with. */
  readonly readerName: string
  /** Starts a program that sees this pcscd. Whoever starts it ends it. */
  spawn(program: string, args: readonly string[]): ChildProcessWithoutNullStreams
  /** Runs a program that sees this pcscd to its end. */
  run(program: string, args: readonly string[], input?: Uint8Array): Promise<Ended>
  /** Kills pcscd as a power cut would; its socket and its pid file stay. */
  kill(): Promise<void>
  /** Starts pcscd after `kill`; resolves when clients and cards can reach it. */
  start(): Promise<void>
  /** Ends pcscd and lets the namespaces go. */
  stop(): Promise<void>
}

const port = 35_963
const readerName = 'Virtual PCD'

/** Without the route, vpcd 3.3's two small segments per message wait for the card's delayed acknowledgement: 44 ms per APDU instead of 0.3. */
const quickRoute = 'ip route replace local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1'

/** Lives in the namespaces and does as it is told, a line at a time; ends with its standard input, and pcscd with it. */
const keeper = `
set -e
[ -d /run/pcscd ] || mkdir /run/pcscd 2>/dev/null || { mount -t tmpfs none /run; mkdir /run/pcscd; }
mount -t tmpfs none /run/pcscd
ip link set lo up
${quickRoute}
set +e
pcscd=
trap '[ -z "$pcscd" ] || { kill -KILL $pcscd; wait $pcscd; }' EXIT
is_up() { [ -S /run/pcscd/pcscd.comm ] && grep -q ':8C7B 00000000:0000 0A' /proc/net/tcp; }
while read -r word; do
  case $word in
    start)
      rm -f /run/pcscd/*
      /usr/sbin/pcscd --foreground --config "$0" >&2 & pcscd=$!
      until is_up; do kill -0 $pcscd || break; sleep 0.01; done
      is_up && echo started || echo failed ;;
    kill)
      kill -KILL $pcscd; wait $pcscd; pcscd=
      echo killed ;;
  esac
done`

/** Starts a pcscd; throws when the machine does not let us. */
export async function startPrivatePcscd(): Promise<PrivatePcscd> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pcscd-'))
  const library = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'
  const configuration = [`FRIENDLYNAME "${readerName}"`, `DEVICENAME /dev/null:${port}`, `LIBPATH ${library}`, `CHANNELID ${port}`, '']
  writeFileSync(join(folder, 'vpcd'), configuration.join('\n'))

  const ordinary = process.getuid?.() !== 0
  const asRoot = ordinary ? ['--user', '--map-root-user'] : []
  const home = spawn('unshare', [...asRoot, '--mount', '--net', 'sh', '-c', keeper, folder])
  let complaints = ''
  home.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const gone = new Promise<void>((done) => void home.once('close', () => done()).once('error', () => done()))
  const answers = createInterface({ input: home.stdout })

  const tell = async (word: string, expected: string) => {
    const answered = new Promise<string>((done) => answers.once('line', done))
    home.stdin.write(`${word}\n`)
    const answer = await Promise.race([answered, gone.then(() => 'gone')])
    if (answer !== expected) throw new Error(`a private pcscd, told to ${word}, is ${answer}: ${complaints}`)
  }
  home.stdin.on('error', () => {})

  const enter = ['--target', String(home.pid), ...(ordinary ? ['--user', '--preserve-credentials'] : []), '--mount', '--net', '--']
  const start = (program: string, args: readonly string[]) => spawn('nsenter', [...enter, program, ...args])

  const pcscd: PrivatePcscd = {
    port,
    readerName,
    spawn: start,
    run(program, args, input) {
      const child = start(program, args)
      const out: Buffer[] = []
      let errors = ''
      child.stdout.on('data', (chunk: Buffer) => void out.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
      return new Promise((done, failed) => {
        child.once('error', failed)
        child.once('close', (code) => done({ code, out: Buffer.concat(out), errors }))
      })
    },
    kill: () => tell('kill', 'killed'),
    start: () => tell('start', 'started'),
    async stop() {
      home.stdin.end()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await pcscd.start()
  } catch (error) {
    await pcscd.stop()
    throw error
  }
  return pcscd
}
