import { ConnectionGivenUp } from '../database/transaction.ts'

/** Attempts at an event before it is parked. */
export const maxAttempts = 5

/** Milliseconds a handler may run. */
export const handlerTimeout = 10_000

/** Milliseconds to wait after the given number of failed attempts: 1 s, 4 s, 16 s, 64 s. */
export const backOff = (attempts: number): number => 1_000 * 4 ** (attempts - 1)

/**
 * Whether a failure is not the event's fault: the database is away or shutting down, or another transaction interfered
 * (deadlock, serialization). It does not count as an attempt; Dapr delivers the batch again.
 * Codes: PostgreSQL documentation, appendix A.
 */
export const isTransient = (error: unknown): boolean => {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : ''
    if (/^(08|40001|40P01|53|57P0|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/.test(code)) return true
    // pg reports these without a code.
    if (
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        current.message,
      )
    )
      return true
  }
  return false
}

/** One line for the reason column. Drizzle wraps errors of the database: their cause has the message. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error).slice(0, 1_000)
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.name}: ${error.message.split('\n')[0]}${cause}`.slice(0, 1_000)
}

/**
 * A handler ran into its timeout. Its connection is in an unknown state and is given up; `event_id` is the event that
 * it was handling, undefined for a batch.
 */
export class HandlerTimeout extends ConnectionGivenUp {
  override name = 'HandlerTimeout'
  readonly event_id: string | undefined
  constructor(event_id: string | undefined) {
    super(`the handler ran for more than ${handlerTimeout / 1_000} s`)
    this.event_id = event_id
  }
}
