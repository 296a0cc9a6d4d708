import { nextOccurrence } from '@taskflow/recurrence'
import { createLoop, type Loop, type Tx } from '@taskflow/service-kit'
import { announceOccurrence, lockDueSeries, newestOfSeries, scheduleOfSeries } from '@taskflow/tasks'
import type { Deps } from '../deps.ts'

const batch = 100
/** Series come due at whole seconds or rarer; another replica's new ones are noticed within this time too. */
const lookEvery = 1_000

/** Announces the occurrences of series in on_schedule mode when their date has come. */
export const dueSeries = ({ transaction, log }: Deps): Loop =>
  createLoop({
    name: 'due series',
    maxWait: lookEvery,
    onError: (error) => log.warn('due series could not be looked at', { error }),
    step: async () => ((await transaction(announceDue)) === batch ? 0 : lookEvery),
  })

const announceDue = async (tx: Tx): Promise<number> => {
  const now = tx.clock.now().toString()
  const due = await lockDueSeries(tx, batch)
  for (const row of due) {
    const schedule = scheduleOfSeries(row)
    const following = nextOccurrence(schedule, row.next_occurrence!)?.instant ?? null
    const newest = await newestOfSeries(tx, row.id)
    const isBehind = following !== null && Temporal.Instant.compare(following, now) <= 0
    const skips = newest?.recurrence_catch_up === 'skip'
    // After a stop of the service: with `skip` only one task is made for all dates that were missed.
    const next = isBehind && skips ? (nextOccurrence(schedule, now)?.instant ?? null) : following
    await announceOccurrence(tx, row, next)
  }
  return due.length
}
