import { spawn } from 'node:child_process'
import { closeSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describeExit, type Exit, PartError, type RunningPart } from './part.ts'
import { openPrivateLog } from './private-files.ts'

export interface RunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  uid?: number | undefined
  gid?: number | undefined
}

export type PartOptions = RunOptions & {
  logFile: string
  stopSignal?: NodeJS.Signals
  /** For a part that has not exited after `timeoutMs`; SIGKILL by default. */
  killSignal?: NodeJS.Signals
  timeoutMs?: number
  /**
   * Called as soon as the process exists, before the part is ready: a start killed in between must leave a record of
   * it.
   */
  onSpawn?: ((pid: number) => void) | undefined
}

/**
 * Runs a command until it exits and appends its output to `logFile`. It has its own process group, so that an abort
 * also ends the compilers and JVMs it started. Rejects with the last line it printed.
 */
export const runToEnd = async (
  command: string,
  args: string[],
  options: RunOptions & { logFile: string; signal?: AbortSignal | undefined },
): Promise<void> => {
  options.signal?.throwIfAborted()
  const { child, exited } = launch(command, args, options)
  const abort = () => killGroup(child.pid)
  options.signal?.addEventListener('abort', abort)
  try {
    const exit = await exited
    options.signal?.throwIfAborted()
    if (exit.code !== 0) {
      throw new PartError(`${basename(command)} failed: ${lastLine(options.logFile) || describeExit(exit)}`, {
        fix: `see ${options.logFile}`,
      })
    }
  } finally {
    options.signal?.removeEventListener('abort', abort)
  }
}

/**
 * Starts a long-running program in its own session: Ctrl-C in the terminal goes to the whole foreground process group,
 * and a broker that stops together with its services would turn every stop into a crash.
 */
export const startPart = async (
  name: string,
  command: string,
  args: string[],
  options: PartOptions,
): Promise<RunningPart> => {
  const { child, exited, spawned } = launch(command, args, options)
  await spawned
  const pid = child.pid as number
  options.onSpawn?.(pid)
  let gone = false
  exited.then(() => {
    gone = true
  })
  const stop = async ({ timeoutMs = options.timeoutMs ?? 5_000 } = {}) => {
    if (gone) return
    child.kill(options.stopSignal ?? 'SIGTERM')
    const kill = setTimeout(() => child.kill(options.killSignal ?? 'SIGKILL'), timeoutMs)
    const force = setTimeout(() => killGroup(pid, 'SIGKILL'), timeoutMs + 1_500)
    await exited
    clearTimeout(kill)
    clearTimeout(force)
  }
  return { name, pid, logFile: options.logFile, exited, stop }
}

/** Output of a short command such as `--version`; undefined when it fails. */
export const outputOf = async (
  command: string,
  args: string[],
  options: RunOptions = {},
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(chunks).toString('utf8').trim() : undefined))
  })

/** Why a program ended, from its log: the last line that names an error, else the last line unless `errorsOnly`. */
export const lastLine = (logFile: string, { errorsOnly = false } = {}): string => {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20)
    // `dapr run` adds lines about the exit of a service, which are less useful than the service's own last line.
    const own = lines.filter((line) => !/^(The \w+ process exited|Exited |termination signal)/.test(line))
    const errors = own.filter(
      (line) => /error|fatal|exception|panic|configuration:/i.test(line) && !/\bwarn/i.test(line),
    )
    return (errors.at(-1) ?? (errorsOnly ? '' : own.at(-1)) ?? '').trim()
  } catch {
    return ''
  }
}

const launch = (command: string, args: string[], { logFile, ...options }: RunOptions & { logFile: string }) => {
  const log = openPrivateLog(logFile)
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const spawned = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new PartError(`${command} does not start (${cause.message})`, { cause })))
  })
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 127, signal: null }))
  })
  spawned.catch(() => {})
  return { child, spawned, exited }
}

const killGroup = (pid: number | undefined, signal: NodeJS.Signals = 'SIGTERM'): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone.
  }
}
