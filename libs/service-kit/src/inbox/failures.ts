import { ConnectionGivenUp } from '../database/transaction.ts'

/** Milliseconds a handler may run. */
export const handlerTimeout = 10_000

/** How the failing events of a subscription are retried. */
export interface RetryPolicy {
  /** Attempts at an event before it is parked. */
  maxAttempts: number
  /** Milliseconds after the first failed attempt; then `factor` times as many each time. */
  firstWait: number
  factor: number
  /** The longest of these waits. */
  maxWait: number
  /**
   * Once an event is parked: `continue` with the later ones of its key, or `hold` them until an operator has redriven
   * or discarded it.
   */
  whenParked: 'continue' | 'hold'
}

/** Five attempts, after 1 s, 4 s, 16 s and 64 s. */
export const defaultRetries: RetryPolicy = {
  maxAttempts: 5,
  firstWait: 1_000,
  factor: 4,
  maxWait: 600_000,
  whenParked: 'continue',
}

/** Waits are up to a tenth shorter, so that events that failed together do not all come back at once. */
const jitter = 0.1

/** Milliseconds to wait after the given number of failed attempts. */
export const backOff = ({ firstWait, factor, maxWait }: RetryPolicy, attempts: number): number =>
  Math.round(Math.min(maxWait, firstWait * factor ** (attempts - 1)) * (1 - jitter * Math.random()))

/** The wait after a failure that is the service's fault: it is not counted, and no event is parked for it. */
export const serviceBackOff = 10_000

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

/** Every event of a delivery fails for one reason: nothing of it is written, and the subscription is paused. */
export class SubscriptionFault extends Error {
  override name = 'SubscriptionFault'
  constructor(cause: unknown) {
    super('every event fails', { cause })
  }
}
