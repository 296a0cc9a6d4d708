import { series } from '@taskflow/database'
import {
  type BaseDeps,
  createLoop,
  type Loop,
  type Tracing,
  type Tx,
  withOrigin,
  wokenEverywhere,
} from '@taskflow/service-kit'
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
export const dueSeries = (
  deps: Pick<BaseDeps, 'config' | 'transaction' | 'db' | 'clock' | 'log' | 'notify' | 'tracing'>,
): Loop => {
  const { transaction, db, clock, log, tracing } = deps
  const loop = createLoop({
    name: 'due series',
    maxWait: lookEvery,
    onError: (error) => log.warn('due series could not be looked at', { error }),
    step: async () => {
      if ((await transaction((tx) => announceDue(tx, tracing))) === batch) return 0
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

const announceDue = async (tx: Tx, tracing: Tracing): Promise<number> => {
  const due = await lockDueSeries(tx, batch)
  for (const row of due) {
    const span = tracing.start('announce occurrence', { kind: 'internal', causes: [] })
    await announceOccurrence(withOrigin(tx, { ...tx.origin, traceparent: span.traceparent }), row)
    tx.afterCommit.push(span.end)
  }
  return due.length
}
