import { KafkaError } from '@taskflow/kafka-admin'

/**
 * A part is a program the mesh needs beside its services: Dapr, Kafka, Postgres, the mailbox. Folders, ports, log file
 * and cache are arguments, so that `npm start` and the end-to-end tests can run side by side on one machine.
 */

/** Shows progress: one short line without a line break. */
export type Report = (line: string) => void

/** How a process exited: with a code, or by a signal. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningPart {
  name: string
  pid: number
  /** Receives its output. */
  logFile: string
  /** Resolves when the process is gone, for whatever reason; never rejects. */
  exited: Promise<Exit>
  /**
   * Asks it to stop and kills it after `timeoutMs`. Resolves when the process is gone; calling it again is harmless.
   */
  stop(options?: { timeoutMs?: number }): Promise<void>
}

/** A problem the user can fix: one sentence for what is wrong, one step to fix it. Shown without a stack trace. */
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

/** What fixes an error that a person can fix; undefined for any other. */
export const fixOf = (error: unknown): string | undefined =>
  error instanceof PartError || error instanceof KafkaError ? error.fix : undefined
