import { occurrenceCounts, type SeriesRow, series } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { eq, lt, sql } from 'drizzle-orm'
import { readUsage } from '../usage.ts'

/** How many tasks the schedule makes for one person; 0: no limit. */
export interface OccurrenceLimits {
  perDay: number
  open_tasks: number
}

/** When a series that was put off is looked at again. */
const later = { hours: 1 }

/**
 * Whether the due occurrence of a locked series may be made; counts it. If its person has too many tasks, the series is
 * put off, as by an outage: its catch-up policy decides what becomes of the dates that pass meanwhile.
 */
export const admitOccurrence = async (
  tx: Tx,
  { id, user_id }: SeriesRow,
  limits: OccurrenceLimits,
): Promise<boolean> => {
  if ((await hasRoom(tx, user_id, limits)) && (await countOccurrence(tx, user_id, limits))) return true
  const announce_at = tx.clock.now().add(later).toString()
  await tx.update(series).set({ announce_at }).where(eq(series.id, id))
  return false
}

const hasRoom = async (tx: Tx, user_id: string, { open_tasks: allowed }: OccurrenceLimits): Promise<boolean> => {
  if (allowed === 0) return true
  const { open_tasks } = await readUsage(tx, user_id)
  return open_tasks < allowed
}

const countOccurrence = async (tx: Tx, user_id: string, { perDay }: OccurrenceLimits): Promise<boolean> => {
  if (perDay === 0) return true
  const { count } = occurrenceCounts
  const { rowCount } = await tx
    .insert(occurrenceCounts)
    .values({ user_id, day: dayOf(tx.clock.now()), count: 1 })
    .onConflictDoUpdate({
      target: [occurrenceCounts.user_id, occurrenceCounts.day],
      set: { count: sql`${count} + 1` },
      setWhere: lt(count, perDay),
    })
  return rowCount === 1
}

/** Removes the counts of past days. */
export const removeOccurrenceCounts = async (tx: Tx): Promise<void> => {
  await tx.delete(occurrenceCounts).where(lt(occurrenceCounts.day, dayOf(tx.clock.now())))
}

const dayOf = (now: Temporal.Instant): string => now.toString().slice(0, 10)
