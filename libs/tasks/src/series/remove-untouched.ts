import { tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, isNull } from 'drizzle-orm'
import { markDeleted } from '../task/change-task.ts'
import { withReminders } from '../task/find-task.ts'

/**
 * Deletes the task that follows an occurrence in a locked series, if nobody has changed it since it was made. It gives
 * its number back, so that another may follow, and would be restored as a task that does not recur.
 */
export const removeUntouched = async (tx: Tx, series_id: string, occurrence: number | null): Promise<void> => {
  if (occurrence === null) return
  const [row] = await tx
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.series_id, series_id),
        eq(tasks.occurrence, occurrence + 1),
        eq(tasks.is_completed, false),
        eq(tasks.version, 1),
        isNull(tasks.deleted_at),
      ),
    )
    .for('update')
  if (!row) return
  const [next] = await withReminders(tx, [row])
  const single = { series_id: null, occurrence: null, recurrence_rule: null }
  await tx.update(tasks).set(single).where(eq(tasks.id, row.id))
  await markDeleted(tx, { ...next!, ...single })
}
