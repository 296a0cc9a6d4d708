import type { Clock } from '@taskflow/service-kit'

/** In which a consumer that starts gets its partitions: a killed one keeps them for 6 s (sessionTimeout of the broker). */
const untilFirst = Temporal.Duration.from({ seconds: 10 })
/** Without any event from before the start in this time, there are no more. */
const afterLast = Temporal.Duration.from({ seconds: 2 })

/**
 * What happened to tasks while no replica ran is still in Kafka when the service starts. Until it has been taken, tasks
 * that were completed or deleted meanwhile look open, so reminders from before the start wait for that.
 */
export interface CatchUp {
  began: Temporal.Instant
  /** When everything from before `began` will have been taken, as far as is known; it moves while there comes more. */
  until(): Temporal.Instant
  /** Events were taken. */
  note(events: { time: string }[]): void
}

export const createCatchUp = (clock: Clock): CatchUp => {
  const began = clock.now()
  let until = began.add(untilFirst)
  return {
    began,
    until: () => until,
    note: (events) => {
      if (!events.some(({ time }) => Date.parse(time) < began.epochMilliseconds)) return
      const quiet = clock.now().add(afterLast)
      if (Temporal.Instant.compare(quiet, until) > 0) until = quiet
    },
  }
}
