import { schedule } from '@taskflow/database'
import { type BaseDeps, createLoop, followDatabase, type Loop, wokenEverywhere } from '@taskflow/service-kit'
import { and, gte, isNull, min } from 'drizzle-orm'
import type { CatchUp } from '../domain/catch-up.ts'
import { fireDue } from '../domain/fire-due.ts'
import type { ReminderMetrics } from '../metrics.ts'

/** The NOTIFY channel for changes of the schedule. */
export const scheduleChannel = 'reminders_schedule'

const batchSize = 500
/** Milliseconds. Checks this often even without NOTIFY: its sender may have been killed right after the commit. */
const pollInterval = 30_000
/** Milliseconds. Another replica is firing a due reminder that this one did not fire: check again soon. */
const retryDelay = 50

/**
 * A timer set to the next reminder. Every change of the schedule wakes it in all replicas, so it never waits past a due
 * time, and when a replica dies, the others fire its reminders.
 */
export const dueReminders = (
  deps: Pick<BaseDeps, 'config' | 'transaction' | 'db' | 'clock' | 'log' | 'notify' | 'tracing'> &
    ReminderMetrics & { catchUp: CatchUp },
): Loop => {
  const { transaction, db, clock, log, tracing, catchUp, lateness } = deps
  const loop = createLoop({
    name: 'due reminders',
    maxWait: pollInterval,
    onError: (error) => log.warn('due reminders could not be looked at', { error }),
    step: async () => {
      await followDatabase(clock, db.$client)
      const heldFor = catchUp.until().epochMilliseconds - clock.now().epochMilliseconds
      const from = heldFor > 0 ? catchUp.began.toString() : undefined
      const [next] = await db
        .select({ at: min(schedule.at) })
        .from(schedule)
        .where(and(isNull(schedule.fired_at), from ? gte(schedule.at, from) : undefined))
      const wait = next?.at
        ? Temporal.Instant.from(next.at).epochMilliseconds - clock.now().epochMilliseconds
        : pollInterval
      if (wait > 0) return heldFor > 0 ? Math.min(wait, heldFor) : wait
      const fired = await transaction((tx) => fireDue(tx, tracing, { limit: batchSize, from }))
      const now = clock.now()
      for (const at of fired) lateness.observe(now.since(Temporal.Instant.from(at)).total('seconds'))
      return fired.length > 0 ? 0 : retryDelay
    },
  })
  return wokenEverywhere(loop, scheduleChannel, deps)
}
