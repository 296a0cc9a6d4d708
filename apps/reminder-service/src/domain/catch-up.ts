import type { Clock } from '@taskflow/service-kit'

/** Time a starting consumer needs to be assigned partitions: a killed one keeps them for 6 s (sessionTimeout). */
const assignmentTime = Temporal.Duration.from({ seconds: 10 })
/** When no event from before the start arrives for this long, all have arrived. */
const quietTime = Temporal.Duration.from({ seconds: 2 })

/**
 * Events of the time when no replica ran are still in Kafka when the service starts. Until they are received, tasks
 * that were completed or deleted meanwhile look open, so reminders that were due before the start wait.
 */
export interface CatchUp {
  began: Temporal.Instant
  /** When all events from before `began` should have arrived; it moves on while more arrive. */
  until(): Temporal.Instant
  /** Call it with the events that were received. */
  note(events: { time: string }[]): void
}

export const createCatchUp = (clock: Clock): CatchUp => {
  const began = clock.now()
  let until = began.add(assignmentTime)
  return {
    began,
    until: () => until,
    note: (events) => {
      if (!events.some(({ time }) => Date.parse(time) < began.epochMilliseconds)) return
      const quietUntil = clock.now().add(quietTime)
      if (Temporal.Instant.compare(quietUntil, until) > 0) until = quietUntil
    },
  }
}
