import type { Clock } from '@taskflow/service-kit'

export interface FakeClock extends Clock {
  /** Advances by an exact duration, such as { hours: 1 } or 'PT1H'. */
  advance(duration: Temporal.DurationLike | string): void
  set(instant: string): void
}

/** A clock that stays at an instant until it is moved. */
export const fakeClock = (start: string): FakeClock => {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    advance: (duration) => {
      now = now.add(duration)
    },
    set: (instant) => {
      now = Temporal.Instant.from(instant)
    },
  }
}
