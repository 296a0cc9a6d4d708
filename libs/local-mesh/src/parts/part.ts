/**
 * A part is a real program the mesh needs beside its services: Dapr, Kafka, Postgres, the mailbox.
 * Everything a part needs (folders, ports, log file, cache) is an argument, so that `npm start` and the
 * end-to-end tests run the same code side by side on one machine.
 */

/** Progress for a person: one short line, no line break at its end. */
export type Report = (line: string) => void

/** How a process ended: an exit code, or the signal that ended it. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningPart {
  name: string
  pid: number
  /** Where its output goes. */
  logFile: string
  /** Resolves when the process is gone, however that came about; never rejects. */
  exited: Promise<Exit>
  /** Asks it to end, then insists. Resolves when the process is gone; calling it again is harmless. */
  stop(options?: { graceMs?: number }): Promise<void>
}

/** Something a person can fix: one sentence that says what is wrong, one command or step that fixes it. Shown without a stack trace. */
export class PartError extends Error {
  override readonly name = 'PartError'
  readonly fix: string | undefined

  constructor(message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.fix = options.fix
  }
}

export const describeExit = ({ code, signal }: Exit): string => (signal ? `ended by ${signal}` : `exit code ${code}`)

export const describeError = (error: unknown): string => (error instanceof Error ? error.message : String(error))
