import { spawn } from 'node:child_process'
import type { Clock } from '../../hardware/clock.ts'

/** What systemd is told of this process (sd_notify(3)). */
export interface Supervisor {
  /** Somebody in front of the booth can read something; said once. */
  ready(): void
}

/**
 * Tells systemd, where it is the one that started us (`Type=notify`, `WatchdogSec=`), that the shell is ready, and from then on twice in each of its
 * watch periods that its event loop turns. Node knows no datagram sockets of Unix: systemd's own program says it for us, which needs `NotifyAccess=all`.
 */
export function tellSupervisor(clock: Clock, environment: NodeJS.ProcessEnv): Supervisor {
  if (!environment['NOTIFY_SOCKET']) return { ready() {} }
  const watchMs = Number(environment['WATCHDOG_USEC'] ?? 0) / 1_000
  const say = (state: string) => spawn('systemd-notify', [state], { stdio: 'ignore' }).on('error', () => {})
  const again = () => {
    say('WATCHDOG=1')
    clock.after(watchMs / 2, again)
  }
  let isReady = false
  return {
    ready() {
      if (isReady) return
      isReady = true
      say('READY=1')
      if (watchMs > 0) again()
    },
  }
}
