import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { openPrivateLog } from '../parts/private-files.ts'

/** A process that is restarted when it exits. */
export interface Supervised {
  pid: () => number | undefined
  /** Sends a signal to the current process. */
  kill(signal: NodeJS.Signals): void
  /** How earlier processes exited, oldest first. */
  exits: { code: number | null; signal: NodeJS.Signals | null }[]
  /** Sends SIGTERM, SIGKILL after 10 s, and does not restart it. */
  stop(): Promise<void>
}

/** Starts a process and restarts it when it exits, as a container runtime would. */
export const supervise = (
  name: string,
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; logFile: string },
): Supervised => {
  const log = openPrivateLog(options.logFile)
  const exits: Supervised['exits'] = []
  let child: ChildProcess | undefined
  let stopping = false
  const run = async () => {
    while (!stopping) {
      child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', log, log] })
      const ended = Promise.withResolvers<void>()
      child.on('error', (error) => {
        throw new Error(`${name} could not be started`, { cause: error })
      })
      child.on('exit', (code, signal) => {
        exits.push({ code, signal })
        ended.resolve()
      })
      await ended.promise
      child = undefined
      if (!stopping) await delay(200)
    }
  }
  const running = run()
  return {
    pid: () => child?.pid,
    kill: (signal) => void child?.kill(signal),
    exits,
    stop: async () => {
      stopping = true
      child?.kill('SIGTERM')
      const insist = setTimeout(() => child?.kill('SIGKILL'), 10_000)
      await running
      clearTimeout(insist)
    },
  }
}
