import { type SeriesRow, series } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Tx, withOrigin, wokenEverywhere } from '@taskflow/service-kit'
import {
  admitOccurrence,
  announceOccurrence,
  createOccurrence,
  type DueOccurrence,
  lockDueSeries,
  type OccurrenceLimits,
} from '@taskflow/tasks'
import { and, eq, min } from 'drizzle-orm'
import type { RecurrenceMetrics } from '../metrics.ts'

/** On which replicas notify each other that a schedule has changed. */
const channel = 'recurrence_schedule'

const batch = 100
/** The longest wait, should a notification get lost. */
const maxWait = 30_000
/** A series that is due but was not found is locked by another replica: look again after this. */
const minWait = 50

type DueSeriesDeps = Pick<BaseDeps, 'config' | 'transaction' | 'db' | 'clock' | 'log' | 'notify' | 'tracing'> &
  RecurrenceMetrics & { occurrenceLimits: OccurrenceLimits }

/** A timer set to the nearest date of all series in on_schedule mode, whose tasks it makes. */
export const dueSeries = (deps: DueSeriesDeps): Loop => {
  const { transaction, db, clock, log } = deps
  const loop = createLoop({
    name: 'due series',
    maxWait,
    onError: (error) => log.warn('the tasks that are due could not be made', { error }),
    step: async () => {
      if ((await transaction((tx) => makeDueTasks(tx, deps))) === batch) return 0
      const [nearest] = await db
        .select({ at: min(series.announce_at) })
        .from(series)
        .where(and(eq(series.is_active, true), eq(series.mode, 'on_schedule')))
      if (!nearest?.at) return maxWait
      return Math.max(minWait, Temporal.Instant.from(nearest.at).epochMilliseconds - clock.now().epochMilliseconds)
    },
  })
  return wokenEverywhere(loop, channel, deps)
}

const makeDueTasks = async (tx: Tx, deps: DueSeriesDeps): Promise<number> => {
  const due = await lockDueSeries(tx, batch)
  // In one order, or two replicas that count the tasks of the same people would wait for each other.
  for (const row of due.toSorted((one, other) => (one.user_id < other.user_id ? -1 : 1))) {
    if (!(await admitOccurrence(tx, row, deps.occurrenceLimits))) {
      tx.afterCommit.push(() => deps.occurrencesPutOff.inc())
      continue
    }
    const span = deps.tracing.start('announce occurrence', { kind: 'internal', causes: [] })
    const traced = withOrigin(tx, { ...tx.origin, traceparent: span.traceparent })
    const report = (error: unknown) =>
      deps.log.warn('a series has no further dates: its rule costs too much', { series_id: row.id, error })
    await makeTask(traced, row, await announceOccurrence(traced, row, report), deps)
    tx.afterCommit.push(span.end)
  }
  return due.length
}

/**
 * Makes the task in the transaction that announces it, so that it needs no broker. If that fails, the announcement
 * stays and its handler makes the task later, with retries: one series must not stop those of everybody else.
 */
const makeTask = async (
  tx: Tx,
  row: SeriesRow,
  { event_id, ...next }: DueOccurrence,
  { occurrences, log }: DueSeriesDeps,
): Promise<void> => {
  await tx.$client.query('SAVEPOINT occurrence')
  try {
    await createOccurrence(withOrigin(tx, { ...tx.origin, causationid: event_id }), row, next)
    await tx.$client.query('RELEASE SAVEPOINT occurrence')
    tx.afterCommit.push(() => occurrences.inc({ cause: 'schedule' }))
  } catch (error) {
    await tx.$client.query('ROLLBACK TO SAVEPOINT occurrence')
    log.warn('a task that is due could not be made; its event is handled later', { series_id: row.id, event_id, error })
  }
}
