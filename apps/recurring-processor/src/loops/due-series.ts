import { series } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Tx, wokenEverywhere } from '@taskflow/service-kit'
import { announceOccurrence, lockDueSeries } from '@taskflow/tasks'
import { and, eq, min } from 'drizzle-orm'

/** On which replicas tell each other that a schedule has changed. */
const channel = 'recurrence_schedule'

const batch = 100
/** Armed anew at least this often, should a notification get lost. */
const lookEvery = 30_000
/** A series that is due but was not announced is in another replica's hands: looked at again shortly. */
const lookAgain = 50

/** A timer armed to the nearest date of all series in on_schedule mode, whose occurrences it announces. */
export const dueSeries = (deps: Pick<BaseDeps, 'config' | 'transaction' | 'db' | 'clock' | 'log' | 'notify'>): Loop => {
  const { transaction, db, clock, log } = deps
  const loop = createLoop({
    name: 'due series',
    maxWait: lookEvery,
    onError: (error) => log.warn('due series could not be looked at', { error }),
    step: async () => {
      if ((await transaction(announceDue)) === batch) return 0
      const [nearest] = await db
        .select({ at: min(series.announce_at) })
        .from(series)
        .where(and(eq(series.is_active, true), eq(series.mode, 'on_schedule')))
      if (!nearest?.at) return lookEvery
      return Math.max(lookAgain, Temporal.Instant.from(nearest.at).epochMilliseconds - clock.now().epochMilliseconds)
    },
  })
  return wokenEverywhere(loop, channel, deps)
}

const announceDue = async (tx: Tx): Promise<number> => {
  const due = await lockDueSeries(tx, batch)
  for (const row of due) await announceOccurrence(tx, row)
  return due.length
}
