import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * A process is identified by its id AND its start time: ids are reused, and killing another process because it got the
 * id of a dead broker must never happen.
 */
export interface ProcessIdentity {
  pid: number
  started: string
}

/** Start time of a living process, for comparison only; undefined when it is gone (or a zombie). */
const processStart = (pid: number): string | undefined =>
  process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid)

export const identify = (pid: number): ProcessIdentity | undefined => {
  const started = processStart(pid)
  return started === undefined ? undefined : { pid, started }
}

export const isAlive = (known: ProcessIdentity): boolean => processStart(known.pid) === known.started

/** Sends a signal to exactly this process; false when it is gone. */
export const signalProcess = (known: ProcessIdentity, signal: NodeJS.Signals): boolean => {
  if (!isAlive(known)) return false
  try {
    return process.kill(known.pid, signal)
  } catch {
    return false
  }
}

/** Sends each process its signal, waits up to `timeoutMs` for all, then kills. Returns those it had to kill. */
export const endProcesses = async <P extends ProcessIdentity & { signal: NodeJS.Signals }>(
  processes: P[],
  timeoutMs: number,
): Promise<P[]> => {
  const alive = processes.filter((known) => signalProcess(known, known.signal))
  await untilGone(alive, timeoutMs)
  const stubborn = alive.filter((known) => signalProcess(known, 'SIGKILL'))
  await untilGone(stubborn, 500)
  return stubborn
}

const untilGone = async (processes: ProcessIdentity[], timeoutMs: number): Promise<void> => {
  const deadline = Date.now() + timeoutMs
  while (processes.some(isAlive) && Date.now() < deadline) await delay(25)
}

/**
 * proc(5): state is field 3, start time (clock ticks since boot) field 22; the name in field 2 may hold spaces and
 * brackets.
 */
const startFromProc = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${bootId()}/${fields[19]}`
  } catch {
    return undefined
  }
}

const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

const startFromPs = (pid: number): string | undefined => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const [state = 'Z', ...started] = line.split(/\s+/)
    return state.startsWith('Z') ? undefined : started.join(' ')
  } catch {
    return undefined
  }
}
