import { schedule } from '@taskflow/database'
import type { BaseDeps } from '@taskflow/service-kit'
import { createLoop, type Loop } from '@taskflow/service-kit'
import { isNull, min } from 'drizzle-orm'
import { fireDue } from '../domain/fire-due.ts'

const batch = 500
/** How late this replica may notice a reminder that another replica has put into the schedule and then left behind. */
const lookEvery = 30_000

/** A timer armed to the nearest reminder; every change of the schedule wakes it, so it never waits past a due time. */
export const dueReminders = ({
  transaction,
  db,
  clock,
  log,
}: Pick<BaseDeps, 'transaction' | 'db' | 'clock' | 'log'>): Loop =>
  createLoop({
    name: 'due reminders',
    maxWait: lookEvery,
    onError: (error) => log.warn('due reminders could not be looked at', { error }),
    step: async () => {
      const fired = await transaction((tx) => fireDue(tx, batch))
      if (fired === batch) return 0
      const [nearest] = await db
        .select({ at: min(schedule.at) })
        .from(schedule)
        .where(isNull(schedule.fired_at))
      if (!nearest?.at) return lookEvery
      // One that is due but was not fired is in another replica's hands: looked at again shortly.
      return Math.max(50, Temporal.Instant.from(nearest.at).epochMilliseconds - clock.now().epochMilliseconds)
    },
  })
