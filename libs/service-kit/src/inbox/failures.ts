import { ConnectionGivenUp } from '../database/transaction.ts'

/** Attempts at an event before it is parked. */
export const maxAttempts = 5

/** Milliseconds a handler may run. */
export const handlerTimeout = 10_000

/** Milliseconds to wait after the given number of failed attempts: 1 s, 4 s, 16 s, 64 s. */
export const backOff = (attempts: number): number => 1_000 * 4 ** (attempts - 1)

/** The same after a failure that is the service's fault: such failures are not counted, and no event is parked for them. */
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
