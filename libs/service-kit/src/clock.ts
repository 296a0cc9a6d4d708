/** The source of "now": always an argument, so that tests decide what time it is. */
export interface Clock {
  now(): Temporal.Instant
}

/** The machine's clock in whole milliseconds, the precision of our columns and messages. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }
