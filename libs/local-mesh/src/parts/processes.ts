import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * A process is known by its id AND the moment it started: process ids are used again, and ending a stranger
 * because it inherited the id of a dead broker would be unforgivable.
 */
export interface ProcessIdentity {
  pid: number
  started: string
}

/** The moment a living process started, in a form that is only good for comparing; undefined when it is gone (or a zombie). */
export const processStart = (pid: number): string | undefined =>
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

/** Asks each to end, has up to `graceMs` of patience for all of them together, then kills. Returns those that had to be killed. */
export const endProcesses = async <P extends ProcessIdentity & { signal: NodeJS.Signals }>(
  processes: P[],
  graceMs: number,
): Promise<P[]> => {
  const alive = processes.filter((known) => signalProcess(known, known.signal))
  await untilGone(alive, graceMs)
  const stubborn = alive.filter((known) => signalProcess(known, 'SIGKILL'))
  await untilGone(stubborn, 500)
  return stubborn
}

const untilGone = async (processes: ProcessIdentity[], patienceMs: number): Promise<void> => {
  const deadline = Date.now() + patienceMs
  while (processes.some(isAlive) && Date.now() < deadline) await delay(25)
}

/** proc(5): state is field 3, start time in clock ticks since boot is field 22; the name in field 2 may hold spaces and brackets. */
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
