import type { RunningPart } from '../parts/part.ts'

/** Postgres, Kafka or the mailbox; tests kill and restart it. */
export interface MeshPart {
  /** Starts it on its existing data and resolves when it responds. */
  start(): Promise<void>
  /** Sends a signal to its process; does not wait. */
  kill(signal: NodeJS.Signals): void
  /** Resolves when its process is gone. */
  gone(): Promise<unknown>
}

/** A part that is begun again after it was killed. */
export const restartable = <Part extends RunningPart>(begin: () => Promise<Part>) => {
  let part: Part | undefined
  const running = () => {
    if (!part) throw new Error('the part has not been started')
    return part
  }
  return {
    running,
    start: async () => {
      part = await begin()
    },
    kill: (signal: NodeJS.Signals) => void process.kill(running().pid, signal),
    gone: () => running().exited,
    stop: async () => part?.stop(),
  }
}
