import { schedule } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, wokenEverywhere } from '@taskflow/service-kit'
import { and, gte, isNull, min } from 'drizzle-orm'
import type { CatchUp } from '../domain/catch-up.ts'
import { fireDue } from '../domain/fire-due.ts'
import type { ReminderMetrics } from '../metrics.ts'

/** On which replicas tell each other that the schedule has changed. */
export const scheduleChannel = 'reminders_schedule'

const batch = 500
/** Armed anew at least this often, should a notification get lost: its sender was killed right after the commit. */
const lookEvery = 30_000
/** A reminder that is due but was not fired is in another replica's hands: looked at again shortly. */
const lookAgain = 50

/**
 * A timer armed to the nearest reminder. Every change of the schedule wakes it in all replicas, so it never waits past a
 * due time, and a replica that dies leaves nothing to itself.
 */
export const dueReminders = (
  deps: Pick<BaseDeps, 'config' | 'transaction' | 'db' | 'clock' | 'log' | 'notify' | 'tracing'> &
    ReminderMetrics & { catchUp: CatchUp },
): Loop => {
  const { transaction, db, clock, log, tracing, catchUp, lateness } = deps
  const loop = createLoop({
    name: 'due reminders',
    maxWait: lookEvery,
    onError: (error) => log.warn('due reminders could not be looked at', { error }),
    step: async () => {
      const held = catchUp.until().epochMilliseconds - clock.now().epochMilliseconds
      const from = held > 0 ? catchUp.began.toString() : undefined
      const [nearest] = await db
        .select({ at: min(schedule.at) })
        .from(schedule)
        .where(and(isNull(schedule.fired_at), from ? gte(schedule.at, from) : undefined))
      const wait = nearest?.at
        ? Temporal.Instant.from(nearest.at).epochMilliseconds - clock.now().epochMilliseconds
        : lookEvery
      if (wait > 0) return held > 0 ? Math.min(wait, held) : wait
      const fired = await transaction((tx) => fireDue(tx, tracing, { limit: batch, from }))
      const now = clock.now()
      for (const at of fired) lateness.observe(now.since(Temporal.Instant.from(at)).total('seconds'))
      return fired.length > 0 ? 0 : lookAgain
    },
  })
  return wokenEverywhere(loop, scheduleChannel, deps)
}
